import CPostgres

/// The rows of an answer, in the server's binary form. Freed when the last row of it is let go.
final class PostgreSQLAnswer {
    fileprivate let result: OpaquePointer

    init(owning result: OpaquePointer) {
        self.result = result
    }

    deinit {
        PQclear(result)
    }

    var count: Int { Int(PQntuples(result)) }

    /// How many rows a statement changed.
    var changed: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// A cell of an answer in text form.
    func plain(_ row: Int, _ column: Int) -> String? {
        guard PQgetisnull(result, Int32(row), Int32(column)) == 0 else { return nil }
        return String(cString: PQgetvalue(result, Int32(row), Int32(column)))
    }

    subscript(row: Int) -> Row {
        Row(cells: PostgreSQLCells(answer: self, row: Int32(row)))
    }
}

/// One row. A column of another type than is asked for is refused: the engine converts nothing.
private struct PostgreSQLCells: Cells {
    let answer: PostgreSQLAnswer
    let row: Int32

    /// The numbers that PostgreSQL has for its own types, the same in every database.
    private enum Kind: UInt32 {
        case flag = 16
        case bytes = 17
        case name = 19
        case integer8 = 20
        case integer2 = 21
        case integer4 = 23
        case text = 25
    }

    func text(_ column: Int) throws -> String? {
        try cell(column, of: .text, .name).map { String(decoding: $0, as: UTF8.self) }
    }

    func integer(_ column: Int) throws -> Int64? {
        guard let cell = try cell(column, of: .integer8, .integer4, .integer2), let first = cell.first else {
            return nil
        }
        // Big-endian two's complement of 2, 4 or 8 bytes.
        return cell.dropFirst().reduce(Int64(Int8(bitPattern: first))) { $0 << 8 | Int64($1) }
    }

    func flag(_ column: Int) throws -> Bool? {
        try cell(column, of: .flag)?.first.map { $0 != 0 }
    }

    func bytes(_ column: Int) throws -> [UInt8]? {
        try cell(column, of: .bytes).map { Array($0) }
    }

    /// The bytes of a cell, which live as long as the answer.
    private func cell(_ column: Int, of kinds: Kind...) throws -> UnsafeRawBufferPointer? {
        let place = Int32(column)
        // NULL has no type to be wrong: `SELECT NULL` is a text to the server.
        guard PQgetisnull(answer.result, row, place) == 0 else { return nil }
        guard let kind = Kind(rawValue: PQftype(answer.result, place)), kinds.contains(kind) else {
            throw StoreError.unreadable(column: column)
        }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(answer.result, row, place), count: Int(PQgetlength(answer.result, row, place)))
    }
}
