import Store

extension Store {
    /// Every row of every table as text, by table: for finding out that nothing was changed.
    package func dump() async throws -> [String: [String]] {
        try await read { transaction in
            var rows: [String: [String]] = [:]
            switch TestEngine.current {
            case .sqlite:
                let tables = try transaction.all(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                ) { try $0.text(0) }
                for table in tables {
                    let columns = try transaction.all("SELECT name FROM pragma_table_info($1)", table) {
                        try $0.text(0)
                    }
                    let row = columns.map { "quote(\($0))" }.joined(separator: " || ' ' || ")
                    rows[table] = try transaction.all("SELECT \(row) FROM \(table)") { try $0.text(0) }.sorted()
                }
            case .postgresql:
                let tables = try transaction.all(
                    "SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname = current_schema()"
                ) { try $0.text(0) }
                for table in tables {
                    rows[table] = try transaction.all("SELECT CAST(t AS text) FROM \(table) t") { try $0.text(0) }
                        .sorted()
                }
            }
            return rows
        }
    }
}
