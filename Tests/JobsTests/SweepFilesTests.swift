import Casework
import Foundation
import Jobs
import Logging
import Rights
import Store
import TestSupport
import Testing

@Suite("What uploads leave behind")
struct SweepFilesTests {
    private let premises: Premises
    private let id: Case.ID

    init() async throws {
        premises = try Premises()
        id = try await premises.casework.begin(premises.request(), by: premises.requester).id
    }

    private var store: Store { premises.casework.store }

    /// What a worker does when it starts.
    private func start() async {
        let worker = Worker(
            store: store, work: [SweepFiles(casework: premises.casework, logger: silent)],
            schedule: Schedule([], atStart: [SweepFiles.kind], surroundings: premises.world.surroundings), bell: Bell(),
            surroundings: premises.world.surroundings, logger: silent)
        await worker.workOff()
    }

    private var silent: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }

    private func path(of file: StoredFile.ID) -> String {
        "\(premises.folder.path)/vault/\(file.text.suffix(2))/\(file)"
    }

    private func isAside(_ file: StoredFile.ID) -> Bool {
        FileManager.default.fileExists(atPath: "\(premises.folder.path)/vault/set-aside/\(file)")
    }

    private func isThere(_ file: StoredFile.ID) -> Bool { FileManager.default.fileExists(atPath: path(of: file)) }

    /// Dates the bytes of a file by the clock of this world.
    private func date(_ file: StoredFile.ID, hoursAgo: Int) throws {
        let moment = premises.world.now + -hoursAgo * 3600
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)],
            ofItemAtPath: path(of: file))
    }

    /// A file as a crash leaves it between the end of its bytes and the commit of its row.
    private func orphan(hoursOld: Int) async throws -> StoredFile.ID {
        let keyID = try await premises.casework.key(of: id)
        let key = try await store.read { try $0.key(keyID) }
        let bytes = Chunks(bytes: Array("Cut off".utf8), size: 3)
        let stored = try await premises.casework.vault.write(bytes, under: key, limit: 100)
        try date(stored.id, hoursAgo: hoursOld)
        return stored.id
    }

    @Test("A sealed file without a row is set aside when it is a day old; one that may still be looked at stays")
    func orphans() async throws {
        let old = try await orphan(hoursOld: 25)
        let new = try await orphan(hoursOld: 23)
        await start()
        #expect(!isThere(old) && isAside(old))
        #expect(isThere(new))
    }

    @Test("What was set aside is deleted after a month, not before")
    func month() async throws {
        let file = try await orphan(hoursOld: 25)
        await start()
        premises.world.advance(days: 30)
        await start()
        #expect(isAside(file))
        premises.world.advance(seconds: 1)
        await start()
        #expect(!isAside(file) && !isThere(file))
    }

    @Test("Where an old database was restored by mistake, the right one brings the files back")
    func broughtBack() async throws {
        let file = try await premises.addRecord("Notes", to: id).id
        try date(file, hoursAgo: 100)
        let row = try #require(try await store.read { try $0.file(file) })
        try await store.write { transaction in
            try transaction.execute("DELETE FROM file WHERE file_id = $1", file)
        }
        await start()
        #expect(!isThere(file) && isAside(file))
        let now = premises.world.now
        try await store.write { [id] in
            try $0.add(row.file, under: row.keyID, to: id, state: row.state, by: "x", at: now)
        }
        await start()
        #expect(isThere(file) && !isAside(file))
        _ = try await premises.casework.open(file, of: id, by: premises.staff)
    }

    @Test("A file of a case and one of a draft stay, however old they are")
    func known() async throws {
        let record = try await premises.addRecord("Notes", to: id)
        try await premises.openAccount()
        let draft = try await premises.casework.beginDraft(of: "living", by: premises.account)
        let key = try await premises.casework.draft(draft, of: premises.account).key
        let sample = Premises.root.appending(path: "Tests/DocumentsTests/Samples/table.pdf")
        let proof = try await premises.casework.takeIn(
            Chunks(bytes: Array(try Data(contentsOf: sample)), size: 900), named: "passport.pdf", under: key, into: nil,
            from: .requester, by: premises.requester)
        for file in [record, proof] { try date(file.id, hoursAgo: 900) }
        await start()
        #expect(isThere(record.id) && isThere(proof.id))
    }

    @Test("A file that staff sent with a form that was refused goes after a day, with its row")
    func unnamed() async throws {
        let file = try await premises.takeIn("Never added", for: id)
        premises.world.advance(seconds: 86_400)
        await start()
        #expect(try await store.read { try $0.file(file.id) } != nil)
        premises.world.advance(seconds: 1)
        await start()
        #expect(try await store.read { try $0.file(file.id) } == nil)
        #expect(!isThere(file.id))
    }

    @Test("A file of the history stays while its virus check waits")
    func waiting() async throws {
        let file = try await premises.takeIn("Waits", for: id)
        try await premises.casework.perform(
            AddFiles(files: [file], purpose: .record, arrivedOn: premises.today), on: id, by: premises.staff)
        premises.world.advance(days: 3)
        await start()
        #expect(try await store.read { try $0.file(file.id) } != nil)
        #expect(isThere(file.id))
    }

    @Test("A case that cannot be read keeps its files, and hides none of the others")
    func unreadable() async throws {
        let other = try await premises.casework.begin(premises.request(), by: premises.requester).id
        let kept = try await premises.takeIn("Kept", for: id)
        let gone = try await premises.takeIn("Gone", for: other)
        try await premises.damage(id)
        premises.world.advance(days: 2)
        await start()
        #expect(try await store.read { try $0.file(kept.id) } != nil)
        #expect(try await store.read { try $0.file(gone.id) } == nil)
    }
}
