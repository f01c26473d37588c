import Foundation
import Rights

/// Where everything durable is kept. A value: copies are the same store.
package struct Store: Sendable {
    /// The names within a data folder, which a backup holds and a restored folder has again.
    package static let databaseFile = "rightsdesk.sqlite"
    package static let masterKeyFile = "keys/master.key"
    package static let keyFolder = "keys"

    /// The number of the last change to its tables.
    package static var schema: Int { Migration.all.count }

    let engine: any Engine
    let keyring: Keyring

    /// Opens the store of a data folder and brings its schema up to date. A store that holds nothing yet gets a new
    /// master key, in the folder.
    ///
    /// - Parameters:
    ///   - address: the PostgreSQL database it is in; without one, an SQLite database in the folder.
    ///   - files: where its files lie, for who will look for them: `folder`, `database`, or a bucket's address.
    ///   - alone: while it is open nobody else can use it; `StoreError.busy` if somebody does.
    ///   - migrations: those that the program knows; fewer in tests, where an older version is meant.
    /// - Throws: `StoreError`: `newerDatabase` for a database that a newer version has changed, `masterKeyMissing` or
    ///   `masterKeyWrong` if no key in the folder can open it, `busy` if another process is changing it, `unreachable`
    ///   and `unsuitable` for a server.
    package static func open(
        in folder: String, on address: PostgreSQLAddress? = nil, filesIn files: String? = nil, alone: Bool = false,
        surroundings: Surroundings, migrations: [Migration] = Migration.all
    ) throws -> Store {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let engine = try engine(in: folder, on: address, alone: alone)
        do {
            let now = surroundings.now()
            let keyring = try engine.prepare { connection in
                if alone { try connection.requireAlone() }
                try Migration.apply(migrations, on: connection, at: now)
                let keyring = try KeyFolder(of: folder).keyring(for: connection, random: surroundings.random)
                if let files { try Transaction(connection, keyring).checkFiles(lieIn: files) }
                return keyring
            }
            return Store(engine: engine, keyring: keyring)
        } catch {
            try engine.close()
            throw error
        }
    }

    static func engine(in folder: String, on address: PostgreSQLAddress?, alone: Bool) throws -> any Engine {
        if let address {
            PostgreSQLEngine(address)
        } else {
            try SQLiteEngine(path: folder + "/" + databaseFile, alone: alone)
        }
    }

    /// Runs `body` on one consistent state of the database. It can change nothing.
    ///
    /// Throws `StoreError`, `CancellationError` if the task is cancelled, and what `body` throws.
    package func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await engine.read { [keyring] in try body(Transaction($0, keyring)) }
    }

    /// Runs `body` as `read` does, for a walk over everything: however long it takes, also between two statements, while
    /// something else is done with what was read.
    ///
    /// Throws as `read`.
    package func readEverything<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await engine.readEverything { [keyring] in try body(Transaction($0, keyring)) }
    }

    /// Runs `body` as one serialisable unit of work: all of it is durable when this returns, or, if it throws,
    /// nothing of it is kept. It may be run more than once, so it does nothing but statements.
    ///
    /// Throws `StoreError` and what `body` throws.
    @discardableResult
    package func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await engine.write { [keyring] in try body(Transaction($0, keyring)) }
    }

    /// Runs `body` as a unit of work that takes a row which others, on other nodes too, may be taking at the same time.
    /// Of what they have in hand it sees nothing, so that nobody waits. It changes nothing but rows that it has taken.
    ///
    /// Throws as `write`.
    package func take<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await engine.take { [keyring] in try body(Transaction($0, keyring)) }
    }

    /// Runs `body` as `write` does while nobody else changes the lists, on whatever node: they wait. Whoever comes second
    /// sees what the first has done.
    ///
    /// Throws as `write`.
    package func writeLists<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await engine.writeLists { [keyring] in try body(Transaction($0, keyring)) }
    }

    /// Writes a consistent copy of the database into a folder, while others read and write.
    ///
    /// Throws `StoreError`.
    package func copyDatabase(into folder: String) throws {
        try engine.copy(into: folder)
    }

    /// Waits for running work and closes the database. Only at the end of the process and in tests.
    package func close() throws {
        try engine.close()
    }
}
