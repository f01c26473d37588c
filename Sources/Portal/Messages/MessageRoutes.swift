import Casework
import Hummingbird
import Rights
import Store
import Web

extension Portal {
    /// Reading, answering and writing messages of a request.
    var messageRoutes: [Route] {
        [
            .post("/requests/:request/messages/:number/open", .requester) { visit, _ in
                let (id, number) = try message(visit)
                try await casework.perform(ReadMessage(number: number), on: id, by: visit.actor)
                return visit.redirect(to: "\(Place.request(id))#message-\(number)")
            },
            .post("/requests/:request/messages/:number/answers", .requester) { visit, form in
                let (id, number) = try message(visit)
                return try await answer(
                    form, to: number, of: try await casework.glance(id, by: visit.actor), on: visit)
            },
            .upload("/requests/:request/messages/:number/documents", .requester, most: mostUploadBytes) {
                visit, upload in
                try await answer(upload, on: visit)
            },
            .post("/requests/:request/messages", .requester) { visit, form in try await write(form, on: visit) },
        ]
    }

    private func message(_ visit: RequesterVisit) throws(Problem) -> (Case.ID, Int) {
        guard let number = Int(visit.parameter("number")), number > 0 else { throw .notFound }
        return (try visit.identifier("request"), number)
    }

    /// An answer with documents.
    private func answer(_ upload: Upload, on visit: RequesterVisit) async throws -> Response {
        let (id, number) = try message(visit)
        let matter = try await casework.glance(id, by: visit.actor)
        guard matter.conversation(number)?.sent.asks == .document else { throw Problem.notFound }
        let (taken, reasons) = try await takeFiles(upload, of: matter, field: "files-\(number)", from: visit)
        let earlier = upload.form.values("held").prefix(casework.policies.current.files.filesPerQuestion)
        let files = try await casework.filesAwaiting(
            earlier.compactMap { StoredFile.ID($0) }, in: id, by: visit.actor)
        return try await answer(upload.form, files + taken, reasons, to: number, of: matter, on: visit)
    }

    /// Sends an answer. What was refused is shown again with its words, and files that were taken are kept for the
    /// next try.
    private func answer(
        _ form: Form, _ files: [StoredFile] = [], _ refused: [Reason] = [], to number: Int, of matter: Case,
        on visit: RequesterVisit
    ) async throws -> Response {
        let text = form.text("answer-\(number)")
        var reasons = refused
        if text.unicodeScalars.count > MessageLimits.text {
            reasons.append(
                Reason("too-long", "Your answer must be \(MessageLimits.text) characters or less", field: "text"))
        }
        do {
            guard reasons.isEmpty else { throw Problem.refused(reasons) }
            try await casework.perform(
                AnswerQuestion(number: number, text: text, files: files), on: matter.id, by: visit.actor,
                receipt: FormReceipt(form.sending(visit, with: files.map(\.sha256))))
            return visit.redirect(to: "\(Place.request(matter.id))?done=\(RequestNotice.answered.rawValue)")
        } catch Problem.refused(let reasons) {
            // The act calls its fields by what they are; the page has a form for each question.
            let named = reasons.map { reason in
                let isShared = reason.field == "text" || reason.field == "files"
                let field = reason.field == "text" ? "answer-\(number)" : "files-\(number)"
                return Reason(reason.code, reason.text, field: isShared ? field : reason.field)
            }
            var page = try requestPage(matter)
            try await casework.recordView(of: matter.id, by: visit.actor)
            page.refused = (form.refused(named), .question(number))
            page.held = files
            return visit.show(page.page(on: visit))
        }
    }

    private func takeFiles(
        _ upload: Upload, of matter: Case, field: String, from visit: RequesterVisit
    ) async throws -> ([StoredFile], [Reason]) {
        let limits = casework.policies.current.files
        let key = try await casework.key(of: matter.id)
        var files: [StoredFile] = []
        var reasons: [Reason] = []
        while let incoming = try await upload.next(most: limits.requesterBytes) {
            guard incoming.field == field else { continue }
            guard files.count < limits.filesPerQuestion else {
                reasons.append(
                    Reason(
                        "too-many-files", "You can only select up to \(limits.filesPerQuestion) files at the same time",
                        field: field))
                break
            }
            do {
                files.append(try await take(incoming, under: key, from: visit))
            } catch Problem.refused(let refused) {
                reasons += refused.map { $0.naming(incoming.name) }
            }
        }
        return (files, reasons)
    }

    private func write(_ form: Form, on visit: RequesterVisit) async throws -> Response {
        let id: Case.ID = try visit.identifier("request")
        let text = form.text("text")
        do {
            guard text.unicodeScalars.count <= MessageLimits.text else {
                throw Problem.refused([
                    Reason("too-long", "Your message must be \(MessageLimits.text) characters or less", field: "text")
                ])
            }
            try await casework.perform(
                WriteToTrust(text: text), on: id, by: visit.actor, receipt: FormReceipt(form.sending(visit)))
            return visit.redirect(to: "\(Place.request(id))?done=\(RequestNotice.written.rawValue)")
        } catch Problem.refused(let reasons) {
            var page = try requestPage(try await casework.open(id, by: visit.actor))
            page.refused = (form.refused(reasons), .trust)
            return visit.show(page.page(on: visit))
        }
    }
}
