import CPostgres
import Foundation

extension PostgreSQLSession {
    func tables() throws -> [Table] {
        var found = TableDescriptions()
        try query(
            """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
                AND a.attgenerated = ''
            """, []
        ) { row in
            try found.addColumn(try row.text(1), try row.text(2), of: try row.text(0))
            return true
        }
        try query(
            """
            SELECT c.relname, a.attname
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (number, place)
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
            WHERE n.nspname = current_schema() AND i.indisprimary ORDER BY c.relname, k.place
            """, []
        ) { row in
            found.addToKey(try row.text(1), of: try row.text(0))
            return true
        }
        try query(
            """
            SELECT c.relname, r.relname
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND k.contype = 'f'
            """, []
        ) { row in
            found.addReference(to: try row.text(1), of: try row.text(0))
            return true
        }
        return try found.inOrder()
    }

    func append(_ rows: TableRows, to table: Table) throws {
        var bytes = Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0] + [UInt8](repeating: 0, count: 8)
        for row in rows {
            bytes.appendBigEndian(Int16(row.count))
            for (value, column) in zip(row, table.columns) { bytes.appendField(value, column.kind) }
        }
        bytes.appendBigEndian(Int16(-1))
        let columns = table.columns.map(\.name).joined(separator: ", ")
        try copyIn("COPY \(table.name) (\(columns)) FROM STDIN (FORMAT binary)", bytes)
    }

    func requireAlone() throws {
        // Whoever has just left is still seen for a moment, as long as the server takes to end what served them.
        for _ in 0..<50 {
            guard try others() > 0 else { return }
            try query("SELECT pg_stat_clear_snapshot(), pg_sleep(0.1)", []) { _ in false }
        }
        throw StoreError.busy
    }

    /// How many others have the database open as somebody who may change what is kept: the role of this program, a role
    /// beside it, an administrator. Who can only look, such as a monitor, is in nobody's way. What kind of session another
    /// role has the server does not tell everybody; sessions of its own have no role.
    private func others() throws -> Int {
        var count = 0
        try query(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL
                AND (backend_type = 'client backend' OR backend_type IS NULL)
                AND (usename = current_user OR has_table_privilege(usesysid, to_regclass('case_head'), 'INSERT'))
            """, []
        ) { row in
            count = try row.integer(0)
            return false
        }
        return count
    }

    /// Sends all the bytes that a `COPY … FROM STDIN` reads.
    private func copyIn(_ command: String, _ bytes: [UInt8]) throws {
        let beginning = PQexec(handle, command)
        guard PQresultStatus(beginning) == PGRES_COPY_IN else {
            _ = try noting(Self.outcome(beginning, on: handle))
            return
        }
        PQclear(beginning)
        bytes.withUnsafeBytes { buffer in
            _ = PQputCopyData(handle, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count))
        }
        _ = PQputCopyEnd(handle, nil)
        let end = Self.outcome(PQgetResult(handle), on: handle)
        while let rest = PQgetResult(handle) { PQclear(rest) }
        _ = try noting(end)
    }
}

extension [UInt8] {
    fileprivate mutating func appendBigEndian(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    /// A value in the form that the server takes for its type, after its length.
    fileprivate mutating func appendField(_ value: StoredValue?, _ kind: Table.Kind) {
        switch value {
        case nil: appendBigEndian(Int32(-1))
        case .text(let text): appendFramed(text.utf8)
        case .bytes(let bytes): appendFramed(bytes)
        case .flag(let flag): appendFramed([flag ? 1 : 0])
        case .integer(let number):
            // A number too large for its column becomes one that the server refuses, by its length.
            if kind == .integer(4), let short = Int32(exactly: number) {
                appendBigEndian(Int32(4))
                appendBigEndian(short)
            } else {
                appendBigEndian(Int32(8))
                appendBigEndian(number)
            }
        }
    }
}
