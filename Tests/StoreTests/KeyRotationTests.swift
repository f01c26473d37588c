import Foundation
import Rights
import TestSupport
import Testing

@testable import Store

/// The master key is replaced by another: everything opens with the new one, and with the old one nothing does.
@Suite struct KeyRotationTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let account: Account.ID
    private let secret: [UInt8] = [1, 2, 3, 4]

    init() async throws {
        folder = try TemporaryFolder()
        account = world.surroundings.identifier()
        let store = try open()
        let (now, account, secret) = (world.now, account, secret)
        try await store.write {
            try $0.addAccount(account, email: "Ann@example.org", password: "-", at: now)
            try $0.setSecondFactor(.app(secret: secret, lastStep: nil), of: .requester(account))
        }
        try store.close()
    }

    private func open() throws -> Store { try Store.open(in: folder, surroundings: world.surroundings) }

    private func rotate() throws -> KeyRotation {
        try Store.replaceMasterKey(
            in: folder.path, on: try folder.database()?.address, surroundings: world.surroundings)
    }

    private var key: String { folder.path + "/keys/master.key" }

    private func file(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func bodies(of id: Case.ID, in store: Store) async throws -> [String]? {
        try await store.read { try $0.facts(of: id) }?.map { String(decoding: $0.body, as: UTF8.self) }
    }

    /// Verifies, opens every key and every secret, and opens a case anew.
    private func expectWhole(_ store: Store, cases: Int) async throws {
        let verified = try await store.read { try $0.verify() }
        #expect(verified.findings == [] && verified.cases == cases)
        let check = try await store.read { try $0.checkKeys() }
        #expect(check.faults == [] && check.secrets == 1)
        let account = account
        let kept = try await store.read { try $0.account(.requester(account)) }
        #expect(kept?.secondFactor == .app(secret: secret, lastStep: nil))
        let id = try await store.openCase(world, facts: 1)
        #expect(try await bodies(of: id, in: store) == ["note 1"])
    }

    @Test("Everything opens with the new key, and without it nothing does")
    func replaced() async throws {
        let before = try open()
        let id = try await before.openCase(world, facts: 3)
        let draft = StoredDraft(
            id: world.surroundings.identifier(), account: account, key: try await before.write(key(at: world.now)),
            applicationType: "living", formVersion: 1, answers: Array("a rash".utf8), begunAt: world.now,
            changedAt: world.now)
        try await before.write { try $0.addDraft(draft) }
        try before.close()
        let old = try file(key)

        let rotation = try rotate()
        #expect(rotation.keys == 2 && rotation.chains == 2 && rotation.secrets == 1 && rotation.unopened == 0)
        #expect(rotation.old != rotation.new)
        #expect(try file(key) != old)
        #expect(try file("\(key).\(rotation.old)") == old)
        let mode = try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        let store = try open()
        #expect(store.keyName == rotation.new)
        #expect(try await bodies(of: id, in: store) == ["note 1", "note 2", "note 3"])
        let account = account
        #expect(try await store.read { try $0.draft(draft.id, of: account) }?.answers == draft.answers)
        let next = world.now
        try await store.write { try $0.append([.note("later")], to: id, after: 3, at: next, by: "system") }
        try await expectWhole(store, cases: 1)
        #expect(try await store.read { try $0.accesses(by: "system:key rotate") }.map(\.what) == [.replacedMasterKey])
        try store.close()

        try FileManager.default.removeItem(atPath: "\(key).\(rotation.old)")
        try old.write(toFile: key, atomically: false, encoding: .utf8)
        #expect(throws: StoreError.masterKeyWrong) { try open() }
    }

    private func key(at now: Moment) -> @Sendable (Transaction) throws -> DataKey.ID {
        { try $0.makeKey(at: now) }
    }

    @Test("A rotation that was cut off before the database changed has changed nothing, and goes on with its key")
    func cutOffBefore() async throws {
        let store = try open()
        let id = try await store.openCase(world, facts: 2)
        let name = store.keyName
        try store.close()
        let next = try KeyFolder(of: folder.path).nextKey(random: world.surroundings.random)

        let between = try open()
        #expect(between.keyName == name)
        #expect(try await bodies(of: id, in: between) == ["note 1", "note 2"])
        try between.close()
        #expect(try rotate().new == next.name)
        try await expectWhole(try open(), cases: 1)
    }

    @Test(
        "A rotation that was cut off after the database changed is finished by the next start",
        arguments: [false, true])
    func cutOffAfter(isLinked: Bool) async throws {
        let store = try open()
        let id = try await store.openCase(world, facts: 2)
        try store.close()
        let rotation = try rotate()
        // The files as they were before the new key took its place.
        try FileManager.default.moveItem(atPath: key, toPath: "\(key).next")
        if isLinked {
            try FileManager.default.linkItem(atPath: "\(key).\(rotation.old)", toPath: key)
        } else {
            try FileManager.default.moveItem(atPath: "\(key).\(rotation.old)", toPath: key)
        }

        let again = try open()
        #expect(again.keyName == rotation.new)
        #expect(try await bodies(of: id, in: again) == ["note 1", "note 2"])
        try await expectWhole(again, cases: 1)
        #expect(Store.otherKeyFiles(in: folder.path) == ["master.key.\(rotation.old)"])
    }

    @Test("An older copy of the database opens with the key of its time", .aboutSQLite)
    func olderCopy() async throws {
        let store = try open()
        let id = try await store.openCase(world, facts: 2)
        let copy = folder.path + "/copy"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        try store.copyDatabase(into: copy)
        let name = store.keyName
        try store.close()
        let rotation = try rotate()
        try FileManager.default.copyItem(atPath: folder.path + "/keys", toPath: copy + "/keys")

        let older = try Store.open(in: copy, surroundings: world.surroundings)
        #expect(older.keyName == name)
        #expect(try await bodies(of: id, in: older) == ["note 1", "note 2"])
        #expect(Store.otherKeyFiles(in: copy) == ["master.key.\(rotation.new)"])
    }

    @Test("Nobody replaces the key of a store that is in use")
    func inUse() throws {
        let store = try open()
        let before = try file(key)
        #expect(throws: StoreError.busy) { try rotate() }
        #expect(try file(key) == before && Store.otherKeyFiles(in: folder.path) == [])
        try store.close()
        #expect(try rotate().old == store.keyName)
    }

    @Test("A process that still has the old key reads nothing and seals nothing with it")
    func left() async throws {
        let left = try open()
        let id = try await left.openCase(world, facts: 1)
        let (now, account) = (world.now, account)
        // What the command does, as if it had not seen that somebody is there.
        let next = try KeyFolder(of: folder.path).nextKey(random: world.surroundings.random)
        let new = Keyring(master: next, random: world.surroundings.random)
        try await left.write { _ = try $0.replaceMasterKey(with: new, at: now) }

        await #expect(throws: StoreError.masterKeyWrong) { try await left.read { try $0.facts(of: id) } }
        await #expect(throws: StoreError.masterKeyWrong) {
            try await left.write { try $0.append([.note("x")], to: id, after: 1, at: now, by: "system") }
        }
        await #expect(throws: StoreError.masterKeyWrong) { try await left.openCase(world) }
        await #expect(throws: StoreError.masterKeyWrong) {
            try await left.write {
                try $0.setSecondFactor(.app(secret: [9], lastStep: nil), of: .requester(account))
            }
        }
        try left.close()
        try await expectWhole(try open(), cases: 1)
    }

    @Test("What was changed behind the program's back is found after as before")
    func tampered() async throws {
        let store = try open()
        let (changed, other) = (try await store.openCase(world, facts: 2), try await store.openCase(world, facts: 2))
        try await store.write {
            try $0.execute("UPDATE case_head SET sequence = 1 WHERE case_id = $1", changed)
            try $0.execute(
                "UPDATE data_key SET wrapped = $1 WHERE key_id = (SELECT min(key_id) FROM data_key)",
                [UInt8](arrayLiteral: 0, 1))
        }
        let before = try await store.read { try $0.verify() }.findings
        try store.close()
        #expect(try rotate().unopened == 2)
        let again = try open()
        #expect(try await again.read { try $0.verify() }.findings == before)
        #expect(!before.isEmpty)
        #expect(try await bodies(of: other, in: again) == ["note 1", "note 2"])
        #expect(try await again.read { try $0.checkKeys() }.faults.count == 1)
    }

    @Test("A key that was destroyed stays destroyed")
    func destroyed() async throws {
        let store = try open()
        let id = try await store.openCase(world, facts: 2)
        try await store.write { try $0.execute("UPDATE data_key SET wrapped = NULL") }
        try store.close()
        #expect(try rotate().keys == 0)
        let again = try open()
        await #expect(throws: StoreError.keyDestroyed) { try await again.read { try $0.facts(of: id) } }
        #expect(try await again.read { try $0.checkKeys() }.destroyed == 1)
    }

    @Test("Codes that were sent end; links, and what is counted for an account, go on")
    func doors() async throws {
        let store = try open()
        let (now, holder) = (world.now, Holder.requester(account))
        try await store.write {
            try $0.addCode("1", of: holder, for: .signIn, phone: "+447700900001", digits: "123456", at: now)
            try $0.addLink(
                "reset", for: .reset, on: .portal, email: "ann@example.org", account: holder, at: now, until: now + 600)
            try $0.addLink(
                "verify", for: .verify, on: .portal, email: "bob@example.org", account: nil, at: now, until: now + 600)
            try $0.addEvent(
                "1", .wrongPassword, on: .portal, email: "ann@example.org", account: holder, source: "192.0.2.1",
                at: now)
        }
        try store.close()
        #expect(try rotate().codesEnded == 1)

        let again = try open()
        #expect(
            try await again.read { try $0.codes(of: holder, for: .signIn, since: now, until: now) }.map(\.isUsed) == [
                true
            ])
        #expect(
            try await again.read { try $0.passwordsTried(for: "ANN@example.org", on: .portal, since: now, until: now) }
                .count == 1)
        #expect(try await again.read { try $0.link("reset") }?.isSuperseded == false)
        try await again.write {
            try $0.supersedeLinks(to: "ann@example.org", on: .portal, at: now)
            try $0.supersedeLinks(to: "bob@example.org", on: .portal, at: now)
        }
        #expect(try await again.read { try $0.link("reset") }?.isSuperseded == true)
        #expect(try await again.read { try $0.link("verify") }?.isSuperseded == true)
    }

    @Test("More keys than are read at once are all under the new one")
    func many() async throws {
        let store = try open()
        let now = world.now
        try await store.write { for _ in 0..<2100 { _ = try $0.makeKey(at: now) } }
        try store.close()
        #expect(try rotate().keys == 2100)
        let check = try await open().read { try $0.checkKeys() }
        #expect(check.keys == 2100 && check.faults == [])
    }

    @Test("A copy of the key is told from another, and from what is no key")
    func copies() throws {
        let store = try open()
        #expect(try store.isMasterKey(fileAt: key))
        let copy = folder.path + "/copy.key"
        try String(repeating: "a", count: 64).write(toFile: copy, atomically: false, encoding: .utf8)
        #expect(try !store.isMasterKey(fileAt: copy))
        try String(repeating: "a", count: 62).write(toFile: copy, atomically: false, encoding: .utf8)
        #expect(throws: StoreError.masterKeyUnusable) { try store.isMasterKey(fileAt: copy) }
    }
}
