import Foundation
import Rights
import Synchronization
import TestSupport
import Testing

@testable import Store

/// Everything is moved to the other engine, and back.
@Suite struct CopyingTests {
    private let folder: TemporaryFolder
    private let other: TemporaryFolder
    private let server: PrivateDatabase
    private let world = FixedWorld()
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        other = try TemporaryFolder()
        server = try PrivateDatabase(like: .empty)
        store = try Store.open(in: folder, surroundings: world.surroundings)
    }

    /// Cases, a file with its name sealed, staff, and lines that hold NULL, a flag and an emoji.
    private func fill() async throws -> [Case.ID] {
        let ids = [try await store.openCase(world, facts: 5), try await store.openCase(world, facts: 40)]
        let now = world.now
        let staff = StoredStaff(
            id: world.surroundings.identifier(), email: "m.hughes@example.com", name: "M. Hughes 🧾", department: "a",
            roles: ["handler", "reader"])
        let file = StoredFile(
            id: world.surroundings.identifier(), name: "ECG 3 March.pdf", size: 7,
            sha256: String(repeating: "a", count: 64), contentType: "application/pdf")
        let reference = try await store.write { try $0.nextReference(prefix: "SAR", year: 2026) }
        let summary = Summary(
            id: ids[0], reference: reference, applicationType: "living", right: "access", account: nil,
            requesterName: "Ann Example", subjectName: "Ann O’Example", nhsNumber: nil, hospitalNumber: nil,
            dateOfBirth: nil, stage: "received", receivedOn: FactTests.day, loggedOn: FactTests.day, policyDue: nil,
            statuteDue: nil, governingDue: nil, clockState: "running", isExtended: true, handler: nil,
            department: nil, nextAction: "check-evidence", awaitsRequester: false, awaitsStaff: true,
            answeredOn: nil, closedOn: nil, outcome: nil, lastSequence: 5, updatedAt: now)
        try await store.write { transaction in
            try transaction.addStaff(staff, at: now)
            try transaction.add(
                file, under: try #require(try transaction.keyID(of: ids[0])), to: ids[0], by: "x", at: now)
            try transaction.save(summary)
            try transaction.recordAccess(.viewed, of: ids[0], by: "system", at: now)
        }
        return ids
    }

    /// The engine that the tests of this run are not on.
    private var destination: Store.Destination {
        switch TestEngine.current {
        case .sqlite: .server(server.address)
        case .postgresql: .folder(other.path)
        }
    }

    private func openCopy() throws -> Store {
        try FileManager.default.createDirectory(atPath: other.path + "/keys", withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: "\(folder.path)/\(Store.masterKeyFile)", toPath: "\(other.path)/\(Store.masterKeyFile)")
        let address: PostgreSQLAddress? = TestEngine.current == .sqlite ? server.address : nil
        return try Store.open(in: other.path, on: address, surroundings: world.surroundings)
    }

    private func digests(of store: Store) async throws -> [String: String] {
        try await store.engine.read { connection in
            var found: [String: String] = [:]
            for table in try connection.tables() {
                var digest = TableDigest()
                try connection.walk(table) { digest.add($0) }
                found[table.name] = digest.text
            }
            return found
        }
    }

    @Test("Every table is the same on the other engine, every chain verifies, and the facts open")
    func there() async throws {
        let ids = try await fill()
        let copied = try await store.copy(to: destination, surroundings: world.surroundings)
        #expect(copied.verification.findings == [] && copied.verification.facts == 45)
        let expected = try await digests(of: store)
        #expect(Dictionary(uniqueKeysWithValues: copied.tables.map { ($0.name, $0.digest) }) == expected)
        #expect(copied.tables.filter { $0.rows == 0 }.count < copied.tables.count - 10)

        let copy = try openCopy()
        #expect(try await digests(of: copy) == expected)
        for id in ids {
            #expect(try await copy.read { try $0.facts(of: id) } == store.read { try $0.facts(of: id) })
        }
        #expect(try await copy.read { try $0.files(of: ids[0]) }.map(\.file.name) == ["ECG 3 March.pdf"])
        let found = try await copy.read { try $0.search("oexample", SummaryFilter(for: .nobody), limit: 5) }
        #expect(found.map(\.id) == [ids[0]])
    }

    @Test("What was copied there can be copied back, is written to as before, and is protected as before")
    func back() async throws {
        let ids = try await fill()
        _ = try await store.copy(to: destination, surroundings: world.surroundings)
        let copy = try openCopy()
        let home = try TemporaryFolder()
        let again: Store.Destination
        let database = try PrivateDatabase(like: .empty)
        switch TestEngine.current {
        case .sqlite: again = .folder(home.path)
        case .postgresql: again = .server(database.address)
        }
        let copied = try await copy.copy(to: again, surroundings: world.surroundings)
        #expect(
            Dictionary(uniqueKeysWithValues: copied.tables.map { ($0.name, $0.digest) })
                == (try await digests(of: store)))

        let now = world.now
        try await copy.write { try $0.append([.note("later")], to: ids[0], after: 5, at: now, by: "system") }
        #expect(try await copy.read { try $0.verify() }.findings == [])
        for forbidden in ["UPDATE fact SET actor = 'x'", "DELETE FROM access", "DELETE FROM opening"] {
            await #expect(throws: StoreError.self) { try await copy.write { try $0.execute(forbidden) } }
        }
    }

    @Test("Nothing is copied over what is there, not even beside one row")
    func occupied() async throws {
        _ = try await fill()
        _ = try await store.copy(to: destination, surroundings: world.surroundings)
        let error = await #expect(throws: StoreError.self) {
            try await store.copy(to: destination, surroundings: world.surroundings)
        }
        guard case .notEmpty = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("A copy that differs in one value is noticed, and leaves no row")
    func differing() async throws {
        _ = try await fill()
        let target: any Engine
        let spoiling: [String]
        switch TestEngine.current {
        case .sqlite:
            target = PostgreSQLEngine(server.address)
            spoiling = [
                """
                CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN NEW.name = 'M. Hughes'; RETURN NEW; END $$
                """, "CREATE TRIGGER spoil BEFORE INSERT ON staff FOR EACH ROW EXECUTE FUNCTION spoil()",
            ]
        case .postgresql:
            target = try SQLiteEngine(path: other.path + "/" + Store.databaseFile)
            spoiling = [
                "CREATE TRIGGER spoil AFTER INSERT ON staff BEGIN UPDATE staff SET name = 'M. Hughes'; END"
            ]
        }
        try target.prepare { connection in
            try Migration.apply(Migration.all, on: connection, at: world.now)
            for statement in spoiling { try connection.define(statement) }
        }
        await #expect(throws: StoreError.copyDiffers(table: "staff")) {
            try await store.copy(to: destination, surroundings: world.surroundings)
        }
        try target.prepare { connection in
            for table in try connection.tables() { #expect(try connection.isEmpty(table), "\(table.name)") }
        }
        try target.close()
    }

    @Test("What is read from a server waits for what is done with it, however long that takes")
    func unhurried() async throws {
        let (source, target) = (try TemporaryFolder(), try TemporaryFolder())
        let filled = try Store.open(in: source.path, on: server.address, surroundings: world.surroundings)
        _ = try await filled.openCase(world, facts: 3)
        try filled.close()
        var limits = PostgreSQLPool.Limits()
        limits.session = .init(statement: 1, idleInTransaction: 1)
        let hurried = Store(
            engine: PostgreSQLEngine(server.address, limits: limits), keyring: filled.keyring)
        let comparisons = Mutex(0)
        let copied = try await hurried.copy(
            to: .folder(target.path), surroundings: world.surroundings
        ) { [server] step in
            guard step == .comparing(table: "fact") else { return }
            comparisons.withLock { $0 += 1 }
            // Until the source has been idle for longer than its limit, or was ended for it.
            #expect(throws: Never.self) { try server.waitWhileIdle(lessThan: 2) }
        }
        #expect(comparisons.withLock { $0 } == 1)
        #expect(copied.verification.facts == 3 && copied.verification.findings == [])
        try hurried.close()
    }

    @Test("A table that a later migration adds is copied as well")
    func later() async throws {
        let extra = ["CREATE TABLE later (id TEXT NOT NULL PRIMARY KEY, size INTEGER, body BYTEA)"]
        try store.engine.prepare { connection in
            for statement in extra { try connection.define(statement) }
            try connection.define("INSERT INTO later (id, size) VALUES ('a', 7), ('b', NULL)")
        }
        // A database that does not know the table is not one to copy to.
        await #expect(throws: StoreError.unsuitable("its tables are not those of this version of rightsdesk: later")) {
            try await store.copy(to: destination, surroundings: world.surroundings)
        }
        let target: any Engine =
            switch destination {
            case .folder(let folder): try SQLiteEngine(path: folder + "/" + Store.databaseFile)
            case .server(let address): PostgreSQLEngine(address)
            }
        try target.prepare { connection in
            try Migration.apply(Migration.all, on: connection, at: world.now)
            for statement in extra { try connection.define(statement) }
        }
        let copied = try await store.copy(to: destination, surroundings: world.surroundings)
        #expect(copied.tables.first { $0.name == "later" }?.rows == 2)
        try target.close()
    }

    @Test("Both engines describe the same tables, each with a key, and no other thing that counts")
    func described() throws {
        let sqlite = try SQLiteEngine(path: other.path + "/" + Store.databaseFile)
        let postgresql = PostgreSQLEngine(server.address)
        var described: [[Table]] = []
        for engine in [sqlite, postgresql] as [any Engine] {
            try engine.prepare { connection in
                try Migration.apply(Migration.all, on: connection, at: world.now)
                described.append(try connection.tables())
            }
        }
        #expect(Set(described[0]) == Set(described[1]))
        #expect(described[0].contains { $0.name == "fact" && $0.key == ["case_id", "sequence"] })
        // What counts by itself would begin again at 1 in a copy.
        try postgresql.prepare { connection in
            try connection.query("SELECT relname FROM pg_class WHERE relkind = 'S'", []) { row in
                Issue.record("\(try row.text(0)) is a sequence")
                return true
            }
        }
        try sqlite.close()
        try postgresql.close()
    }

    @Test("A store that somebody else has open is not opened alone, and one that is alone stays so")
    func alone() async throws {
        let database = try folder.database()
        #expect(throws: StoreError.busy) {
            try Store.open(in: folder.path, on: database?.address, alone: true, surroundings: world.surroundings)
        }
        try store.close()
        let alone = try Store.open(
            in: folder.path, on: database?.address, alone: true, surroundings: world.surroundings)
        _ = try await alone.read { try $0.caseIDs() }
        if TestEngine.current == .sqlite {
            #expect(throws: StoreError.busy) { try Store.open(in: folder, surroundings: world.surroundings) }
        }
        try alone.close()
    }

    @Test("What the server's own programs are told holds no secret")
    func secrets() throws {
        let address = try PostgreSQLAddress("postgres://rd:it's%20secret@db.example.org:5433/rights?sslpassword=hidden")
        #expect(address.isSecret)
        #expect(address.open.contains("host='db.example.org'") && address.open.contains("sslmode='verify-full'"))
        #expect(!address.open.contains("secret") && !address.open.contains("hidden"))
        #expect(address.environment == ["PGPASSWORD": "it's secret"])
        let quoted = try PostgreSQLAddress("postgres://rd@db.example.org/it%27s%5Crights")
        #expect(quoted.open.contains(#"dbname='it\'s\\rights'"#) && !quoted.isSecret)
    }
}

@Suite struct ExportedTablesTests {
    @Test("Somebody has decided for every table whether an export takes it out")
    func decided() throws {
        let folder = try TemporaryFolder()
        let engine = try SQLiteEngine(path: folder.path + "/" + Store.databaseFile)
        let tables = try engine.prepare { connection in
            try Migration.apply(Migration.all, on: connection, at: FixedWorld().now)
            return try connection.tables().map(\.name)
        }
        try engine.close()
        let lists = [
            ExportedTables.ofCases, ExportedTables.madeAnew, ExportedTables.passing, ExportedTables.rows,
            ExportedTables.ofVault, [ExportedTables.keys],
        ]
        for table in tables { #expect(lists.count { $0.contains(table) } == 1, "\(table)") }
    }
}
