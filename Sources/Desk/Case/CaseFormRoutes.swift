import Casework
import Hummingbird
import Rights
import Web

extension Desk {
    /// Every act on a case with the page that asks for it.
    var caseFormRoutes: [Route] {
        routes(AcceptanceForm.self) + routes(EvidenceRefusalForm.self) + routes(EvidenceForm.self)
            + routes(LastEntryForm.self) + routes(QuestionForm.self) + routes(AnswerForm.self)
            + routes(PauseForm.self) + routes(PauseEndForm.self) + routes(ExtensionForm.self)
            + routes(TaskReturnForm.self) + routes(NoteForm.self) + routes(StrikeForm.self)
            + routes(FileRemovalForm.self) + routes(ReleaseCheckForm.self) + routes(PartForm.self)
            + routes(ReleaseAgainForm.self)
            + routes(RefusalForm.self) + routes(NotHeldForm.self) + routes(WithdrawalForm.self)
            + routes(ClosingForm.self) + routes(JudgementForm.self)
            + routes(HandlerForm.self)
            // The page that asks for it is the list of tasks.
            + [sending(TaskForm.self)]
    }

    private func routes<Step: CaseForm>(_ step: Step.Type) -> [Route] {
        [.get(Step.pattern, .staff(Step.permission)) { visit in try await ask(step, visit) }, sending(step)]
    }

    private func sending<Step: CaseForm>(_ step: Step.Type) -> Route {
        guard Step.takesFiles else {
            return .post(Step.pattern, .staff(Step.permission)) { visit, form in try await take(step, visit, form) }
        }
        let most = casework.policies.current.files.staffBytes * IncomingFiles.most
        return .upload(Step.pattern, .staff(Step.permission), most: most) { visit, upload in
            try await take(step, visit, upload)
        }
    }

    /// A form with files. Those that were taken with an earlier try, which was refused, come again by their names.
    private func take<Step: CaseForm>(_ step: Step.Type, _ visit: StaffVisit, _ upload: Upload) async throws -> Response
    {
        let matter = try await glance(visit).matter
        let new = try await takeIn(upload, into: matter.id, for: visit) { matter.isOpen }
        var form = upload.form
        let earlier = form.values(CaseFormField.held).prefix(IncomingFiles.most).compactMap { StoredFile.ID($0) }
        let files = try await casework.filesAwaiting(earlier, in: matter.id, by: visit.actor) + new.kept
        for fault in new.faults { form.add(fault, to: "files") }
        return try await take(step, visit, form, with: files)
    }

    /// Shows the form, or every reason why it would be in vain.
    private func ask<Step: CaseForm>(_: Step.Type, _ visit: StaffVisit) async throws -> Response {
        var step = try Step(visit)
        try await step.prepare(at: self)
        let opened = try await open(visit)
        let page = CaseFormPage(step, in: opened, for: visit)
        let form = step.start(in: opened)
        var probe = form
        let hopeless = try casework.reasonsAgainst(step.act(&probe, in: opened), on: opened.matter, by: visit.actor)
            .filter(step.isFinal)
        return visit.show(try hopeless.isEmpty ? page.asking(form) : page.refusing(hopeless))
    }

    /// Reads the form and does the act, or shows the form again with everything that speaks against it.
    private func take<Step: CaseForm>(
        _: Step.Type, _ visit: StaffVisit, _ form: Form, with files: [StoredFile] = []
    ) async throws -> Response {
        var step = try Step(visit)
        try await step.prepare(at: self)
        step.take(files)
        let opened = try await glance(visit)
        let page = CaseFormPage(step, in: opened, for: visit)
        var form = form
        let receipt = FormReceipt(form.sending(visit, with: files.map(\.sha256)))
        let done: LocalPath = "\(step.next(in: opened))?done=\(Step.done.rawValue)"
        if let receipt, try await casework.caseMade(by: receipt) == opened.matter.id { return visit.redirect(to: done) }
        let act = step.act(&form, in: opened)
        let unread = Set(form.problems.compactMap(\.field))
        var reasons = try casework.reasonsAgainst(act, on: opened.matter, by: visit.actor)
        // What stood in for an answer that could not be read is not held against anybody.
        reasons.removeAll { $0.field.map(unread.contains) ?? false }
        if let letter = step.letter {
            if form.has(CaseFormPage<Step>.back) { return try await show(try page.asking(form), of: opened, to: visit) }
            if !form.has(letter.field) {
                reasons.removeAll { $0.field == letter.field }
                guard form.isSound, reasons.isEmpty else {
                    return try await show(try page.asking(form.refused(reasons)), of: opened, to: visit)
                }
                form.set(letter.field, to: try letter.compose(step, form, opened))
                return try await show(try page.showing(letter, form), of: opened, to: visit)
            }
        }
        guard form.isSound, reasons.isEmpty else {
            return try await show(try page.again(form.refused(reasons)), of: opened, to: visit)
        }
        let seen = Int(form.text(CaseFormField.seen))
        do {
            try await casework.perform(act, on: opened.matter.id, by: visit.actor, receipt: receipt, seen: seen)
        } catch Problem.refused(let reasons) {
            return try await show(try page.again(form.refused(reasons)), of: opened, to: visit)
        } catch Problem.conflict(let sentence) {
            // As the case is now, with what others did to it.
            let now = try await glance(visit)
            let news = now.matter.news(since: seen ?? 0, for: visit.actor)
            guard !news.isEmpty else { throw Problem.conflict(sentence) }
            let page = CaseFormPage(step, in: now, for: visit)
            return try await show(try page.again(form, after: news), of: now, to: visit)
        }
        return visit.redirect(to: done)
    }

    /// A page that shows a case in answer to a form, which is a view of it like any other (S2-205).
    private func show(_ page: Page, of opened: OpenedCase, to visit: StaffVisit) async throws -> Response {
        try await casework.recordView(of: opened.matter.id, by: visit.actor)
        return visit.show(page)
    }
}

/// Names of fields that every form about a case has.
enum CaseFormField {
    /// The sequence number of the newest entry that the form's reader had seen.
    static let seen = "seen"
    /// The identifiers of files that were taken with a try that was refused.
    static let held = "held"
}
