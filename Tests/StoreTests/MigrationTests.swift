import Rights
import TestSupport
import Testing

@testable import Store

@Suite struct MigrationTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let database: PrivateDatabase?

    init() throws {
        folder = try TemporaryFolder()
        database = TestEngine.current == .postgresql ? try PrivateDatabase(like: .empty) : nil
    }

    /// An engine on a database that has nothing in it.
    private func engine() throws -> any Engine {
        if let database { return PostgreSQLEngine(database.address) }
        return try SQLiteEngine(path: folder.path + "/own.sqlite")
    }

    @Test("The migrations are numbered from 1 without gaps")
    func numbers() {
        #expect(Migration.all.map(\.number) == Array(1..<(Migration.all.count + 1)))
    }

    @Test("A database that a newer version has changed is refused with advice")
    func newer() async throws {
        let store = try Store.open(in: folder, surroundings: world.surroundings)
        let next = Migration.all.count + 1
        try await store.write {
            try $0.execute(
                "INSERT INTO migration (number, name, fingerprint, applied_at) VALUES ($1, $2, $3, $4)",
                next, "of the future", "", Moment(milliseconds: 0))
        }
        try store.close()
        let error = #expect(throws: StoreError.newerDatabase(found: next, known: next - 1)) {
            try Store.open(in: folder, surroundings: world.surroundings)
        }
        #expect(error?.description.contains("Install the newer version") == true)
    }

    @Test("Migrations are applied in order, once, and only the missing ones")
    func inOrder() throws {
        let first = Migration(number: 1, name: "a", statements: ["CREATE TABLE a (id BIGINT)"])
        let second = Migration(number: 2, name: "b", statements: ["ALTER TABLE a ADD COLUMN name TEXT"])
        let engine = try engine()
        for migrations in [[first], [first, second], [first, second]] {
            try engine.prepare { try Migration.apply(migrations, on: $0, at: world.now) }
        }
        try engine.prepare { connection in
            _ = try connection.execute("INSERT INTO a (id, name) VALUES (1, $1)", ["kept".stored])
            var names: [String] = []
            try connection.query("SELECT name FROM migration ORDER BY number", []) { row in
                names.append(try row.text(0))
                return true
            }
            #expect(names == ["a", "b"])
        }
    }

    @Test("A migration whose text was changed after it was applied is refused")
    func changed() throws {
        let engine = try engine()
        let shipped = Migration(number: 1, name: "a", statements: ["CREATE TABLE a (id BIGINT)"])
        let edited = Migration(number: 1, name: "a", statements: ["CREATE TABLE a (id TEXT)"])
        try engine.prepare { try Migration.apply([shipped], on: $0, at: world.now) }
        #expect(throws: StoreError.migrationChanged(1)) {
            try engine.prepare { try Migration.apply([edited], on: $0, at: world.now) }
        }
    }

    @Test("A migration that fails leaves the database as it was")
    func failing() throws {
        let engine = try engine()
        let broken = Migration(
            number: 1, name: "a", statements: ["CREATE TABLE a (id BIGINT)", "CREATE TABLE a (id BIGINT)"])
        #expect(throws: StoreError.self) {
            try engine.prepare { try Migration.apply([broken], on: $0, at: world.now) }
        }
        #expect(throws: StoreError.self) {
            try engine.prepare { try $0.query("SELECT id FROM a", []) { _ in true } }
        }
    }

    @Test("What was applied by an earlier version is known by its text, which never changes")
    func frozen() {
        let frozen = [
            "c94939b36fc939c5e6fcd84913baa91f4bc6ccd7e567ee61a5d3bc63f968ca71",
            "7f6f1a963a07182ca051887b3ef12488ca77107e30052d82d217f59c8c887b57",
            "3278149d7fd19793234704e20574e9dc88453685f918c9f51ba00963a8c145aa",
            "719c5a2c99c6118219b17ba6f5e8290683775c37395890706fc88a305ff96340",
            "9c6c64f0bccf799ff00f86dbd1d635428e74f312d1df998d24953a9b010e51f7",
            "ce0a30a5b5de7b5f608dcb1790c8ac755f44c25cdc914d0fdda66a9e4046c4bd",
            "180da35664bbacd880ec94884d74309afa1a929bab3404f33b9ca06b6a5407c2",
        ]
        #expect(Migration.all.prefix(frozen.count).map { $0.fingerprint(on: .sqlite) } == frozen)
    }
}
