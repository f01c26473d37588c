import Crypto
import Foundation
import NIOCore
import NIOPosix
import Rights
import TestSupport
import Testing

@testable import Store

@Suite struct VaultTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store.open(in: folder, surroundings: world.surroundings)
    }

    private func open(_ place: TestedPlace) throws -> TestedVault {
        try place.vault(in: folder, beside: store, world)
    }

    private func makeKey() async throws -> DataKey {
        let now = world.now
        return try await store.write { try $0.key($0.makeKey(at: now)) }
    }

    private static func content(_ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 256) }
    }

    @Test(
        "What was put in comes out, whatever its size and however it arrived", arguments: TestedPlace.allCases,
        [1, 64, 100, 5000])
    func roundTrip(place: TestedPlace, piece: Int) async throws {
        let vault = try open(place).vault
        let key = try await makeKey()
        for size in [0, 1, 99, 100, 101, 200, 1000, 12345] {
            let content = Self.content(size)
            let stored = try await vault.write(Pieces(content, of: piece), under: key, limit: .max)
            #expect(stored.size == size)
            #expect(stored.sha256 == Array(SHA256.hash(data: content)).hexadecimal)
            let reader = try await vault.reader(of: stored.id, size: size, under: key)
            #expect(reader.size == size)
            #expect(try await reader.read(0..<size) == content)
        }
    }

    @Test("Any range can be read, also across edges and beyond the end", arguments: TestedPlace.allCases)
    func ranges(place: TestedPlace) async throws {
        let vault = try open(place).vault
        let key = try await makeKey()
        let content = Self.content(1050)
        let stored = try await vault.write(Pieces(content), under: key, limit: .max)
        let reader = try await vault.reader(of: stored.id, size: 1050, under: key)
        for range in [0..<1, 0..<100, 99..<101, 100..<200, 150..<951, 1049..<1050, 1000..<1050, 500..<500] {
            #expect(try await reader.read(range) == Array(content[range]), "\(range)")
        }
        #expect(try await reader.read(1000..<9999) == Array(content[1000...]))
        var streamed: [UInt8] = []
        for try await part in reader.stream(37..<1001) {
            #expect(part.readableBytes <= TestedVault.recordSize)
            streamed += part.readableBytesView
        }
        #expect(streamed == Array(content[37..<1001]))
    }

    @Test("A file much larger than what is fetched at a time is read from end to end", arguments: TestedPlace.allCases)
    func large(place: TestedPlace) async throws {
        let vault = Vault(at: try open(place).place, threads: .singleton, surroundings: world.surroundings)
        let key = try await makeKey()
        let content = (0..<30).flatMap { [UInt8](repeating: $0, count: 100_000) }
        let stored = try await vault.write(Pieces(content, of: 70_000), under: key, limit: .max)
        let reader = try await vault.reader(of: stored.id, size: content.count, under: key)
        #expect(try await reader.hash() == stored.sha256)
        #expect(try await reader.read(1_999_990..<2_000_010) == Array(content[1_999_990..<2_000_010]))
        #expect(try await reader.read(0..<10) == Array(content[..<10]))
    }

    @Test("Nothing of the content lies in the place in plain text", arguments: TestedPlace.allCases)
    func sealed(place: TestedPlace) async throws {
        let tested = try open(place)
        let stored = try await tested.vault.write(
            Pieces(Array("the patient's own words".utf8)), under: try await makeKey(), limit: .max)
        let bytes = Data(try await tested.outside.bytes(of: stored.id))
        #expect(bytes.starts(with: Array("rdvault1".utf8)))
        #expect(bytes.range(of: Data("patient".utf8)) == nil)
    }

    @Test("Only the owner of a folder can read its files")
    func modes() async throws {
        let stored = try await open(.folder).vault.write(Pieces([1]), under: try await makeKey(), limit: .max)
        let path = "\(folder.path)/vault/\(stored.id.text.suffix(2))/\(stored.id.text)"
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    }

    @Test("A stream that is too large or breaks off leaves nothing behind", arguments: TestedPlace.allCases)
    func abandoned(place: TestedPlace) async throws {
        struct Broken: Error {}
        let tested = try open(place)
        let key = try await makeKey()
        await #expect(throws: VaultError.tooLarge(limit: 999)) {
            _ = try await tested.vault.write(Pieces(Self.content(1000)), under: key, limit: 999)
        }
        await #expect(throws: Broken.self) {
            _ = try await tested.vault.write(
                Pieces(Self.content(1000), thenThrow: Broken()), under: key, limit: .max)
        }
        #expect(try await tested.outside.names() == [])
        #expect(try await tested.vault.write(Pieces(Self.content(1000)), under: key, limit: 1000).size == 1000)
    }

    @Test("A full disk is told apart from other failures")
    func diskFull() throws {
        let descriptor = Foundation.open("/dev/full", O_WRONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        #expect(throws: StoreError.diskFull) {
            try [UInt8(1)].withUnsafeBytes { try DurableFile.writeAll($0, to: descriptor) }
        }
    }

    /// What somebody with the place but not the keys might do to a file of eleven records.
    enum Tampering: CaseIterable {
        case flipHeader, flipSalt, flipRecordSize, flipFirst, flipMiddle, flipLast, cutByte, cutRecord, addRecord,
            swapRecords, empty

        func apply(to bytes: inout [UInt8]) {
            let (header, record) = (SealedFormat.headerSize, TestedVault.recordSize + SealedFormat.tagSize)
            switch self {
            case .flipHeader: bytes[2] ^= 1
            case .flipSalt: bytes[20] ^= 1
            case .flipRecordSize: bytes[11] ^= 1
            case .flipFirst: bytes[header] ^= 1
            case .flipMiddle: bytes[header + 5 * record + 7] ^= 1
            case .flipLast: bytes[bytes.count - 1] ^= 1
            case .cutByte: bytes.removeLast()
            case .cutRecord: bytes.removeLast(50 + SealedFormat.tagSize)
            case .addRecord: bytes += bytes.suffix(record)
            case .swapRecords:
                for index in 0..<record { bytes.swapAt(header + record + index, header + 3 * record + index) }
            case .empty: bytes = []
            }
        }
    }

    @Test("Every change to a file is refused by its reader", arguments: TestedPlace.allCases, Tampering.allCases)
    func tampered(place: TestedPlace, _ tampering: Tampering) async throws {
        let tested = try open(place)
        let key = try await makeKey()
        let stored = try await tested.vault.write(Pieces(Self.content(1050)), under: key, limit: .max)
        var bytes = try await tested.outside.bytes(of: stored.id)
        tampering.apply(to: &bytes)
        try await tested.outside.replace(stored.id, by: bytes)
        await #expect(throws: VaultError.altered) {
            let reader = try await tested.vault.reader(of: stored.id, size: 1050, under: key)
            _ = try await reader.read(0..<1050)
        }
    }

    @Test(
        "A file cut at the edge of a record is refused even if the database was changed to its new size",
        arguments: TestedPlace.allCases)
    func cutToSize(place: TestedPlace) async throws {
        let tested = try open(place)
        let key = try await makeKey()
        let stored = try await tested.vault.write(Pieces(Self.content(1050)), under: key, limit: .max)
        let bytes = try await tested.outside.bytes(of: stored.id)
        try await tested.outside.replace(stored.id, by: bytes.dropLast(50 + SealedFormat.tagSize))
        let reader = try await tested.vault.reader(of: stored.id, size: 1000, under: key)
        await #expect(throws: VaultError.altered) { _ = try await reader.read(900..<1000) }
    }

    @Test("A chunk that is gone from the database is noticed")
    func chunkGone() async throws {
        let vault = try open(.database).vault
        let key = try await makeKey()
        let stored = try await vault.write(Pieces(Self.content(1050)), under: key, limit: .max)
        try await store.write { transaction in
            try transaction.execute("DELETE FROM file_chunk WHERE file_id = $1 AND number = 2", stored.id)
        }
        await #expect(throws: VaultError.altered) {
            _ = try await vault.reader(of: stored.id, size: 1050, under: key).read(0..<1050)
        }
    }

    @Test(
        "A file does not open under another key, nor in the place of another file of the same key",
        arguments: TestedPlace.allCases)
    func exchanged(place: TestedPlace) async throws {
        let tested = try open(place)
        let (key, other) = (try await makeKey(), try await makeKey())
        let first = try await tested.vault.write(Pieces(Self.content(300)), under: key, limit: .max)
        let second = try await tested.vault.write(Pieces(Self.content(300)), under: key, limit: .max)
        await #expect(throws: VaultError.altered) {
            _ = try await tested.vault.reader(of: first.id, size: 300, under: other).read(0..<300)
        }
        try await tested.outside.replace(second.id, by: try await tested.outside.bytes(of: first.id))
        await #expect(throws: VaultError.altered) {
            _ = try await tested.vault.reader(of: second.id, size: 300, under: key).read(0..<300)
        }
    }

    @Test("A removed file is gone, and a file that never was is missing", arguments: TestedPlace.allCases)
    func removed(place: TestedPlace) async throws {
        let tested = try open(place)
        let key = try await makeKey()
        let stored = try await tested.vault.write(Pieces(Self.content(1000)), under: key, limit: .max)
        #expect(try await tested.vault.remove(stored.id))
        #expect(try await tested.vault.remove(stored.id) == false)
        await #expect(throws: VaultError.missing) {
            _ = try await tested.vault.reader(of: stored.id, size: 1000, under: key)
        }
        #expect(try await tested.outside.names() == [])
    }

    @Test("What is set aside opens for nobody until it is brought back or removed", arguments: TestedPlace.allCases)
    func setAside(place: TestedPlace) async throws {
        let vault = try open(place).vault
        let key = try await makeKey()
        let stored = try await vault.write(Pieces(Self.content(1000)), under: key, limit: .max)
        let future = try #require(Moment("2100-01-01T00:00:00.000Z"))
        #expect(try await vault.files(before: future, after: nil).files == [stored.id])
        try await vault.setAside(stored.id, at: world.now)
        // Another node sweeps too.
        try await vault.setAside(stored.id, at: world.now)
        #expect(try await vault.files(before: future, after: nil).files == [])
        #expect(try await vault.aside(before: world.now) == [])
        #expect(try await vault.aside(before: world.now + 1) == [stored.id])
        await #expect(throws: VaultError.missing) {
            _ = try await vault.reader(of: stored.id, size: 1000, under: key)
        }
        try await vault.bringBack(stored.id)
        try await vault.bringBack(stored.id)
        #expect(try await vault.aside(before: future) == [])
        let reader = try await vault.reader(of: stored.id, size: 1000, under: key)
        #expect(try await reader.hash() == stored.sha256)
        try await vault.setAside(stored.id, at: world.now)
        try await vault.removeAside(stored.id)
        #expect(try await vault.aside(before: future) == [])
    }

    @Test("A walk over all files, batch after batch, finds each once", arguments: TestedPlace.allCases)
    func walk(place: TestedPlace) async throws {
        let vault = try open(place).vault
        let key = try await makeKey()
        var written: [StoredFile.ID] = []
        for _ in 0..<40 { written.append(try await vault.write(Pieces([1]), under: key, limit: 1).id) }
        let future = try #require(Moment("2100-01-01T00:00:00.000Z"))
        var (found, cursor): ([StoredFile.ID], String?) = ([], nil)
        repeat {
            let batch = try await vault.files(before: future, after: cursor)
            (found, cursor) = (found + batch.files, batch.next)
        } while cursor != nil
        #expect(found.sorted { $0.text < $1.text } == written.sorted { $0.text < $1.text })
    }

    @Test("What a dead process left half written is taken away, what is being written is not")
    func leftovers() async throws {
        let vault = try open(.folder).vault
        let path = folder.path + "/vault/incoming/old.part"
        try Data([1]).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
        try Data([1]).write(to: URL(fileURLWithPath: folder.path + "/vault/incoming/new.part"))
        #expect(try await vault.removeAbandoned(before: Moment(milliseconds: 1_000_001_000)) == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/vault/incoming") == ["new.part"])
    }

    @Test("The same in the database: chunk by chunk, and what it was cannot go on")
    func leftoversInDatabase() async throws {
        let tested = try open(.database)
        let ids: [StoredFile.ID] = (0..<2).map { _ in world.surroundings.identifier() }
        var old = try await tested.place.begin(ids[0])
        try await old.append(Data(Self.content(100_000)))
        world.advance(seconds: 100)
        var new = try await tested.place.begin(ids[1])
        try await new.append(Data(Self.content(1000)))
        #expect(try await tested.vault.removeAbandoned(before: world.now) == 1)
        #expect(try await tested.outside.names() == [ids[1].text])
        await #expect(throws: VaultError.missing) { try await old.finish() }
        await #expect(throws: VaultError.missing) { _ = try await tested.place.open(ids[1]) }
        try await new.finish()
        #expect(try await tested.outside.bytes(of: ids[1]) == Self.content(1000))
    }

    @Test("A removal from the database that was cut off is gone on with by the sweep")
    func cutOffRemoval() async throws {
        let tested = try open(.database)
        let key = try await makeKey()
        let stored = try await tested.vault.write(Pieces(Self.content(30_000)), under: key, limit: .max)
        // As a process leaves it that dies between two of the steps.
        try await store.write { transaction in
            try transaction.execute("UPDATE file_bytes SET state = 'unfinished' WHERE file_id = $1", stored.id)
            try transaction.execute("DELETE FROM file_chunk WHERE file_id = $1 AND number > 66", stored.id)
        }
        #expect(try await tested.vault.removeAbandoned(before: world.now + 1) == 1)
        #expect(try await tested.outside.names() == [])
    }

    @Test("An upload whose sender has gone leaves nothing behind", arguments: TestedPlace.allCases)
    func cancelled(place: TestedPlace) async throws {
        let tested = try open(place)
        let key = try await makeKey()
        let (begun, more) = (AsyncStream<Void>.makeStream(), AsyncStream<ByteBuffer>.makeStream())
        more.continuation.yield(ByteBuffer(bytes: Self.content(1000)))
        let upload = Task {
            let bytes = more.stream.map { part in
                begun.continuation.yield()
                return part
            }
            return try await tested.vault.write(bytes, under: key, limit: .max)
        }
        for await _ in begun.stream { break }
        upload.cancel()
        more.continuation.finish()
        await #expect(throws: CancellationError.self) { try await upload.value }
        #expect(try await tested.outside.names() == [])
    }

    @Test("Many streams at once do not mix", arguments: TestedPlace.allCases)
    func concurrent(place: TestedPlace) async throws {
        let key = try await makeKey()
        let vault = try open(place).vault
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<16 {
                group.addTask {
                    let content = Self.content(3000 + index)
                    let stored = try await vault.write(Pieces(content, of: 77), under: key, limit: .max)
                    let reader = try await vault.reader(of: stored.id, size: content.count, under: key)
                    #expect(try await reader.read(0..<content.count) == content)
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Bytes that arrive in pieces, and may break off.
struct Pieces: AsyncSequence, AsyncIteratorProtocol {
    private var rest: ArraySlice<UInt8>
    private let piece: Int
    private let error: (any Error)?

    init(_ bytes: [UInt8], of piece: Int = 64, thenThrow error: (any Error)? = nil) {
        rest = bytes[...]
        self.piece = piece
        self.error = error
    }

    func makeAsyncIterator() -> Pieces { self }

    mutating func next() async throws -> ByteBuffer? {
        guard !rest.isEmpty else {
            if let error { throw error }
            return nil
        }
        defer { rest = rest.dropFirst(piece) }
        return ByteBuffer(bytes: rest.prefix(piece))
    }
}
