/// One database engine. A unit of work is one synchronous body, so that no transaction is held open over an
/// `await`, and so that it costs one hop to the engine's thread whatever the number of its statements.
protocol Engine: Sendable {
    /// Runs `body` on one consistent state of the database, in which it can change nothing.
    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
    /// As `read`, for a walk over everything: however long it takes, also between two of its statements.
    func readEverything<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
    /// Runs `body` as one serialisable transaction and returns when it is durable. `body` may be run again.
    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
    /// Runs `body` as one transaction that takes a row which others may be taking too, and returns when it is durable.
    /// `body` may be run again.
    func take<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
    /// As `write`, while nobody else changes the lists, on whatever node; however long it takes.
    func writeLists<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T
    /// Runs `body` alone in one transaction before anybody else uses the engine. `body` may be run again.
    func prepare<T>(_ body: (any Connection) throws -> T) throws -> T
    /// Writes a consistent copy of the database into a folder, while others read and write.
    func copy(into folder: String) throws
    /// Waits for what is running and lets go of the database.
    func close() throws
}

/// A connection inside a transaction. `$1`, `$2` … in a statement are the values in their order.
protocol Connection {
    /// Runs a statement that answers nothing; returns how many rows it changed.
    func execute(_ sql: String, _ values: [StoredValue?]) throws -> Int
    /// Runs a statement and hands over its rows one by one until `visit` returns false.
    func query(_ sql: String, _ values: [StoredValue?], _ visit: (Row) throws -> Bool) throws
    /// What the engine is called in migrations.
    var dialect: Dialect { get }
    /// How a choice of a row ends that passes over rows which somebody else is taking in this moment.
    var passingOver: String { get }
    /// How this engine searches the index of words.
    var search: SearchText { get }
    /// Runs a statement of a migration, which is not kept prepared.
    func define(_ sql: String) throws
    /// Every table that is moved when everything is, each after those that it refers to, as the database describes it.
    func tables() throws -> [Table]
    /// Adds many rows to a table.
    func append(_ rows: TableRows, to table: Table) throws
    /// Throws `StoreError.busy` if others are connected to the database who may change what is kept.
    func requireAlone() throws
}

/// The engines, where one of them needs a text of its own.
enum Dialect: Sendable {
    case sqlite
    case postgresql
}

/// The parts of a search that each engine writes in its own way.
struct SearchText: Sendable {
    /// What the index holds for this parameter, joined with the summaries as `s`.
    let found: @Sendable (_ parameter: String) -> String
    /// The same by looking through the cases, all of them with the newest first, or a sample: for words that so many cases
    /// have that the index would collect them all before it gives the newest. Nothing where the index gives the newest
    /// first.
    let foundByLooking: (@Sendable (_ parameter: String, SearchSample?) -> String)?
    /// The newest cases first, by a path that the index serves without sorting.
    let newestFirst: String
    /// The value of that parameter: every word begins a word of the case.
    let expression: @Sendable ([String]) -> String
}

/// Some of the cases, by which to judge how many have a word.
enum SearchSample: Sendable {
    case newest(Int)
    case oldest(Int)
}
