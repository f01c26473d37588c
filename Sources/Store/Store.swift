import Foundation
import Rights

/// Where everything durable is kept. A value: copies are the same store.
package struct Store: Sendable {
    /// The names within a data folder, which a backup holds and a restored folder has again.
    package static let databaseFile = "rightsdesk.sqlite"
    package static let masterKeyFile = "keys/master.key"

    private let engine: any Engine
    private let keyring: Keyring

    /// Opens the store of a data folder and brings its schema up to date. A folder without a database is made into
    /// one, with a new master key.
    ///
    /// Throws `StoreError`: `newerDatabase` for a database that a newer version has changed, `masterKeyMissing` or
    /// `masterKeyWrong` if the key beside it cannot open it, `busy` if another process is changing it.
    package static func open(in folder: String, surroundings: Surroundings) throws -> Store {
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let database = folder + "/" + databaseFile
        let keyFile = folder + "/" + masterKeyFile
        let master: MasterKey
        if files.fileExists(atPath: keyFile) {
            master = try MasterKey(reading: keyFile)
        } else {
            guard !files.fileExists(atPath: database) else { throw StoreError.masterKeyMissing(path: keyFile) }
            master = try MasterKey(creating: keyFile, random: surroundings.random)
        }
        let keyring = Keyring(master: master, random: surroundings.random)
        let engine = try SQLiteEngine(path: database)
        do {
            let now = surroundings.now()
            try engine.prepare { connection in
                let transaction = Transaction(connection, keyring)
                try Migration.apply(Migration.all, in: transaction, at: now)
                try transaction.checkMasterKey()
            }
        } catch {
            try engine.close()
            throw error
        }
        return Store(engine: engine, keyring: keyring)
    }

    /// Runs `body` on one consistent state of the database. It can change nothing.
    ///
    /// Throws `StoreError`, `CancellationError` if the task is cancelled, and what `body` throws.
    package func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await engine.read { [keyring] in try body(Transaction($0, keyring)) }
    }

    /// Runs `body` as one serialisable unit of work: all of it is durable when this returns, or, if it throws,
    /// nothing of it is kept. It may be run more than once, so it does nothing but statements.
    ///
    /// Throws `StoreError` and what `body` throws.
    @discardableResult
    package func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await engine.write { [keyring] in try body(Transaction($0, keyring)) }
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
