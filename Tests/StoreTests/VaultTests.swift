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
    private let vault: Vault
    /// So small that a short text has many records.
    private static let recordSize = 100

    init() throws {
        folder = try TemporaryFolder()
        store = try Store.open(in: folder, surroundings: world.surroundings)
        vault = try Vault(
            in: folder.path, threads: .singleton, surroundings: world.surroundings, recordSize: Self.recordSize)
    }

    private func makeKey() async throws -> DataKey {
        let now = world.now
        return try await store.write { try $0.key($0.makeKey(at: now)) }
    }

    private static func content(_ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 256) }
    }

    private func write(
        _ content: [UInt8], under key: DataKey, inPieces piece: Int = 64, limit: Int = .max
    ) async throws -> StoredBytes {
        try await vault.write(Pieces(content, of: piece), under: key, limit: limit)
    }

    private func path(of stored: StoredBytes) -> String {
        "\(folder.path)/vault/\(stored.id.text.suffix(2))/\(stored.id.text)"
    }

    private func filesInVault() throws -> [String] {
        let names = FileManager.default.enumerator(atPath: folder.path + "/vault")
        return (names?.allObjects as? [String] ?? []).filter { $0.count > 8 }
    }

    @Test(
        "What was put in comes out, whatever its size and however it arrived",
        arguments: [0, 1, 99, 100, 101, 200, 1000, 12345], [1, 64, 100, 5000])
    func roundTrip(size: Int, piece: Int) async throws {
        let key = try await makeKey()
        let content = Self.content(size)
        let stored = try await write(content, under: key, inPieces: piece)
        #expect(stored.size == size)
        #expect(stored.sha256 == Array(SHA256.hash(data: content)).hexadecimal)
        let reader = try await vault.reader(of: stored.id, size: size, under: key)
        #expect(reader.size == size)
        #expect(try await reader.read(0..<size) == content)
    }

    @Test("Any range can be read, also across the edges of records and beyond the end")
    func ranges() async throws {
        let key = try await makeKey()
        let content = Self.content(1050)
        let stored = try await write(content, under: key)
        let reader = try await vault.reader(of: stored.id, size: 1050, under: key)
        for range in [0..<1, 0..<100, 99..<101, 100..<200, 150..<951, 1049..<1050, 1000..<1050, 500..<500] {
            #expect(try await reader.read(range) == Array(content[range]), "\(range)")
        }
        #expect(try await reader.read(1000..<9999) == Array(content[1000...]))
        var streamed: [UInt8] = []
        for try await part in reader.stream(37..<1001) {
            #expect(part.readableBytes <= Self.recordSize)
            streamed += part.readableBytesView
        }
        #expect(streamed == Array(content[37..<1001]))
    }

    @Test("Nothing of the content or its key lies in the folder in plain text, and only the owner can read it")
    func sealed() async throws {
        let key = try await makeKey()
        let stored = try await write(Array("the patient's own words".utf8), under: key)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path(of: stored)))
        #expect(bytes.range(of: Data("patient".utf8)) == nil)
        let attributes = try FileManager.default.attributesOfItem(atPath: path(of: stored))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("A stream that is too large, breaks off or is cancelled leaves nothing behind")
    func abandoned() async throws {
        struct Broken: Error {}
        let key = try await makeKey()
        await #expect(throws: VaultError.tooLarge(limit: 999)) {
            _ = try await write(Self.content(1000), under: key, limit: 999)
        }
        await #expect(throws: Broken.self) {
            _ = try await vault.write(
                Pieces(Self.content(1000), of: 64, thenThrow: Broken()), under: key, limit: .max)
        }
        #expect(try filesInVault() == [])
        #expect(try await write(Self.content(1000), under: key, limit: 1000).size == 1000)
    }

    @Test("A full disk is told apart from other failures")
    func diskFull() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        #expect(throws: StoreError.diskFull) {
            try [UInt8(1)].withUnsafeBytes { try DurableFile.writeAll($0, to: descriptor) }
        }
    }

    /// What somebody with the disk but not the keys might do to a file of eleven records.
    enum Tampering: CaseIterable {
        case flipHeader, flipSalt, flipRecordSize, flipFirst, flipMiddle, flipLast, cutByte, cutRecord, addRecord,
            swapRecords, empty

        func apply(to bytes: inout [UInt8]) {
            let (header, record) = (SealedFormat.headerSize, recordSize + SealedFormat.tagSize)
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

    @Test("Every change to a file is refused by its reader", arguments: Tampering.allCases)
    func tampered(_ tampering: Tampering) async throws {
        let key = try await makeKey()
        let stored = try await write(Self.content(1050), under: key)
        let url = URL(fileURLWithPath: path(of: stored))
        var bytes = [UInt8](try Data(contentsOf: url))
        tampering.apply(to: &bytes)
        try Data(bytes).write(to: url)
        await #expect(throws: VaultError.altered) {
            let reader = try await vault.reader(of: stored.id, size: 1050, under: key)
            _ = try await reader.read(0..<1050)
        }
    }

    @Test("A file cut at the edge of a record is refused even if the database was changed to its new size")
    func cutToSize() async throws {
        let key = try await makeKey()
        let stored = try await write(Self.content(1050), under: key)
        let url = URL(fileURLWithPath: path(of: stored))
        let bytes = try Data(contentsOf: url)
        try bytes.dropLast(50 + SealedFormat.tagSize).write(to: url)
        let reader = try await vault.reader(of: stored.id, size: 1000, under: key)
        await #expect(throws: VaultError.altered) { _ = try await reader.read(900..<1000) }
    }

    @Test("A file does not open under another key, nor in the place of another file of the same key")
    func exchanged() async throws {
        let (key, other) = (try await makeKey(), try await makeKey())
        let first = try await write(Self.content(300), under: key)
        let second = try await write(Self.content(300), under: key)
        await #expect(throws: VaultError.altered) {
            _ = try await vault.reader(of: first.id, size: 300, under: other).read(0..<300)
        }
        try FileManager.default.removeItem(atPath: path(of: second))
        try FileManager.default.copyItem(atPath: path(of: first), toPath: path(of: second))
        await #expect(throws: VaultError.altered) {
            _ = try await vault.reader(of: second.id, size: 300, under: key).read(0..<300)
        }
    }

    @Test("A removed file is gone, and a file that never was is missing")
    func removed() async throws {
        let key = try await makeKey()
        let stored = try await write(Self.content(10), under: key)
        #expect(try await vault.remove(stored.id))
        #expect(try await vault.remove(stored.id) == false)
        await #expect(throws: VaultError.missing) {
            _ = try await vault.reader(of: stored.id, size: 10, under: key)
        }
    }

    @Test("What a dead process left half written is taken away, what is being written is not")
    func leftovers() async throws {
        let path = folder.path + "/vault/incoming/old.part"
        try Data([1]).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
        try Data([1]).write(to: URL(fileURLWithPath: folder.path + "/vault/incoming/new.part"))
        #expect(try await vault.removeAbandoned(before: Moment(milliseconds: 1_000_001_000)) == 1)
        #expect(try filesInVault() == ["incoming/new.part"])
    }

    @Test("Many streams at once do not mix")
    func concurrent() async throws {
        let key = try await makeKey()
        let vault = vault
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

    init(_ bytes: [UInt8], of piece: Int, thenThrow error: (any Error)? = nil) {
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
