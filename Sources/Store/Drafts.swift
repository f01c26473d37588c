import Rights

/// A request that somebody began and has not sent. It is no case and starts no clock (S1-38).
package struct StoredDraft: Sendable {
    package typealias ID = Identifier<StoredDraft>

    package let id: ID
    package let account: Account.ID
    /// The key of its answers and files; the case's, once it is sent.
    package let key: DataKey.ID
    /// The policy's application type: `living`.
    package let applicationType: String
    /// The version of the form that the answers were last saved on.
    package var formVersion: Int
    /// Counted from 1 with each change.
    package var revision: Int
    /// The answers as the caller writes them; sealed on the disk.
    package var answers: [UInt8]
    package let begunAt: Moment
    package var changedAt: Moment

    package init(
        id: ID, account: Account.ID, key: DataKey.ID, applicationType: String, formVersion: Int, revision: Int = 1,
        answers: [UInt8], begunAt: Moment, changedAt: Moment
    ) {
        self.id = id
        self.account = account
        self.key = key
        self.applicationType = applicationType
        self.formVersion = formVersion
        self.revision = revision
        self.answers = answers
        self.begunAt = begunAt
        self.changedAt = changedAt
    }
}

extension Transaction {
    /// Keeps a new draft, under a key made for it by `makeKey`.
    package func addDraft(_ draft: StoredDraft) throws {
        try execute(
            """
            INSERT INTO draft (
                draft_id, account_id, key_id, application_type, form_version, revision, answers, begun_at, changed_at
            ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            draft.id, draft.account, draft.key, draft.applicationType, draft.formVersion, draft.revision,
            try sealed(draft), draft.begunAt, draft.changedAt)
    }

    /// The draft with this identifier, if it is this account's.
    package func draft(_ id: StoredDraft.ID, of account: Account.ID) throws -> StoredDraft? {
        let row = try first(
            """
            SELECT draft_id, account_id, key_id, application_type, form_version, revision, answers, begun_at, changed_at
            FROM draft WHERE draft_id = $1 AND account_id = $2
            """, id, account, as: StoredDraft.init)
        return try row.map(opened)
    }

    /// The drafts of an account, the last changed first.
    package func drafts(of account: Account.ID) throws -> [StoredDraft] {
        try all(
            """
            SELECT draft_id, account_id, key_id, application_type, form_version, revision, answers, begun_at, changed_at
            FROM draft WHERE account_id = $1 ORDER BY changed_at DESC, draft_id DESC
            """, account, as: StoredDraft.init
        ).map(opened)
    }

    /// Drafts that nobody has changed since an instant, oldest first: for the job that removes them.
    package func drafts(unchangedSince moment: Moment, limit: Int) throws -> [(id: StoredDraft.ID, account: Account.ID)]
    {
        try all(
            "SELECT draft_id, account_id FROM draft WHERE changed_at < $1 ORDER BY changed_at LIMIT $2", moment, limit
        ) { (id: try $0.identifier(0), account: try $0.identifier(1)) }
    }

    /// Keeps a draft's changed answers in place of those before. `draft.revision` is the new one.
    ///
    /// - Returns: false if the draft is gone or somebody changed it in between.
    package func saveDraft(_ draft: StoredDraft) throws -> Bool {
        try execute(
            """
            UPDATE draft SET form_version = $3, revision = $4, answers = $5, changed_at = $6
            WHERE draft_id = $1 AND account_id = $2 AND revision = $4 - 1
            """,
            draft.id, draft.account, draft.formVersion, draft.revision, try sealed(draft), draft.changedAt) == 1
    }

    /// Takes a draft away. Its key stays: the case's, if the request was sent, or to be destroyed.
    ///
    /// - Returns: false if it was gone already.
    package func removeDraft(_ id: StoredDraft.ID, of account: Account.ID) throws -> Bool {
        try execute("DELETE FROM draft WHERE draft_id = $1 AND account_id = $2", id, account) == 1
    }

    private func sealed(_ draft: StoredDraft) throws -> [UInt8] {
        try keyring.seal(draft.answers, with: try key(draft.key).drafts, context: draft.context)
    }

    /// Throws `StoreError.keyDestroyed`, and what opening throws if a bit of the answers is another.
    private func opened(_ draft: StoredDraft) throws -> StoredDraft {
        var opened = draft
        opened.answers = try keyring.open(draft.answers, with: try key(draft.key).drafts, context: draft.context)
        return opened
    }
}

extension StoredDraft {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.identifier(0), account: try row.identifier(1), key: try row.identifier(2),
            applicationType: try row.text(3), formVersion: try row.integer(4), revision: try row.integer(5),
            answers: try row.bytes(6), begunAt: try row.moment(7), changedAt: try row.moment(8))
    }

    /// Ties the sealed answers to this draft of this account at this revision.
    fileprivate var context: [UInt8] { Array("draft:\(id):\(account):\(revision)".utf8) }
}

extension Transaction {
    /// Files that belong to no case and no draft, added before an instant. Only their names: a deleted draft's key,
    /// which would tell more, is gone.
    package func filesAwaiting(since moment: Moment, limit: Int) throws -> [StoredFile.ID] {
        try all(
            """
            SELECT file_id FROM file f WHERE f.case_id IS NULL AND f.added_at < $1
                AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.key_id = f.key_id)
            ORDER BY f.added_at LIMIT $2
            """, moment, limit
        ) { try $0.identifier(0) }
    }

    /// The files sealed under a key that are of no case yet.
    package func filesAwaiting(under key: DataKey.ID) throws -> [StoredFile.ID] {
        try all("SELECT file_id FROM file WHERE key_id = $1 AND case_id IS NULL", key) { try $0.identifier(0) }
    }

    /// Destroys a key: what was sealed under it can never be read again, here or in a backup of the database.
    package func destroyKey(_ id: DataKey.ID) throws {
        try execute("UPDATE data_key SET wrapped = NULL WHERE key_id = $1", id)
    }
}
