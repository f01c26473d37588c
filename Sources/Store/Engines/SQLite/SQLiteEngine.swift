import Foundation
import GRDB

/// SQLite through GRDB: the engine of one node, with nothing to install beside the program.
struct SQLiteEngine: Engine {
    private let pool: any DatabaseWriter
    private let groups: GroupCommit

    /// Opens or makes the database file, readable by its owner alone.
    ///
    /// - Parameter alone: locks the file, so that nobody else can read or write it until this is closed.
    init(path: String, alone: Bool = false) throws {
        // SQLite gives its -wal and -shm files the mode of the database, which must therefore be right beforehand.
        let files = FileManager.default
        guard
            files.fileExists(atPath: path)
                || files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path]) }
        var configuration = Configuration()
        configuration.label = "store"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        // Four readers served most requests a second of those tried; more only wait for the cores.
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            // Pages are copied into a cache of 4 MB a connection. To map the file instead is no faster here: every view
            // is recorded, every record makes each reader let go of its map, and what it maps again counts as memory
            // of the process (187 MB under load instead of 113).
            try database.execute(sql: "PRAGMA cache_size = -4000")
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            if alone { try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
        }
        do {
            let pool: any DatabaseWriter =
                if alone {
                    try DatabaseQueue(path: path, configuration: configuration)
                } else {
                    try DatabasePool(path: path, configuration: configuration)
                }
            self.pool = pool
            // GRDB sets NORMAL on its writer while it opens, after `prepareDatabase`, which would lose acknowledged
            // writes at a power cut. So FULL is set again now, and read back because that loss would be silent.
            let durability = try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                return try Int.fetchOne(database, sql: "PRAGMA synchronous")
            }
            guard durability == 2 else { throw StoreError.notDurable("synchronous is \(durability ?? -1), not 2") }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
        groups = GroupCommit(pool)
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        do {
            return try await pool.read { try body(SQLiteConnection(database: $0)) }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    /// No unit of work has a limit here.
    func readEverything<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await read(body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await groups.write(body)
    }

    /// One unit of work writes at a time, so nobody takes anything beside it.
    func take<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await groups.write(body)
    }

    func writeLists<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await groups.write(body)
    }

    func prepare<T>(_ body: (any Connection) throws -> T) throws -> T {
        try StoreError.translating {
            try pool.writeWithoutTransaction { database in
                var value: T?
                try database.inTransaction(.immediate) {
                    value = try body(SQLiteConnection(database: database))
                    return .commit
                }
                guard let value else { throw StoreError.busy }
                return value
            }
        }
    }

    func copy(into folder: String) throws {
        let path = folder + "/" + Store.databaseFile
        try StoreError.translating {
            let copy = try DatabaseQueue(path: path)
            // All pages in one step: a step that ends early would begin again at every write of the server's.
            try pool.backup(to: copy, pagesPerStep: -1)
            // The copy is one file: whoever opens it makes it a database with a log beside it again.
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
        }
    }

    func close() throws {
        try StoreError.translating { try pool.close() }
    }
}
