import Casework
import Hummingbird
import Rights
import Web

extension Portal {
    /// From choosing a type to the reference number.
    var newRequestRoutes: [Route] {
        [
            .get(Place.newRequest, .requester) { visit in visit.show(chooseType.page(Form(), on: visit)) },
            .post(Place.newRequest, .requester) { visit, form in
                do {
                    let draft = try await casework.beginDraft(of: form.text("type"), by: visit.account)
                    return visit.redirect(to: "\(Place.draft(draft))")
                } catch Problem.refused(let reasons) {
                    return visit.show(chooseType.page(form.refused(reasons), on: visit))
                }
            },
            .get("/drafts/:draft", .requester) { visit in visit.show(TaskListPage(draft: try await draft(visit)).page)
            },
            .get("/drafts/:draft/pages/:page", .requester) { visit in
                let draft = try await draft(visit)
                let page = try page(visit, of: draft)
                return visit.show(
                    questionPage(draft, page, returnsToCheck: visit.query("return") == "check").page(on: visit))
            },
            .post("/drafts/:draft/pages/:page", .requester) { visit, form in try await save(form, on: visit) },
            .upload("/drafts/:draft/pages/:page/files", .requester, most: mostUploadBytes) { visit, upload in
                try await saveFiles(upload, on: visit)
            },
            .post("/drafts/:draft/pages/:page/questions/:question/files/:file/remove", .requester) { visit, form in
                try await removeFile(form, on: visit)
            },
            .get("/drafts/:draft/check", .requester) { visit in
                let draft = try await draft(visit)
                return visit.show(CheckAnswersPage(draft: draft, email: visit.session.email).page(on: visit))
            },
            .post("/drafts/:draft/submit", .requester) { visit, form in try await submit(form, on: visit) },
            .get("/drafts/:draft/delete", .requester) { visit in
                visit.show(DeleteDraftPage(draft: try await draft(visit)).page(on: visit))
            },
            .post("/drafts/:draft/delete", .requester) { visit, _ in
                try await casework.discardDraft(visit.identifier("draft"), of: visit.account)
                return visit.redirect(to: "\(Place.home)?done=\(HomeNotice.deleted.rawValue)")
            },
            .get("/requests/:request/sent", .requester) { visit in
                let matter = try await casework.open(visit.identifier("request"), by: visit.actor)
                return visit.show(
                    SentPage(id: matter.id, reference: matter.reference, email: visit.session.email).page)
            },
        ]
    }

    private var chooseType: ChooseType {
        let policy = casework.policies.current
        return ChooseType(types: policy.portalTypes, draftDays: policy.periods.draftDays)
    }

    private func draft(_ visit: RequesterVisit) async throws -> Draft {
        try await casework.draft(visit.identifier("draft"), of: visit.account)
    }

    /// The page that the address names, if these answers lead to it.
    private func page(_ visit: RequesterVisit, of draft: Draft) throws(Problem) -> ApplicationForm.Page {
        guard let page = draft.form.page(visit.parameter("page"), given: draft.answers) else { throw .notFound }
        return page
    }

    private func questionPage(
        _ draft: Draft, _ page: ApplicationForm.Page, form: Form? = nil, returnsToCheck: Bool
    ) -> QuestionPage {
        QuestionPage(
            draft: draft, page: page, limits: casework.policies.current.files, form: form,
            returnsToCheck: returnsToCheck)
    }

    /// Keeps the answers of a page and goes on; what was refused is shown again as it was typed.
    private func save(_ form: Form, on visit: RequesterVisit) async throws -> Response {
        let id: Draft.ID = try visit.identifier("draft")
        let (code, entered, today) = (visit.parameter("page"), form.entered, visit.today)
        do {
            let saved = try await casework.changeDraft(id, of: visit.account) { draft in
                guard let page = draft.form.page(code, given: draft.answers) else { throw Problem.notFound }
                return try draft.form.read(entered, on: page, into: draft.answers, on: today)
            }
            return visit.redirect(to: "\(next(after: code, in: saved, returnsToCheck: form.text("return") == "check"))")
        } catch Problem.refused(let reasons) {
            let draft = try await draft(visit)
            let page = try page(visit, of: draft)
            let shown = form.refused(reasons, on: page)
            return visit.show(
                questionPage(draft, page, form: shown, returnsToCheck: form.text("return") == "check").page(on: visit))
        }
    }

    /// The page that "Continue" leads to.
    private func next(after code: String, in draft: Draft, returnsToCheck: Bool) -> String {
        // An answer that was changed may have opened new pages in this section; they come before the check.
        let following = draft.form.page(after: code, given: draft.answers)
        if returnsToCheck {
            guard let following, !draft.answers.pages.contains(following.code) else {
                return "\(Place.draft(draft.id))/check"
            }
            return "\(Place.draft(draft.id))/pages/\(following.code)?return=check"
        }
        return following.map { "\(Place.draft(draft.id))/pages/\($0.code)" } ?? Place.draft(draft.id)
    }

    private func saveFiles(_ upload: Upload, on visit: RequesterVisit) async throws -> Response {
        let opened = try await draft(visit)
        let page = try page(visit, of: opened)
        let refused = try await takeFiles(upload, into: opened, on: page, from: visit)
        let form = upload.form
        if refused.isEmpty, form.text("do") == "continue" { return try await save(form, on: visit) }
        let draft = try await draft(visit)
        let returnsToCheck = form.text("return") == "check"
        if refused.isEmpty {
            return visit.redirect(
                to: "\(Place.draft(draft.id))/pages/\(page.code)\(returnsToCheck ? "?return=check" : "")")
        }
        return visit.show(
            questionPage(draft, page, form: form.refused(refused, on: page), returnsToCheck: returnsToCheck)
                .page(on: visit))
    }

    private func removeFile(_ form: Form, on visit: RequesterVisit) async throws -> Response {
        let file: StoredFile.ID = try visit.identifier("file")
        let question = visit.parameter("question")
        let before = try await draft(visit)
        guard before.answers.files(for: question).contains(where: { $0.id == file }) else { throw Problem.notFound }
        let after = try await casework.changeDraft(before.id, of: visit.account) { draft in
            draft.form.detach(file, from: question, in: draft.answers)
        }
        // The same file may still answer another question.
        if !after.answers.files.contains(where: { $0.id == file }) { try await casework.forget(file) }
        let back = form.text("return") == "check" ? "?return=check" : ""
        return visit.redirect(to: "\(Place.draft(before.id))/pages/\(visit.parameter("page"))\(back)")
    }

    private func submit(_ form: Form, on visit: RequesterVisit) async throws -> Response {
        do {
            let sent = try await casework.submitDraft(
                visit.identifier("draft"), of: visit.account, email: visit.session.email)
            return visit.redirect(to: "\(Place.request(sent.id))/sent")
        } catch Problem.refused(let reasons) {
            let page = CheckAnswersPage(draft: try await draft(visit), email: visit.session.email)
            return visit.show(page.page(on: visit, form.refused(reasons.map { Reason($0.code, $0.text) })))
        }
    }
}
