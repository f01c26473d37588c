import Foundation
import Rights
import TestSupport
import Testing

@testable import Store

@Suite struct FileTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store.open(in: folder, surroundings: world.surroundings)
    }

    private func makeFile(_ name: String = "ECG 3 March.pdf") -> StoredFile {
        StoredFile(
            id: world.surroundings.identifier(), name: name, size: 7, sha256: String(repeating: "a", count: 64),
            contentType: "application/pdf")
    }

    /// A file of a new case, or of a draft.
    private func add(to id: Case.ID? = nil, under key: DataKey.ID? = nil) async throws -> StoredFile {
        let (file, now) = (makeFile(), world.now)
        try await store.write { transaction in
            let ofCase = try id.flatMap { try transaction.keyID(of: $0) }
            let key = try key ?? ofCase ?? transaction.makeKey(at: now)
            try transaction.add(file, under: key, to: id, by: "staff:1", at: now)
        }
        return file
    }

    @Test("A file comes back as it was written down, its name encrypted in between")
    func roundTrip() async throws {
        let id = try await store.openCase(world)
        let file = try await add(to: id)
        let kept = try #require(try await store.read { try $0.file(file.id) })
        #expect(kept.file == file && kept.caseID == id && kept.state == .received && kept.addedAt == world.now)
        #expect(try await store.read { try $0.files(of: id) } == [kept])
        let sealed = try await store.read { try $0.first("SELECT name FROM file") { try $0.bytes(0) } }
        #expect(Data(try #require(sealed)).range(of: Data("ECG".utf8)) == nil)
    }

    @Test("A draft's file becomes the case's, when the case takes over the draft's key")
    func adopted() async throws {
        let now = world.now
        let key = try await store.write { try $0.makeKey(at: now) }
        let file = try await add(under: key)
        #expect(try await store.read { try $0.files(under: key) }.map(\.file) == [file])
        let id: Case.ID = world.surroundings.identifier()
        try await store.write { transaction in
            try transaction.openCase(id, under: key, at: now)
            try transaction.adopt(file.id, into: id)
            try transaction.adopt(file.id, into: id)
        }
        #expect(try await store.read { try $0.files(of: id) }.map(\.file) == [file])
    }

    @Test("A file never belongs to two cases, nor to one whose key it is not under")
    func ofOneCase() async throws {
        let (first, second) = (try await store.openCase(world), try await store.openCase(world))
        let file = try await add(to: first)
        await #expect(throws: StoreError.constraintViolated("a file never changes its case")) {
            try await store.write { try $0.adopt(file.id, into: second) }
        }
        let draft = try await add()
        await #expect {
            try await store.write { try $0.adopt(draft.id, into: second) }
        } throws: { isRefused($0) { $0.isWrongReference } }
        let unknown: StoredFile.ID = world.surroundings.identifier()
        await #expect(throws: StoreError.noSuchFile) {
            try await store.write { try $0.adopt(unknown, into: second) }
        }
    }

    @Test("A release that names another case's file is refused whole")
    func releasedAcrossCases() async throws {
        let (first, second) = (try await store.openCase(world), try await store.openCase(world))
        let (own, foreign) = (try await add(to: first), try await add(to: second))
        let draft = try await add()
        let now = world.now
        for wrong in [foreign, draft, makeFile()] {
            await #expect {
                try await store.write { transaction in
                    try transaction.append([.note("released")], to: first, after: 0, at: now, by: "staff:1")
                    try transaction.recordRelease(of: own.id, from: first, part: 1, at: now)
                    try transaction.recordRelease(of: wrong.id, from: first, part: 1, at: now)
                }
            } throws: { isRefused($0) { $0.isWrongReference } }
        }
        #expect(try await store.read { try $0.releasedFiles(of: first, part: 1) } == [])
        #expect(try await store.read { try $0.lastSequence(of: first) } == 0)
        try await store.write { try $0.recordRelease(of: own.id, from: first, part: 1, at: now) }
        #expect(try await store.read { try $0.releasedFiles(of: first, part: 1) } == [own.id])
    }

    @Test("A draft's file can be forgotten, a case's cannot")
    func forgotten() async throws {
        let id = try await store.openCase(world)
        let (kept, draft) = (try await add(to: id), try await add())
        #expect(try await store.write { try $0.forget(draft.id) })
        #expect(try await store.write { try $0.forget(draft.id) } == false)
        #expect(try await store.write { try $0.forget(kept.id) } == false)
        #expect(try await store.read { try $0.file(kept.id) } != nil)
    }

    @Test("What was found out about a file is kept", arguments: FileState.allCases)
    func state(_ state: FileState) async throws {
        let file = try await add()
        try await store.write { try $0.set(state, of: file.id) }
        #expect(try await store.read { try $0.file(file.id) }?.state == state)
    }
}
