import Crypto

/// Rows of a table: the values of its columns, in their order.
typealias TableRows = [[StoredValue?]]

extension Connection {
    /// Hands over every row of a table by batches, in the order of its key, which is the same on every engine. A batch is
    /// as long as some megabytes allow, so that tables of large rows take no more memory than others.
    func walk(_ table: Table, _ visit: (TableRows) throws -> Void) throws {
        let columns = table.columns.map(\.name).joined(separator: ", ")
        let key = table.key.joined(separator: ", ")
        let places = (1...table.key.count).map { "$\($0)" }.joined(separator: ", ")
        let keyColumns = table.key.compactMap { name in table.columns.firstIndex { $0.name == name } }
        let first = "SELECT \(columns) FROM \(table.name) ORDER BY \(key) LIMIT $1"
        let next = """
            SELECT \(columns) FROM \(table.name) WHERE (\(key)) > (\(places)) ORDER BY \(key)
            LIMIT $\(table.key.count + 1)
            """
        var last: [StoredValue?]?
        var length = 16
        while true {
            var rows: TableRows = []
            rows.reserveCapacity(length)
            var size = 0
            try query(last == nil ? first : next, (last ?? []) + [length.stored]) { row in
                let values = try row.values(of: table)
                size += values.reduce(0) { $0 + ($1?.size ?? 1) }
                rows.append(values)
                return true
            }
            guard let end = rows.last else { return }
            try visit(rows)
            guard rows.count == length else { return }
            last = keyColumns.map { end[$0] }
            length = min(max((4 << 20) / max(size / rows.count, 1), 1), 2000)
        }
    }

    /// Whether a table has no row.
    func isEmpty(_ table: Table) throws -> Bool {
        var isEmpty = true
        try query("SELECT 1 FROM \(table.name) LIMIT 1", []) { _ in
            isEmpty = false
            return false
        }
        return isEmpty
    }
}

extension Row {
    /// The values of a row that holds the columns of a table in their order.
    func values(of table: Table) throws -> [StoredValue?] {
        try table.columns.enumerated().map { try value($0.offset, of: $0.element.kind) }
    }

    private func value(_ column: Int, of kind: Table.Kind) throws -> StoredValue? {
        switch kind {
        case .text: try cells.text(column).map { .text($0) }
        case .flag: try cells.flag(column).map { .flag($0) }
        case .bytes: try cells.bytes(column).map { .bytes($0) }
        case .integer: try cells.integer(column).map { .integer($0) }
        }
    }
}

extension StoredValue {
    fileprivate var size: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .integer, .flag: 8
        }
    }
}

/// A number for the content of a table, by which two copies of it are compared.
struct TableDigest {
    private(set) var rows = 0
    private var hash = SHA256()

    mutating func add(_ batch: TableRows) {
        rows += batch.count
        var bytes: [UInt8] = []
        for value in batch.joined() {
            switch value {
            case nil: bytes.append(0)
            case .text(let text):
                bytes.append(1)
                bytes.appendFramed(text.utf8)
            case .integer(let number):
                bytes.append(2)
                withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
            case .flag(let flag): bytes.append(flag ? 4 : 3)
            case .bytes(let content):
                bytes.append(5)
                bytes.appendFramed(content)
            }
        }
        hash.update(data: bytes)
    }

    /// SHA-256 over every value, in hexadecimal.
    var text: String { Array(hash.finalize()).hexadecimal }
}
