import Casework
import Rights
import Store
import Web

extension Portal {
    /// The bytes of one sending with files: as many as a question takes, each as large as may be, and the form itself.
    var mostUploadBytes: Int {
        let limits = casework.policies.current.files
        return limits.requesterBytes * max(1, limits.filesPerQuestion) + (1 << 20)
    }

    /// Takes in the files of a page as they arrive, each into the vault and then into the draft, so that what was
    /// taken is kept whatever comes after it. What was not taken is told beside its field.
    func takeFiles(
        _ upload: Upload, into draft: Draft, on page: ApplicationForm.Page, from visit: RequesterVisit
    ) async throws -> [Reason] {
        var refused: [Reason] = []
        var isEmpty = true
        let most = casework.policies.current.files.requesterBytes
        while let incoming = try await upload.next(most: most) {
            guard page.questions.contains(where: { $0.code == incoming.field && $0.fileQuestion != nil }) else {
                continue
            }
            isEmpty = false
            do {
                let file = try await take(incoming, under: draft.key, from: visit)
                do {
                    try await casework.changeDraft(draft.id, of: visit.account) { [field = incoming.field] draft in
                        guard let page = draft.form.page(page.code, given: draft.answers) else {
                            throw Problem.notFound
                        }
                        return try draft.form.attach(file, to: field, of: page, in: draft.answers)
                    }
                } catch {
                    try await casework.forget(file.id)
                    throw error
                }
            } catch Problem.refused(let reasons) {
                refused += reasons.map { $0.naming(incoming.name) }
            }
        }
        if isEmpty, upload.form.text("do") == "add" {
            let field = page.questions.first { $0.fileQuestion != nil }?.code
            refused.append(Reason("no-file", "Select a file to upload", field: field))
        }
        return refused
    }

    /// Takes one file in.
    ///
    /// Throws `Problem.refused` with every reason why it cannot be taken.
    func take(_ incoming: IncomingFile, under key: DataKey.ID, from visit: RequesterVisit) async throws -> StoredFile {
        do {
            return try await casework.takeIn(
                incoming, named: incoming.name, under: key, into: nil, from: .requester, by: visit.actor,
                field: incoming.field)
        } catch UploadProblem.tooLarge {
            let most = HTML.size(casework.policies.current.files.requesterBytes)
            throw Problem.refused([
                Reason("file-too-large", "The selected file must be smaller than \(most)", field: incoming.field)
            ])
        }
    }
}

extension Reason {
    /// The same about a file by its name, for several come at once.
    func naming(_ file: String) -> Reason {
        Reason(code, text.replacing("The selected file", with: "The selected file “\(file)”"), field: field)
    }
}
