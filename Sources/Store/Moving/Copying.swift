import Rights

/// A table that was copied, and is equal on both sides.
package struct CopiedTable: Hashable, Sendable {
    package let name: String
    package let rows: Int
    /// SHA-256 over all of its values in the order of its key.
    package let digest: String
}

/// What was copied, and what the walk over the chains of facts in the copy found.
package struct Copied: Sendable {
    package let tables: [CopiedTable]
    package let verification: Verification
}

/// How far a copy is.
package enum CopyProgress: Hashable, Sendable {
    case copying(table: String, rows: Int)
    case comparing(table: String)
    case verifying
}

extension Store {
    /// Where a store is copied to.
    package enum Destination: Sendable {
        /// A folder, in which there will be an SQLite database.
        case folder(String)
        case server(PostgreSQLAddress)
    }

    /// Copies everything into an empty database, compares every table there with what was read here, and verifies every
    /// chain of facts. All of it is one transaction of the destination: a copy that is cut off, or that differs in one
    /// value, leaves nothing there.
    ///
    /// The destination has the same master key; the caller brings it, and the files, to where they belong.
    ///
    /// The walk over this store takes as long as the whole copy does.
    ///
    /// - Throws: `StoreError.notEmpty` if anything is there, `.copyDiffers`, `.unsuitable` for a database that holds
    ///   somebody else's tables, `.busy` if others turned out to use this store, and what the engines throw.
    package func copy(
        to destination: Destination, surroundings: Surroundings,
        progress: @escaping @Sendable (CopyProgress) -> Void = { _ in }
    ) async throws -> Copied {
        let target: any Engine =
            switch destination {
            case .folder(let folder): try SQLiteEngine(path: folder + "/" + Store.databaseFile)
            case .server(let address): PostgreSQLEngine(address)
            }
        do {
            let now = surroundings.now()
            let copied = try await engine.readEverything { [keyring] source in
                try target.prepare { connection in
                    try Migration.apply(Migration.all, on: connection, at: now)
                    let tables = try source.copy(to: connection, progress: progress)
                    try source.requireAlone()
                    progress(.verifying)
                    return Copied(tables: tables, verification: try Transaction(connection, keyring).verify())
                }
            }
            try target.close()
            return copied
        } catch {
            try target.close()
            throw error
        }
    }

    /// Whether a database holds nothing at all, not even tables without rows.
    package static func isBlank(_ address: PostgreSQLAddress) throws -> Bool {
        let engine = PostgreSQLEngine(address)
        defer { try? engine.close() }
        return try engine.prepare { connection in
            var isBlank = true
            try connection.query(
                """
                SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = current_schema() LIMIT 1
                """, []
            ) { _ in
                isBlank = false
                return false
            }
            return isBlank
        }
    }
}

extension Connection {
    fileprivate func copy(
        to target: any Connection, progress: (CopyProgress) -> Void
    ) throws -> [CopiedTable] {
        let tables = try tables()
        let others = try target.tables()
        guard Set(tables) == Set(others) else {
            let names = Set(others.map(\.name)).symmetricDifference(tables.map(\.name)).sorted()
            throw StoreError.unsuitable(
                "its tables are not those of this version of rightsdesk: \(names.joined(separator: ", "))")
        }
        for table in tables where try !target.isEmpty(table) { throw StoreError.notEmpty(table: table.name) }
        var copied: [CopiedTable] = []
        for table in tables {
            var digest = TableDigest()
            progress(.copying(table: table.name, rows: 0))
            try walk(table) { rows in
                try target.append(rows, to: table)
                digest.add(rows)
                progress(.copying(table: table.name, rows: digest.rows))
            }
            copied.append(CopiedTable(name: table.name, rows: digest.rows, digest: digest.text))
        }
        for (table, expected) in zip(tables, copied) {
            progress(.comparing(table: table.name))
            var digest = TableDigest()
            try target.walk(table) { digest.add($0) }
            guard digest.rows == expected.rows, digest.text == expected.digest else {
                throw StoreError.copyDiffers(table: table.name)
            }
        }
        return copied
    }
}
