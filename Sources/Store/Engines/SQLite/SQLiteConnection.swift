import Foundation
import GRDB

/// A GRDB connection inside a transaction.
struct SQLiteConnection: Connection {
    let database: Database

    var dialect: Dialect { .sqlite }

    /// Nobody is beside whoever writes.
    var passingOver: String { "" }

    func execute(_ sql: String, _ values: [StoredValue?]) throws -> Int {
        try StoreError.translating {
            let statement = try prepared(sql, values)
            try statement.execute()
            return database.changesCount
        }
    }

    func query(_ sql: String, _ values: [StoredValue?], _ visit: (Row) throws -> Bool) throws {
        try StoreError.translating {
            let rows = try GRDB.Row.fetchCursor(prepared(sql, values))
            while let row = try rows.next() {
                guard try visit(Row(cells: row)) else { return }
            }
        }
    }

    /// Full-text search of SQLite. Rows come by their number, which grows with the age of the case, because sorting
    /// what was found by a column of the summaries costs eight times as much.
    var search: SearchText {
        SearchText(
            found: { "case_search f JOIN case_summary s ON s.number = f.rowid AND case_search MATCH \($0)" },
            foundByLooking: nil,
            newestFirst: "f.rowid DESC",
            // Quoted, so that nothing in a word is taken for an operator of the search.
            expression: { words in
                words.map { "\"\($0.replacingOccurrences(of: "\"", with: ""))\"*" }.joined(separator: " AND ")
            })
    }

    func define(_ sql: String) throws {
        try StoreError.translating { try database.execute(sql: sql) }
    }

    /// The statement, prepared once a connection. Values go in by name, because SQLite numbers `$2` by where it
    /// first stands in the text, not by its digit.
    private func prepared(_ sql: String, _ values: [StoredValue?]) throws -> Statement {
        let statement = try database.cachedStatement(sql: sql)
        var named: [String: (any DatabaseValueConvertible)?] = [:]
        named.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            named.updateValue(value.map(\.bound), forKey: String(index + 1))
        }
        try statement.setArguments(StatementArguments(named))
        return statement
    }
}

extension StoredValue {
    fileprivate var bound: any DatabaseValueConvertible {
        switch self {
        case .text(let text): text
        case .integer(let number): number
        case .flag(let flag): flag
        case .bytes(let bytes): Data(bytes)
        }
    }
}

extension GRDB.Row: Cells {
    func text(_ column: Int) -> String? { self[column] }
    func integer(_ column: Int) -> Int64? { self[column] }
    func flag(_ column: Int) -> Bool? { self[column] }
    func bytes(_ column: Int) throws -> [UInt8]? {
        try withUnsafeData(atIndex: column) { $0.map { [UInt8]($0) } }
    }
}

extension StoreError {
    /// Runs `body` and says the engine's errors in the store's own words.
    static func translating<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    init(_ error: DatabaseError) {
        let message = error.message ?? ""
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            self = .notUnique(message)
            return
        default:
            break
        }
        switch error.resultCode {
        case .SQLITE_CONSTRAINT: self = .constraintViolated(message)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(message)
        default: self = .engine(code: "\(error.extendedResultCode.rawValue)", message: message)
        }
    }
}
