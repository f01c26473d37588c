import Rights
import Store

extension Casework {
    /// How many unsent requests one account may hold: enough for a solicitor's day, too few to fill the disk.
    static let mostDrafts = 50

    /// Begins a request of a kind that the portal offers.
    ///
    /// - Throws: `Problem.refused` for another kind, or for too many unsent requests.
    package func beginDraft(of type: String, by account: Account.ID) async throws -> Draft.ID {
        let policy = policies.current
        guard let type = policy.portalTypes.first(where: { $0.code == type }),
            let form = type.form.flatMap({ policy.forms[$0] })
        else {
            throw Problem.refused([Reason("type-unknown", "Choose the type of request", field: "type")])
        }
        let id: Draft.ID = surroundings.identifier()
        let now = surroundings.now()
        let empty = try AnswerCoding.bytes(Answers())
        return try await store.write { transaction in
            guard try transaction.drafts(of: account).count < Casework.mostDrafts else {
                throw Problem.refused([
                    Reason(
                        "too-many-drafts",
                        "You have \(Casework.mostDrafts) requests that are not sent. Send or delete one of them first")
                ])
            }
            try transaction.addDraft(
                StoredDraft(
                    id: id, account: account, key: try transaction.makeKey(at: now), applicationType: type.code,
                    formVersion: form.version, answers: empty, begunAt: now, changedAt: now))
            return id
        }
    }

    /// The unsent requests of an account, the last changed first.
    package func drafts(of account: Account.ID) async throws -> [Draft] {
        try await store.read { try $0.drafts(of: account) }.compactMap(draft)
    }

    /// One unsent request of an account.
    ///
    /// - Throws: `Problem.notFound` for one that is another's, was sent or deleted.
    package func draft(_ id: Draft.ID, of account: Account.ID) async throws -> Draft {
        let stored = try await store.read { try $0.draft(id, of: account) }
        guard let stored, let draft = try draft(stored) else { throw Problem.notFound }
        return draft
    }

    /// Changes the answers of an unsent request and keeps them (S1-38). Two windows at once cannot lose each other's
    /// answers: the change is made on the answers as they are then.
    ///
    /// - Throws: what `change` throws; nothing is kept then.
    @discardableResult
    package func changeDraft(
        _ id: Draft.ID, of account: Account.ID, _ change: @escaping @Sendable (Draft) throws -> Answers
    ) async throws -> Draft {
        let now = surroundings.now()
        return try await store.write { [self] transaction in
            guard var stored = try transaction.draft(id, of: account), let before = try draft(stored) else {
                throw Problem.notFound
            }
            stored.answers = try AnswerCoding.bytes(try change(before))
            stored.formVersion = before.form.version
            stored.revision += 1
            stored.changedAt = now
            guard try transaction.saveDraft(stored), let after = try draft(stored) else { throw Problem.notFound }
            return after
        }
    }

    /// Deletes an unsent request with its answers and files. Deleting it again does nothing.
    package func discardDraft(_ id: Draft.ID, of account: Account.ID) async throws {
        let files = try await store.write { transaction -> [StoredFile.ID] in
            guard let draft = try transaction.draft(id, of: account) else { return [] }
            _ = try transaction.removeDraft(id, of: account)
            // Nothing it held can be read from here on, whatever becomes of the bytes.
            try transaction.destroyKey(draft.key)
            return try transaction.filesAwaiting(under: draft.key)
        }
        for file in files { try await forget(file) }
    }

    /// Deletes unsent requests that nobody has changed for as long as the policy keeps them.
    ///
    /// - Returns: how many; a full batch means that there may be more.
    package func sweepDrafts(batch: Int = 100) async throws -> Int {
        let limit = surroundings.now() + -(policies.current.periods.draftDays + 1) * 86_400
        let old = try await store.read { try $0.drafts(unchangedSince: limit, limit: batch) }
        for draft in old { try await discardDraft(draft.id, of: draft.account) }
        return old.count
    }
}
