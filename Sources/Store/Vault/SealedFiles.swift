import Rights

/// What is needed to check the bytes of a file, without its name.
package struct FileToVerify: Sendable {
    package let id: StoredFile.ID
    /// Nothing while it belongs to a draft.
    package let caseID: Case.ID?
    package let size: Int
    package let sha256: String
    /// Nothing where the key was destroyed: the bytes are of no use to anybody, and may be gone.
    package let key: DataKey?
}

extension Transaction {
    /// A batch of the files that come after one, by identifier: for a walk over all of them.
    ///
    /// Throws `StoreError.masterKeyWrong`.
    package func filesToVerify(after last: StoredFile.ID?, batch: Int) throws -> [FileToVerify] {
        try all(
            """
            SELECT f.file_id, f.case_id, f.size, f.sha256, f.key_id, k.wrapped
            FROM file f JOIN data_key k ON k.key_id = f.key_id
            WHERE f.file_id > $1 ORDER BY f.file_id LIMIT $2
            """, last?.text ?? "", batch
        ) { row in
            let keyID: DataKey.ID = try row.identifier(4)
            return FileToVerify(
                id: try row.identifier(0), caseID: try row.optionalIdentifier(1), size: try row.integer(2),
                sha256: try row.text(3), key: try row.optionalBytes(5).map { try keyring.unwrap($0, of: keyID) })
        }
    }
}
