import Rights
import Store

extension Casework {
    /// Sends an unsent request: it becomes a case with a reference, and the draft is gone (S1-41). Sent twice, by a
    /// double click or the back button, it is one case: the draft's own name is its receipt.
    ///
    /// - Parameter email: the account's address, which was proved when the account was made.
    /// - Throws: `Problem.refused` with everything that is missing, `Problem.notFound` for a draft that is another's
    ///   or was deleted, `Problem.conflict` if its answers changed while it was sent.
    package func submitDraft(_ id: Draft.ID, of account: Account.ID, email: String) async throws -> Case {
        guard let receipt = FormReceipt(id.text) else { throw Problem.notFound }
        if let sent = try await sentCase(receipt) {
            guard sent.account == account else { throw Problem.notFound }
            return sent
        }
        let draft = try await draft(id, of: account)
        let request = try draft.form.request(
            from: draft.answers, for: draft.type, email: email, account: account, receivedOn: surroundings.today)
        return try await begin(request, by: .requester(account), under: draft.key, receipt: receipt) { transaction in
            guard try transaction.draft(id, of: account)?.revision == draft.revision else {
                throw Problem.conflict("Your answers were changed in another window. Check them again and submit.")
            }
            _ = try transaction.removeDraft(id, of: account)
        }
    }

    /// The case that a receipt led to.
    private func sentCase(_ receipt: FormReceipt) async throws -> Case? {
        try await store.read { transaction in
            try transaction.caseTaken(by: receipt).flatMap { try transaction.matter($0) }
        }
    }
}
