import Foundation
import Rights
import TestSupport
import Testing

@testable import Store

@Suite struct FactTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store.open(in: folder, surroundings: world.surroundings)
    }

    @Test("Facts come back in their order with everything that was said of them")
    func roundTrip() async throws {
        let id = try await store.openCase(world)
        let friday = try #require(Day("2026-02-27"))
        let recorded = world.now
        try await store.write {
            let last = try $0.append(
                [
                    NewFact(kind: "received", effective: friday, body: Array("{\"a\":1}".utf8)),
                    NewFact(kind: "note-added", effective: friday + 3, body: Array("{}".utf8)),
                ], to: id, after: 0, at: recorded, by: "staff:1")
            #expect(last == 2)
        }
        world.advance(seconds: 60)
        let later = world.now
        try await store.write {
            try $0.append([.note("again")], to: id, after: 2, at: later, by: "system")
        }
        let facts = try #require(try await store.read { try $0.facts(of: id) })
        #expect(facts.map(\.sequence) == [1, 2, 3])
        #expect(facts.map(\.kind) == ["received", "note-added", "note-added"])
        #expect(facts.map(\.effective) == [friday, friday + 3, FactTests.day])
        #expect(facts.map(\.recorded) == [recorded, recorded, later])
        #expect(facts.map(\.actor) == ["staff:1", "staff:1", "system"])
        #expect(facts[0].body == Array("{\"a\":1}".utf8))
        #expect(facts[2].body == Array("again".utf8))
    }

    static let day = Day(number: 20_514)

    @Test("There are no facts of a case that was never opened, and none can be added")
    func unknownCase() async throws {
        let id: Case.ID = world.surroundings.identifier()
        #expect(try await store.read { try $0.facts(of: id) } == nil)
        let now = world.now
        await #expect(throws: StoreError.noSuchCase) {
            try await store.write { try $0.append([.note("x")], to: id, after: 0, at: now, by: "system") }
        }
    }

    @Test("A case is opened once, and a key serves one case")
    func openedOnce() async throws {
        let id = try await store.openCase(world)
        let other: Case.ID = world.surroundings.identifier()
        let key = try #require(try await store.read { try $0.keyID(of: id) })
        let now = world.now
        await #expect(throws: StoreError.self) {
            try await store.write { try $0.openCase(id, under: try $0.makeKey(at: now), at: now) }
        }
        await #expect {
            try await store.write { try $0.openCase(other, under: key, at: now) }
        } throws: { isRefused($0) { $0.isDuplicate(in: "case_head") } }
        #expect(try await store.read { try $0.caseIDs() } == [id])
        #expect(try await store.read { try $0.verify() }.findings == [])
    }

    @Test("Of many who all believe to be next, one is")
    func concurrentWriters() async throws {
        let id = try await store.openCase(world)
        let (store, now) = (store, world.now)
        let results = await withTaskGroup(of: StoreError?.self) { group in
            for writer in 0..<20 {
                group.addTask {
                    do {
                        try await store.write {
                            try $0.append([.note("\(writer)")], to: id, after: 0, at: now, by: "system")
                        }
                        return nil
                    } catch {
                        return error as? StoreError
                    }
                }
            }
            return await group.reduce(into: [StoreError?]()) { $0.append($1) }
        }
        #expect(results.filter { $0 == nil }.count == 1)
        #expect(results.filter { $0 == .caseChanged(expected: 0, found: 1) }.count == 19)
        #expect(try await store.read { try $0.lastSequence(of: id) } == 1)
        #expect(try await store.read { try $0.verify() }.findings == [])
    }

    @Test("The database itself refuses to change or remove a fact")
    func appendOnly() async throws {
        let id = try await store.openCase(world, facts: 1)
        await #expect(throws: StoreError.constraintViolated("a fact is never changed")) {
            try await store.write { try $0.execute("UPDATE fact SET actor = 'x' WHERE case_id = $1", id) }
        }
        await #expect(throws: StoreError.constraintViolated("a fact is never removed")) {
            try await store.write { try $0.execute("DELETE FROM fact WHERE case_id = $1", id) }
        }
        await #expect(throws: StoreError.constraintViolated("an opening is never removed")) {
            try await store.write { try $0.execute("DELETE FROM opening WHERE case_id = $1", id) }
        }
    }

    @Test("No body of a fact stands in the database files in plain text", .aboutSQLite)
    func encrypted() async throws {
        let id = try await store.openCase(world)
        let now = world.now
        try await store.write {
            try $0.append([.note("Mr Fictional has a rash")], to: id, after: 0, at: now, by: "system")
        }
        try store.close()
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.contains("sqlite") {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + file))
            #expect(bytes.range(of: Data("a rash".utf8)) == nil)
        }
    }

    @Test("A closed store opens again under the same key, and not under another or none")
    func masterKey() async throws {
        let id = try await store.openCase(world, facts: 3)
        try store.close()
        let path = folder.path + "/keys/master.key"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        let again = try Store.open(in: folder, surroundings: world.surroundings)
        #expect(try await again.read { try $0.facts(of: id) }?.count == 3)
        try again.close()

        let right = try String(contentsOfFile: path, encoding: .utf8)
        try String(repeating: "a", count: 64).write(toFile: path, atomically: false, encoding: .utf8)
        #expect(throws: StoreError.masterKeyWrong) {
            try Store.open(in: folder, surroundings: world.surroundings)
        }
        try "nonsense".write(toFile: path, atomically: false, encoding: .utf8)
        #expect(throws: StoreError.masterKeyUnusable) {
            try Store.open(in: folder, surroundings: world.surroundings)
        }
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: StoreError.masterKeyMissing(path: path)) {
            try Store.open(in: folder, surroundings: world.surroundings)
        }
        try right.write(toFile: path, atomically: false, encoding: .utf8)
        let last = try Store.open(in: folder, surroundings: world.surroundings)
        #expect(try await last.read { try $0.verify() }.findings == [])
    }

    @Test("A case whose key was destroyed keeps its chain and has no content")
    func destroyedKey() async throws {
        let id = try await store.openCase(world, facts: 3)
        try await store.write { try $0.execute("UPDATE data_key SET wrapped = NULL") }
        await #expect(throws: StoreError.keyDestroyed) { try await store.read { try $0.facts(of: id) } }
        let verification = try await store.read { try $0.verify() }
        #expect(verification == Verification(cases: 1, facts: 3, findings: []))
    }
}

extension NewFact {
    static func note(_ text: String) -> NewFact {
        NewFact(kind: "note-added", effective: FactTests.day, body: Array(text.utf8))
    }
}

extension Store {
    /// Opens a case with this many facts, written one by one.
    func openCase(_ world: FixedWorld, facts: Int = 0) async throws -> Case.ID {
        let id: Case.ID = world.surroundings.identifier()
        let now = world.now
        try await write { try $0.openCase(id, under: try $0.makeKey(at: now), at: now) }
        for sequence in 0..<facts {
            try await write {
                try $0.append([.note("note \(sequence + 1)")], to: id, after: sequence, at: now, by: "system")
            }
        }
        return id
    }
}
