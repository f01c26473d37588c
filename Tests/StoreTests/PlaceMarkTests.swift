import Rights
import TestSupport
import Testing

@testable import Store

/// One machine of several that was not told where the files lie.
@Suite struct PlaceMarkTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(_ place: String?) throws -> Store {
        try Store.open(
            in: folder.path, on: try folder.database()?.address, filesIn: place, surroundings: world.surroundings)
    }

    @Test("The first start decides where files lie; another place is refused, and who looks for no files may come in")
    func decided() throws {
        try open("database").close()
        #expect(throws: StoreError.filesElsewhere("database")) { try open("folder") }
        #expect(throws: StoreError.filesElsewhere("database")) { try open("s3://records/") }
        try open(nil).close()
        try open("database").close()
    }

    @Test("When all files were moved the new place is right and the old one wrong")
    func moved() async throws {
        let store = try open("folder")
        try await store.write { try $0.filesLie(in: "database") }
        try store.close()
        #expect(throws: StoreError.filesElsewhere("database")) { try open("folder") }
        try open("database").close()
    }

    @Test("A database that had files before there was a choice has them in the folder")
    func before() async throws {
        let store = try open(nil)
        let now = world.now
        let id: StoredFile.ID = world.surroundings.identifier()
        try await store.write { transaction in
            let file = StoredFile(id: id, name: "a", size: 1, sha256: "00", contentType: "text/plain")
            try transaction.add(file, under: transaction.makeKey(at: now), by: "x", at: now)
        }
        try store.close()
        #expect(throws: StoreError.filesElsewhere("folder")) { try open("database") }
        try open("folder").close()
    }
}
