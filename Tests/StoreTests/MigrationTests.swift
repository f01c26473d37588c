import Rights
import TestSupport
import Testing

@testable import Store

@Suite struct MigrationTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let keyring: Keyring

    init() throws {
        folder = try TemporaryFolder()
        let master = try MasterKey(creating: folder.path + "/own.key", random: world.surroundings.random)
        keyring = Keyring(master: master, random: world.surroundings.random)
    }

    @Test("The migrations are numbered from 1 without gaps")
    func numbers() {
        #expect(Migration.all.map(\.number) == Array(1..<(Migration.all.count + 1)))
    }

    @Test("A database that a newer version has changed is refused with advice")
    func newer() async throws {
        let store = try Store.open(in: folder.path, surroundings: world.surroundings)
        let next = Migration.all.count + 1
        try await store.write {
            try $0.execute(
                "INSERT INTO migration (number, name, fingerprint, applied_at) VALUES ($1, $2, $3, $4)",
                next, "of the future", "", Moment(milliseconds: 0))
        }
        try store.close()
        let error = #expect(throws: StoreError.newerDatabase(found: next, known: next - 1)) {
            try Store.open(in: folder.path, surroundings: world.surroundings)
        }
        #expect(error?.description.contains("Install the newer version") == true)
    }

    @Test("Migrations are applied in order, once, and only the missing ones")
    func inOrder() throws {
        let first = Migration(number: 1, name: "a", statements: ["CREATE TABLE a (id BIGINT)"])
        let second = Migration(number: 2, name: "b", statements: ["ALTER TABLE a ADD COLUMN name TEXT"])
        let engine = try SQLiteEngine(path: folder.path + "/own.sqlite")
        for migrations in [[first], [first, second], [first, second]] {
            try engine.prepare { try Migration.apply(migrations, in: Transaction($0, keyring), at: world.now) }
        }
        try engine.prepare { connection in
            let transaction = Transaction(connection, keyring)
            try transaction.execute("INSERT INTO a (id, name) VALUES (1, $1)", "kept")
            let names = try transaction.all("SELECT name FROM migration ORDER BY number") { try $0.text(0) }
            #expect(names == ["a", "b"])
        }
    }

    @Test("A migration whose text was changed after it was applied is refused")
    func changed() throws {
        let engine = try SQLiteEngine(path: folder.path + "/own.sqlite")
        let shipped = Migration(number: 1, name: "a", statements: ["CREATE TABLE a (id BIGINT)"])
        let edited = Migration(number: 1, name: "a", statements: ["CREATE TABLE a (id TEXT)"])
        try engine.prepare { try Migration.apply([shipped], in: Transaction($0, keyring), at: world.now) }
        #expect(throws: StoreError.migrationChanged(1)) {
            try engine.prepare { try Migration.apply([edited], in: Transaction($0, keyring), at: world.now) }
        }
    }

    @Test("A migration that fails leaves the database as it was")
    func failing() throws {
        let engine = try SQLiteEngine(path: folder.path + "/own.sqlite")
        let broken = Migration(
            number: 1, name: "a", statements: ["CREATE TABLE a (id BIGINT)", "CREATE TABLE a (id BIGINT)"])
        #expect(throws: StoreError.self) {
            try engine.prepare { try Migration.apply([broken], in: Transaction($0, keyring), at: world.now) }
        }
        try engine.prepare { connection in
            let tables = try Transaction(connection, keyring).all("SELECT name FROM sqlite_schema WHERE name = 'a'") {
                try $0.text(0)
            }
            #expect(tables.isEmpty)
        }
    }
}
