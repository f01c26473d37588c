import Rights

/// Whether a file may be opened.
package enum FileState: String, CaseIterable, Sendable {
    /// Kept, and not looked at yet.
    case received
    case clean
    case infected
    /// Broken, locked or of a kind that is not accepted.
    case unusable
    /// It could not be scanned: the answer is no until it can.
    case unscanned
}

/// A file of a draft or a case.
package struct KeptFile: Hashable, Sendable {
    package let file: StoredFile
    /// The key it is sealed under.
    package let keyID: DataKey.ID
    /// Nothing while it belongs to a draft.
    package let caseID: Case.ID?
    package let state: FileState
    package let addedAt: Moment
    package let addedBy: String
}

extension Transaction {
    /// Writes down a file whose bytes the vault took in under this key. Its name is kept encrypted.
    ///
    /// Throws `StoreError.constraintViolated` where the key is not that of the case.
    package func add(
        _ file: StoredFile, under keyID: DataKey.ID, to id: Case.ID? = nil, state: FileState = .received,
        by actor: String, at now: Moment
    ) throws {
        let name = try keyring.seal(
            Array(file.name.utf8), with: try key(keyID).names, context: Array(file.id.text.utf8))
        try execute(
            """
            INSERT INTO file (
                file_id, key_id, case_id, name, size, sha256, content_type, state, added_at, added_by
            ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            file.id, keyID, id, name, file.size, file.sha256, file.contentType, state.rawValue, now, actor)
    }

    /// What is known of a file, whether a draft or a case holds it; nothing where there is none.
    package func file(_ id: StoredFile.ID) throws -> KeptFile? {
        try files("file_id = $1", id).first
    }

    /// The files of a case, oldest first.
    package func files(of id: Case.ID) throws -> [KeptFile] {
        try files("case_id = $1", id)
    }

    /// The files that are sealed under a key: those of a draft, oldest first.
    package func files(under keyID: DataKey.ID) throws -> [KeptFile] {
        try files("key_id = $1", keyID)
    }

    private func files(_ condition: StaticString, _ value: some SQLValue) throws -> [KeptFile] {
        try all(
            """
            SELECT file_id, key_id, case_id, name, size, sha256, content_type, state, added_at, added_by
            FROM file WHERE \(condition) ORDER BY added_at, file_id
            """, value
        ) { row in
            let (id, keyID): (StoredFile.ID, DataKey.ID) = (try row.identifier(0), try row.identifier(1))
            let sealed = try row.bytes(3)
            guard
                let name = try? keyring.open(sealed, with: key(keyID).names, context: Array(id.text.utf8))
            else { throw StoreError.unreadable(column: 3) }
            return KeptFile(
                file: StoredFile(
                    id: id, name: String(decoding: name, as: UTF8.self), size: try row.integer(4),
                    sha256: try row.text(5), contentType: try row.text(6)),
                keyID: keyID, caseID: try row.optionalIdentifier(2), state: try row.code(7),
                addedAt: try row.moment(8), addedBy: try row.text(9))
        }
    }

    /// Makes a draft's file part of the case that the draft has become.
    ///
    /// Throws `StoreError.constraintViolated` if the file belongs to another case, or is sealed under another key than
    /// the case's, and `StoreError.noSuchFile`.
    package func adopt(_ file: StoredFile.ID, into id: Case.ID) throws {
        if try self.file(file)?.caseID == id { return }
        guard try execute("UPDATE file SET case_id = $2 WHERE file_id = $1", file, id) == 1 else {
            throw StoreError.noSuchFile
        }
    }

    /// Keeps what was found out about a file.
    ///
    /// Throws `StoreError.noSuchFile`.
    package func set(_ state: FileState, of file: StoredFile.ID) throws {
        guard try execute("UPDATE file SET state = $2 WHERE file_id = $1", file, state.rawValue) == 1 else {
            throw StoreError.noSuchFile
        }
    }

    /// Forgets a draft's file; the caller then removes it from the vault. False if there is none, or it has become
    /// part of a case.
    package func forget(_ file: StoredFile.ID) throws -> Bool {
        try execute("DELETE FROM file WHERE file_id = $1 AND case_id IS NULL", file) == 1
    }

    /// The bytes of all files that somebody has sent and that are of no case: those of drafts, and those of messages
    /// that were refused.
    package func bytesAwaiting(by actor: String) throws -> Int {
        try first("SELECT CAST(sum(size) AS BIGINT) FROM file WHERE case_id IS NULL AND added_by = $1", actor) {
            try $0.optionalInteger(0)
        }.flatMap(\.self) ?? 0
    }

    /// Whether there is a row of this file, of a draft's or a case's.
    package func isKept(_ file: StoredFile.ID) throws -> Bool {
        try first("SELECT 1 FROM file WHERE file_id = $1", file) { try $0.integer(0) } != nil
    }

    /// Files of cases that came before an instant and that nothing was found out about, oldest first.
    package func filesOfCases(
        receivedBefore moment: Moment
    ) throws -> [(file: StoredFile.ID, caseID: Case.ID)] {
        try all(
            """
            SELECT file_id, case_id FROM file
            WHERE case_id IS NOT NULL AND state = 'received' AND added_at < $1 ORDER BY added_at, file_id
            """, moment
        ) { (file: try $0.identifier(0), caseID: try $0.identifier(1)) }
    }

    /// Forgets a file that was kept for a case, of which the case's history knows nothing; the caller then removes it
    /// from the vault. False if it is gone, or something was found out about it.
    package func forget(_ file: StoredFile.ID, of id: Case.ID) throws -> Bool {
        try execute("DELETE FROM file WHERE file_id = $1 AND case_id = $2 AND state = 'received'", file, id) == 1
    }

    /// Writes down that a file left in a part of a release.
    ///
    /// Throws `StoreError.constraintViolated` if the file is not of this case: the schema itself refuses it, and with
    /// it the whole unit of work.
    package func recordRelease(of file: StoredFile.ID, from id: Case.ID, part: Int, at now: Moment) throws {
        try execute(
            "INSERT INTO released_file (case_id, part, file_id, released_at) VALUES ($1, $2, $3, $4)",
            id, part, file, now)
    }

    /// Writes down that a part left once more.
    package func recordReleaseAgain(ofPart part: Int, of id: Case.ID, at now: Moment) throws {
        try execute("UPDATE released_file SET released_at = $3 WHERE case_id = $1 AND part = $2", id, part, now)
    }

    /// The cases from which files were released since an instant.
    package func cases(withFilesReleasedSince moment: Moment) throws -> [Case.ID] {
        // Each once and in order only here: asked for that, SQLite reads every release there ever was.
        let found = try all("SELECT case_id FROM released_file WHERE released_at >= $1", moment) {
            try $0.identifier(0) as Case.ID
        }
        return Set(found).sorted()
    }

    /// The files of a part of a release.
    package func releasedFiles(of id: Case.ID, part: Int) throws -> [StoredFile.ID] {
        try all(
            "SELECT file_id FROM released_file WHERE case_id = $1 AND part = $2 ORDER BY file_id", id, part
        ) { try $0.identifier(0) }
    }
}
