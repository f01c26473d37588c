import Foundation
import Rights

/// Where everything durable is kept. A value: copies are the same store.
package struct Store: Sendable {
    private let engine: any Engine

    /// Opens the store of a data folder, which is made if it is not there, and brings its schema up to date.
    ///
    /// Throws `StoreError.newerDatabase` for a database that a newer version has changed, `StoreError.busy` if
    /// another process is changing it at this moment.
    package static func open(in folder: String, surroundings: Surroundings) throws -> Store {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let engine = try SQLiteEngine(path: folder + "/rightsdesk.sqlite")
        do {
            let now = surroundings.now()
            try engine.prepare { try Migration.apply(Migration.all, in: Transaction($0), at: now) }
        } catch {
            try engine.close()
            throw error
        }
        return Store(engine: engine)
    }

    /// Runs `body` on one consistent state of the database. It can change nothing.
    ///
    /// Throws `StoreError`, `CancellationError` if the task is cancelled, and what `body` throws.
    package func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await engine.read { try body(Transaction($0)) }
    }

    /// Runs `body` as one serialisable unit of work: all of it is durable when this returns, or, if it throws,
    /// nothing of it is kept. It may be run more than once, so it does nothing but statements.
    ///
    /// Throws `StoreError` and what `body` throws.
    @discardableResult
    package func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await engine.write { try body(Transaction($0)) }
    }

    /// Waits for running work and closes the database. Only at the end of the process and in tests.
    package func close() throws {
        try engine.close()
    }
}
