import Rights

/// The inside of one unit of work: statements that see one state of the database and are kept together or not at
/// all. It exists only inside the closure of `Store.read` or `Store.write` and must not leave it.
///
/// Statements are literal text with `$1` parameters that mean the same on every engine (no double quotes; NULLS
/// FIRST or LAST said), and belong in an extension beside the subject they serve. The same text is prepared once a
/// connection, so a `decode` closure must not run the statement whose rows it is reading.
package final class Transaction {
    let connection: any Connection
    let keyring: Keyring
    private var described: [Table]?

    init(_ connection: any Connection, _ keyring: Keyring) {
        self.connection = connection
        self.keyring = keyring
    }

    /// Every table that is moved when everything is, each after those that it refers to. The database is asked once.
    func tables() throws -> [Table] {
        if let described { return described }
        let tables = try connection.tables()
        described = tables
        return tables
    }

    /// Runs a statement that answers no rows; returns how many rows it changed.
    ///
    /// Throws `StoreError`.
    @discardableResult
    package func execute(_ sql: String, _ values: (any SQLValue)?...) throws -> Int {
        try connection.execute(sql, values.map { $0?.stored })
    }

    /// Every row of the answer, decoded, in the order of the statement.
    ///
    /// Throws `StoreError` and what `decode` throws.
    package func all<T>(_ sql: String, _ values: (any SQLValue)?..., as decode: (Row) throws -> T) throws -> [T] {
        try all(sql, values.map { $0?.stored }, as: decode)
    }

    /// The same for a list of values that is made at run time.
    func all<T>(_ sql: String, _ values: [StoredValue?], as decode: (Row) throws -> T) throws -> [T] {
        var found: [T] = []
        try connection.query(sql, values) { row in
            found.append(try decode(row))
            return true
        }
        return found
    }

    /// The first row of the answer, or nothing.
    ///
    /// Throws `StoreError` and what `decode` throws.
    package func first<T>(_ sql: String, _ values: (any SQLValue)?..., as decode: (Row) throws -> T) throws -> T? {
        var found: T?
        try connection.query(sql, values.map { $0?.stored }) { row in
            found = try decode(row)
            return false
        }
        return found
    }
}
