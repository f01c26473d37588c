import Crypto
import Rights

extension Store {
    /// Runs `body` as one transaction that may take as long as it needs: for bringing everything into an empty store.
    /// `body` may be run again.
    ///
    /// - Throws: `StoreError.notEmpty`, and what `body` throws; nothing is kept then.
    package func bringIn<T>(_ body: (Transaction) throws -> T) throws -> T {
        try engine.prepare { connection in
            for table in try connection.tables() where !Self.isOfEmptyStore(table) {
                guard try connection.isEmpty(table) else { throw StoreError.notEmpty(table: table.name) }
            }
            return try body(Transaction(connection, keyring))
        }
    }

    /// Whether anything is kept yet.
    ///
    /// - Throws: `StoreError.notEmpty`.
    package func requireEmpty() throws {
        try bringIn { _ in }
    }

    /// A store that was opened and never used knows its surroundings, and may have bytes of files that an import put there
    /// before it was cut off.
    private static func isOfEmptyStore(_ table: Table) -> Bool {
        ExportedTables.ofInstallation.contains(table.name) || ExportedTables.ofVault.contains(table.name)
    }
}

extension Transaction {
    /// Keeps a key, wrapped under the master key of this store.
    package func bringIn(_ key: KeyRecord) throws {
        guard key.root.map({ $0.count == 32 }) ?? true else { throw StoreError.notARow(table: ExportedTables.keys) }
        try execute(
            "INSERT INTO data_key (key_id, wrapped, made_at) VALUES ($1, $2, $3)", key.id,
            try key.root.map { try keyring.wrap($0, of: key.id) }, key.madeAt)
    }

    /// Keeps rows of a table that was taken out.
    ///
    /// - Throws: `StoreError.notARow` where a row has not exactly the columns of the table, and what the schema refuses.
    package func bringIn(_ rows: [TableRow], into name: String) throws {
        guard !rows.isEmpty else { return }
        guard let table = try tables().first(where: { $0.name == name && $0.isTakenOut }) else {
            throw StoreError.notARow(table: name)
        }
        let values = try rows.map { row in
            guard row.count == table.columns.count else { throw StoreError.notARow(table: name) }
            return try table.columns.map { column -> StoredValue? in
                guard let value = row[column.name], value.map({ column.kind.holds($0) }) ?? true else {
                    throw StoreError.notARow(table: name)
                }
                return value
            }
        }
        try connection.append(values, to: table)
    }

    /// A row of an account with the columns that open something, its authenticator's secret sealed for this store.
    package func account(_ row: TableRow, with secrets: TableRow) throws -> TableRow {
        var row = row.merging(secrets) { $1 }
        guard let id = row["id"] ?? nil, case .text(let owner) = id else {
            throw StoreError.notARow(table: ExportedTables.account)
        }
        if case .bytes(let secret)?? = row["app_secret"] {
            row.updateValue(.text(try sealSecret(secret, of: owner)), forKey: "app_secret")
        }
        return row
    }

    /// Opens a case that comes after a link, with all of its facts.
    ///
    /// - Returns: the case as it is in this store's chain.
    package func bringIn(_ record: CaseRecord, as number: Int, after link: [UInt8]?) throws -> CaseRecord {
        let placed = record.placed(as: number, after: link ?? Opening.beginning)
        let last = placed.facts.last
        let end = (sequence: last?.sequence ?? 0, hash: last?.hash ?? placed.hash)
        try execute(
            "INSERT INTO opening (number, case_id, opened_at, hash) VALUES ($1, $2, $3, $4)", number, placed.id,
            placed.openedAt, placed.hash)
        try execute(
            "INSERT INTO case_head (case_id, key_id, sequence, hash, code) VALUES ($1, $2, $3, $4, $5)", placed.id,
            placed.key, end.sequence, end.hash, keyring.code(over: Head.sealed(placed.id, end.sequence, end.hash)))
        for fact in placed.facts {
            try execute(
                """
                INSERT INTO fact (case_id, sequence, kind, recorded_at, effective_on, actor, body, hash)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """, placed.id, fact.sequence, fact.kind, fact.recorded, fact.effective, fact.actor, fact.sealed,
                fact.hash)
        }
        return placed
    }

    /// Seals the count of all cases, whose last has this link.
    package func seal(openings: Int, endingWith link: [UInt8]) throws {
        try execute(
            "INSERT INTO ledger (id, openings, hash, code) VALUES (1, $1, $2, $3)", openings, link,
            keyring.code(over: Ledger.sealed(openings, link)))
    }

    /// Digests of addresses are this store's own: those of accounts are made anew. Which address the others were of is
    /// known to nobody.
    package func redigestEvents() throws {
        let accounts = try all("SELECT id, email FROM account") { (id: try $0.text(0), email: try $0.text(1)) }
        for account in accounts {
            try execute(
                "UPDATE account_event SET email_digest = $2 WHERE account = $1", account.id,
                addressDigest(account.email))
        }
    }
}

extension Table.Kind {
    fileprivate func holds(_ value: StoredValue) -> Bool {
        switch (self, value) {
        case (.text, .text), (.flag, .flag), (.bytes, .bytes), (.integer, .integer): true
        case (.text, _), (.flag, _), (.bytes, _), (.integer, _): false
        }
    }
}
