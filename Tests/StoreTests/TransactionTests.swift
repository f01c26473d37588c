import Foundation
import Rights
import TestSupport
import Testing

@testable import Store

@Suite struct TransactionTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store.open(in: folder, surroundings: world.surroundings)
    }

    private func makeTable() async throws {
        try await store.write { transaction in
            try transaction.execute("CREATE TABLE parent (id BIGINT NOT NULL PRIMARY KEY)")
            try transaction.execute(
                """
                CREATE TABLE thing (
                    id BIGINT NOT NULL PRIMARY KEY,
                    name TEXT,
                    body BYTEA,
                    done BOOLEAN,
                    born TEXT,
                    made_at TEXT,
                    parent BIGINT REFERENCES parent (id),
                    CHECK (id < 1000)
                )
                """)
        }
    }

    @Test("Every kind of value comes back as it was put in, whatever the order of its parameter")
    func values() async throws {
        try await makeTable()
        let born = try #require(Day("1948-02-29"))
        let made = world.now
        let identifier: Identifier<TransactionTests> = world.surroundings.identifier()
        try await store.write { transaction in
            let rows = try transaction.execute(
                "INSERT INTO thing (done, id, name, body, born, made_at) VALUES ($4, $1, $2, $3, $5, $6)",
                7, "Siân 👩‍⚕️", [0, 255, 128] as [UInt8], true, born, made)
            #expect(rows == 1)
            try transaction.execute("INSERT INTO thing (id, name) VALUES ($1, $2)", Int64(8), identifier)
            try transaction.execute("INSERT INTO thing (id, name) VALUES ($1, $2)", 9, nil)
        }
        let found = try await store.read { transaction in
            try transaction.all("SELECT id, name, body, done, born, made_at FROM thing ORDER BY id") { row in
                (
                    try row.integer(0), try row.optionalText(1), try row.optionalBytes(2), try row.optionalFlag(3),
                    try row.optionalDay(4), try row.optionalMoment(5)
                )
            }
        }
        #expect(found[0] == (7, "Siân 👩‍⚕️", [0, 255, 128], true, born, made))
        #expect(found[1] == (8, identifier.text, nil, nil, nil, nil))
        #expect(found[2] == (9, nil, nil, nil, nil, nil))
        let again: Identifier<TransactionTests>? = try await store.read { transaction in
            try transaction.first("SELECT name FROM thing WHERE id = $1", 8) { try $0.identifier(0) }
        }
        #expect(again == identifier)
    }

    @Test("A column of another shape, and NULL where a value was asked for, are refused")
    func unreadable() async throws {
        try await makeTable()
        try await store.write { try $0.execute("INSERT INTO thing (id, name) VALUES ($1, $2)", 1, "no date") }
        await #expect(throws: StoreError.unreadable(column: 0)) {
            try await store.read { try $0.first("SELECT name FROM thing") { try $0.day(0) } }
        }
        await #expect(throws: StoreError.unreadable(column: 1)) {
            try await store.read { try $0.first("SELECT id, born FROM thing") { try $0.text(1) } }
        }
    }

    @Test("What the schema refuses arrives as a typed error, and nothing of the unit of work is kept")
    func refusals() async throws {
        try await makeTable()
        try await store.write { try $0.execute("INSERT INTO thing (id) VALUES ($1)", 1) }
        await #expect {
            try await store.write { transaction in
                try transaction.execute("INSERT INTO thing (id) VALUES ($1)", 2)
                try transaction.execute("INSERT INTO thing (id) VALUES ($1)", 1)
            }
        } throws: { isRefused($0) { $0.isDuplicate(in: "thing") } }
        await #expect {
            try await store.write { try $0.execute("INSERT INTO thing (id, parent) VALUES ($1, $2)", 3, 99) }
        } throws: { isRefused($0) { $0.isWrongReference } }
        await #expect {
            try await store.write { try $0.execute("INSERT INTO thing (id) VALUES ($1)", 1000) }
        } throws: { isRefused($0) { $0.isWrongRow } }
        #expect(try await ids() == [1])
    }

    @Test("A statement that lacks a value is refused, not run with NULL")
    func missingValue() async throws {
        try await makeTable()
        await #expect(throws: StoreError.self) {
            try await store.write { try $0.execute("INSERT INTO thing (id, name) VALUES ($1, $2)", 1) }
        }
        #expect(try await ids().isEmpty)
    }

    @Test("A read cannot write")
    func readOnly() async throws {
        try await makeTable()
        await #expect(throws: StoreError.self) {
            try await store.read { try $0.execute("INSERT INTO thing (id) VALUES ($1)", 1) }
        }
        #expect(try await ids().isEmpty)
    }

    @Test("Of many writes at once, those that throw leave no trace and the others are all kept")
    func groupCommit() async throws {
        struct Refused: Error {}
        try await makeTable()
        let store = store
        let kept = await withTaskGroup(of: Int?.self) { group in
            for id in 0..<150 {
                group.addTask {
                    try? await store.write { transaction in
                        try transaction.execute("INSERT INTO thing (id) VALUES ($1)", id)
                        if id % 3 == 0 { throw Refused() }
                        if id % 5 == 0 { try transaction.execute("INSERT INTO thing (id) VALUES ($1)", id) }
                        return id
                    }
                }
            }
            return await group.reduce(into: [Int]()) { kept, id in if let id { kept.append(id) } }.sorted()
        }
        #expect(kept == (0..<150).filter { $0 % 3 != 0 && $0 % 5 != 0 })
        #expect(try await ids() == kept)
    }

    @Test("A unit whose fault shows only at the commit is refused alone")
    func faultAtCommit() async throws {
        try await store.write { transaction in
            try transaction.execute("CREATE TABLE parent (id BIGINT NOT NULL PRIMARY KEY)")
            try transaction.execute(
                """
                CREATE TABLE thing (
                    id BIGINT NOT NULL PRIMARY KEY,
                    parent BIGINT REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED
                )
                """)
        }
        let store = store
        let refused = await withTaskGroup(of: Int?.self) { group in
            for id in 0..<60 {
                group.addTask {
                    do {
                        try await store.write {
                            try $0.execute("INSERT INTO thing (id, parent) VALUES ($1, $2)", id, id == 7 ? 99 : nil)
                        }
                        return nil
                    } catch {
                        return id
                    }
                }
            }
            return await group.reduce(into: [Int]()) { refused, id in if let id { refused.append(id) } }
        }
        #expect(refused == [7])
        #expect(try await ids().count == 59)
    }

    @Test("What was acknowledged is there after closing and opening again")
    func reopening() async throws {
        try await makeTable()
        try await store.write { try $0.execute("INSERT INTO thing (id) VALUES ($1)", 5) }
        try store.close()
        let again = try Store.open(in: folder, surroundings: world.surroundings)
        let ids = try await again.read { try $0.all("SELECT id FROM thing") { try $0.integer(0) } }
        #expect(ids == [5])
    }

    @Test("The database can be read by its owner alone", .aboutSQLite)
    func permissions() async throws {
        try await makeTable()
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.contains("sqlite") {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + file)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
    }

    @Test("A commit reaches the disk before it is acknowledged", .aboutSQLite)
    func durability() async throws {
        let level = try await store.write { try $0.first("PRAGMA synchronous") { try $0.integer(0) } }
        #expect(level == 2)
    }

    private func ids() async throws -> [Int] {
        try await store.read { try $0.all("SELECT id FROM thing ORDER BY id") { try $0.integer(0) } }
    }
}
