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
        .post(Step.pattern, .staff(Step.permission)) { visit, form in try await take(step, visit, form) }
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
    private func take<Step: CaseForm>(_: Step.Type, _ visit: StaffVisit, _ form: Form) async throws -> Response {
        var step = try Step(visit)
        try await step.prepare(at: self)
        let opened = try await open(visit)
        let page = CaseFormPage(step, in: opened, for: visit)
        var form = form
        let receipt = FormReceipt(form.sending(visit))
        let done: LocalPath = "\(step.next(in: opened))?done=\(Step.done.rawValue)"
        if let receipt, try await casework.caseMade(by: receipt) == opened.matter.id { return visit.redirect(to: done) }
        let act = step.act(&form, in: opened)
        let unread = Set(form.problems.compactMap(\.field))
        var reasons = try casework.reasonsAgainst(act, on: opened.matter, by: visit.actor)
        // What stood in for an answer that could not be read is not held against anybody.
        reasons.removeAll { $0.field.map(unread.contains) ?? false }
        if let letter = step.letter {
            if form.has(CaseFormPage<Step>.back) { return visit.show(try page.asking(form)) }
            if !form.has(letter.field) {
                reasons.removeAll { $0.field == letter.field }
                guard form.isSound, reasons.isEmpty else { return visit.show(try page.asking(form.refused(reasons))) }
                form.set(letter.field, to: try letter.compose(step, form, opened))
                return visit.show(try page.showing(letter, form))
            }
        }
        guard form.isSound, reasons.isEmpty else { return visit.show(try page.again(form.refused(reasons))) }
        let news = opened.news(since: form)
        guard news.isEmpty else { return visit.show(try page.again(form, after: news)) }
        do {
            try await casework.perform(act, on: opened.matter.id, by: visit.actor, receipt: receipt)
        } catch Problem.refused(let reasons) {
            return visit.show(try page.again(form.refused(reasons)))
        }
        return visit.redirect(to: done)
    }
}

extension OpenedCase {
    /// What others did to the case since the form was opened, as far as it can change a decision. What machines and
    /// readers leave in the history does not.
    func news(since form: Form) -> [Entry] {
        guard let seen = Int(form.text(CaseFormField.seen)) else { return [] }
        return matter.entries.filter { entry in
            entry.sequence > seen && entry.by.kind != .system && entry.by.id != staff.id.text && !entry.fact.isRoutine
        }
    }
}

/// Names of fields that every form about a case has.
enum CaseFormField {
    /// The sequence number of the newest entry that the form's reader had seen.
    static let seen = "seen"
}
