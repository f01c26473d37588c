import Foundation
import NIOHTTP1
import NIOPosix
import Rights
import TestSupport

@testable import Store

/// Every place that the vault's files can lie in.
enum TestedPlace: CaseIterable {
    case folder, database, bucket

    /// A vault with records so small that a short text has many, in a place of the test's own.
    func vault(in folder: TemporaryFolder, beside store: Store, _ world: FixedWorld) throws -> TestedVault {
        let (place, outside): (any FilePlace, any Outside)
        switch self {
        case .folder:
            place = try FolderPlace(folder.path + "/vault", threads: .singleton)
            outside = OutsideFolder(path: folder.path + "/vault")
        case .database:
            let chunkSize = 256
            place = DatabasePlace(
                in: store, threads: .singleton, surroundings: world.surroundings, chunkSize: chunkSize)
            outside = OutsideDatabase(store: store, chunkSize: chunkSize)
        case .bucket:
            let bucket = try S3Double.shared.get().bucket()
            place = S3Place(bucket, threads: .singleton, surroundings: world.surroundings)
            outside = OutsideBucket(
                connection: S3Connection(bucket, surroundings: world.surroundings), prefix: bucket.prefix)
        }
        let vault = Vault(
            at: place, threads: .singleton, surroundings: world.surroundings, recordSize: TestedVault.recordSize)
        return TestedVault(vault: vault, place: place, outside: outside)
    }
}

struct TestedVault: Sendable {
    static let recordSize = 100

    let vault: Vault
    let place: any FilePlace
    let outside: any Outside
}

/// What somebody can do who has the place but not the keys.
protocol Outside: Sendable {
    func bytes(of id: StoredFile.ID) async throws -> [UInt8]
    func replace(_ id: StoredFile.ID, by bytes: [UInt8]) async throws
    /// The names of all that is there, whole or not.
    func names() async throws -> [String]
}

private struct OutsideFolder: Outside {
    let path: String

    private func url(_ id: StoredFile.ID) -> URL {
        URL(fileURLWithPath: "\(path)/\(id.text.suffix(2))/\(id.text)")
    }

    func bytes(of id: StoredFile.ID) throws -> [UInt8] { [UInt8](try Data(contentsOf: url(id))) }

    func replace(_ id: StoredFile.ID, by bytes: [UInt8]) throws { try Data(bytes).write(to: url(id)) }

    func names() throws -> [String] {
        let names = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
        return names.compactMap { $0.split(separator: "/").dropFirst().last.map(String.init) }
    }
}

private struct OutsideDatabase: Outside {
    let store: Store
    let chunkSize: Int

    func bytes(of id: StoredFile.ID) async throws -> [UInt8] {
        try await store.read { transaction in
            try transaction.all("SELECT bytes FROM file_chunk WHERE file_id = $1 ORDER BY number", id) {
                try $0.bytes(0)
            }.flatMap(\.self)
        }
    }

    func replace(_ id: StoredFile.ID, by bytes: [UInt8]) async throws {
        try await store.write { [chunkSize] transaction in
            try transaction.execute("DELETE FROM file_chunk WHERE file_id = $1", id)
            try transaction.execute("UPDATE file_bytes SET size = $2 WHERE file_id = $1", id, bytes.count)
            for (number, start) in stride(from: 0, to: bytes.count, by: chunkSize).enumerated() {
                let chunk = Array(bytes[start..<min(start + chunkSize, bytes.count)])
                try transaction.execute(
                    "INSERT INTO file_chunk (file_id, number, bytes) VALUES ($1, $2, $3)", id, number, chunk)
            }
        }
    }

    func names() async throws -> [String] {
        try await store.read { transaction in
            try transaction.all("SELECT file_id FROM file_bytes UNION SELECT file_id FROM file_chunk") {
                try $0.text(0)
            }
        }
    }
}

private struct OutsideBucket: Outside {
    let connection: S3Connection
    let prefix: String

    func bytes(of id: StoredFile.ID) async throws -> [UInt8] {
        try await connection.ask(.GET, "files/\(id.text)", expecting: [200]).body
    }

    func replace(_ id: StoredFile.ID, by bytes: [UInt8]) async throws {
        _ = try await connection.ask(.PUT, "files/\(id.text)", body: bytes, expecting: [200])
    }

    func names() async throws -> [String] {
        S3Document(
            try await connection.ask(.GET, query: [("list-type", "2"), ("prefix", prefix)], expecting: [200]).text
        )
        .all("Key")
    }
}
