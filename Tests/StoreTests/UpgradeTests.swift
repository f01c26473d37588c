import Foundation
import Rights
import TestSupport
import Testing

@testable import Store

/// A newer version of the program takes over, and the way back: the copy that was made before it.
@Suite struct UpgradeTests {
    /// What the version before knew: it had the mark of the master key and nothing that came after it.
    private static let older = Array(Migration.all.prefix(9))

    private let folder: TemporaryFolder
    private let database: PrivateDatabase?
    private let world = FixedWorld()

    init() throws {
        folder = try TemporaryFolder()
        database = TestEngine.current == .postgresql ? try PrivateDatabase(like: .empty) : nil
    }

    private func open(_ migrations: [Migration] = Migration.all, in path: String? = nil) throws -> Store {
        try Store.open(
            in: path ?? folder.path, on: database?.address, surroundings: world.surroundings, migrations: migrations)
    }

    private func notes(of id: Case.ID, in store: Store) async throws -> [String]? {
        try await store.read { try $0.facts(of: id) }?.map { String(decoding: $0.body, as: UTF8.self) }
    }

    @Test("What the older version kept is there under the newer, and the older refuses from then on")
    func forward() async throws {
        let before = try open(Self.older)
        let id = try await before.openCase(world, facts: 3)
        try before.close()
        let after = try open()
        #expect(try await notes(of: id, in: after) == ["note 1", "note 2", "note 3"])
        #expect(try await after.read { try $0.verify() }.findings == [])
        let now = world.now
        try await after.write { try $0.append([.note("newer")], to: id, after: 3, at: now, by: "system") }
        try after.close()
        #expect(throws: StoreError.newerDatabase(found: Migration.all.count, known: 9)) { try open(Self.older) }
        // It has left nothing behind that would disturb the newer one.
        #expect(try await notes(of: id, in: open())?.last == "newer")
    }

    @Test("The copy that was made before the upgrade opens with the older version, and is as it was", .aboutSQLite)
    func back() async throws {
        let before = try open(Self.older)
        let id = try await before.openCase(world, facts: 3)
        let copy = folder.path + "/copy"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        try before.copyDatabase(into: copy)
        try before.close()
        let after = try open()
        let (later, now) = (try await after.openCase(world, facts: 1), world.now)
        try await after.write { try $0.append([.note("newer")], to: id, after: 3, at: now, by: "system") }
        try after.close()

        try FileManager.default.copyItem(atPath: folder.path + "/keys", toPath: copy + "/keys")
        let back = try open(Self.older, in: copy)
        #expect(try await notes(of: id, in: back) == ["note 1", "note 2", "note 3"])
        #expect(try await notes(of: later, in: back) == nil)
        #expect(try await back.read { try $0.verify() } == Verification(cases: 1, facts: 3, findings: []))
        let applied = try await back.read { try $0.first("SELECT max(number) FROM migration") { try $0.integer(0) } }
        #expect(applied == 9)
        _ = try await back.openCase(world, facts: 1)
    }
}
