import Rights

/// A row of a table, by the names of its columns.
package typealias TableRow = [String: StoredValue?]

/// What an export does with each table. A table that is in none of the lists is taken out as rows; a test sees to it
/// that somebody has decided so.
package enum ExportedTables {
    /// What the documents of cases say in their own form.
    static let ofCases: Set = ["opening", "case_head", "fact"]
    /// What is made anew in the store that it is brought into.
    static let madeAnew = ofInstallation.union(["ledger", "case_summary", "case_search"])
    /// What a store says of its surroundings from its first moment on.
    static let ofInstallation: Set = ["master_key_mark", "files_place"]
    /// The sealed bytes of files, where the database is their place: an export has the files themselves.
    static let ofVault: Set = ["file_bytes", "file_chunk"]
    /// Keys, which are taken out of their wrapping.
    static let keys = "data_key"
    /// What ends when people sign in anew.
    static let passing: Set = [
        "session", "known_device", "sign_in_step", "mailed_link", "setting_up", "security_code",
    ]
    /// The columns that open something, kept apart from the rest of their rows.
    package static let account = "account"
    static let secretColumns: Set = ["password", "phone", "app_secret", "app_step"]
    /// What is taken out as rows: by case where there is a column for it.
    static let rows: Set = [
        "access", "account", "account_event", "advice", "draft", "file", "form_receipt", "job", "outbox",
        "reference_counter", "released_file", "staff", "staff_role",
    ]
}

extension Table {
    var isTakenOut: Bool {
        !ExportedTables.ofCases.contains(name) && !ExportedTables.madeAnew.contains(name)
            && !ExportedTables.passing.contains(name) && !ExportedTables.ofVault.contains(name)
            && name != ExportedTables.keys
    }

    var isOfCase: Bool { columns.contains { $0.name == "case_id" } }

    func row(_ values: [StoredValue?]) -> TableRow {
        TableRow(uniqueKeysWithValues: zip(columns.map(\.name), values))
    }
}

extension Transaction {
    /// Every case's identifier and its number, oldest first.
    package func openings() throws -> [(id: Case.ID, number: Int)] {
        try all("SELECT case_id, number FROM opening ORDER BY number") {
            (id: try $0.identifier(0), number: try $0.integer(1))
        }
    }

    /// A case as it is kept; nothing if there is no such case.
    ///
    /// Throws `StoreError.tampered` if it has not as many facts as its head says.
    package func record(of id: Case.ID) throws -> CaseRecord? {
        guard let head = try head(of: id) else { return nil }
        let facts = try all(
            """
            SELECT sequence, kind, recorded_at, effective_on, actor, body, hash
            FROM fact WHERE case_id = $1 ORDER BY sequence
            """, id
        ) { row in
            let fact = try FactRow(row)
            return CaseRecord.Fact(
                sequence: fact.sequence, kind: fact.kind, recorded: fact.recorded, effective: fact.effective,
                actor: fact.actor, sealed: fact.sealed, hash: fact.hash)
        }
        guard facts.count == head.sequence else {
            throw StoreError.tampered(case: id.text, sequence: facts.count + 1)
        }
        return try first(
            """
            SELECT o.number, o.opened_at, o.hash, before.hash
            FROM opening o LEFT JOIN opening before ON before.number = o.number - 1 WHERE o.case_id = $1
            """, id
        ) { row in
            CaseRecord(
                id: id, number: try row.integer(0), openedAt: try row.text(1),
                after: try row.optionalBytes(3) ?? Opening.beginning, hash: try row.bytes(2), key: head.keyID,
                facts: facts)
        }
    }

    /// The rows that other tables have of a case, those first that others refer to.
    package func rows(of id: Case.ID) throws -> [(table: String, rows: [TableRow])] {
        try tables().filter { $0.isTakenOut && $0.isOfCase }.map { table in
            let columns = table.columns.map(\.name).joined(separator: ", ")
            let key = table.key.joined(separator: ", ")
            let rows = try all(
                "SELECT \(columns) FROM \(table.name) WHERE case_id = $1 ORDER BY \(key)", [id.stored]
            ) { table.row(try $0.values(of: table)) }
            return (table: table.name, rows: rows)
        }
    }

    /// The tables of which rows are taken out that belong to no case, those first that others refer to.
    package func tablesTakenOut() throws -> [String] {
        try tables().filter(\.isTakenOut).map(\.name)
    }

    /// Hands over those rows of a table, a batch at a time, without the columns that open something.
    package func walkRows(of name: String, _ visit: ([TableRow]) throws -> Void) throws {
        guard let table = try tables().first(where: { $0.name == name }) else { return }
        try connection.walk(table) { batch in
            var rows = batch.map(table.row)
            if table.isOfCase { rows.removeAll { $0["case_id"] != .some(nil) } }
            if name == ExportedTables.account {
                rows = rows.map { $0.filter { !ExportedTables.secretColumns.contains($0.key) } }
            }
            try visit(rows)
        }
    }

    /// The columns of accounts that open something, a batch at a time; an authenticator's secret is not sealed in them.
    package func walkAccountSecrets(_ visit: ([TableRow]) throws -> Void) throws {
        guard let table = try tables().first(where: { $0.name == ExportedTables.account }) else { return }
        try connection.walk(table) { batch in
            try visit(
                batch.map { values in
                    var row = table.row(values).filter {
                        $0.key == "id" || ExportedTables.secretColumns.contains($0.key)
                    }
                    if case .text(let sealed)?? = row["app_secret"], case .text(let id)?? = row["id"] {
                        row.updateValue(.bytes(try openSecret(sealed, of: id)), forKey: "app_secret")
                    }
                    return row
                })
        }
    }

    /// Hands over every key that is kept, or one.
    ///
    /// Throws `StoreError.masterKeyWrong`.
    package func walkKeys(only id: DataKey.ID? = nil, _ visit: (KeyRecord) throws -> Void) throws {
        let columns = "SELECT key_id, wrapped, made_at FROM data_key"
        let values: [StoredValue?] = id.map { [$0.stored] } ?? []
        try connection.query(columns + (id == nil ? " ORDER BY key_id" : " WHERE key_id = $1"), values) { row in
            let id: DataKey.ID = try row.identifier(0)
            let root = try row.optionalBytes(1).map { try keyring.unwrap($0, of: id).exported }
            try visit(KeyRecord(id: id, madeAt: try row.text(2), root: root))
            return true
        }
    }
}
