import Foundation
import NIOCore
import NIOPosix
import Rights

/// What is known of bytes that the vault took in.
package struct StoredBytes: Hashable, Sendable {
    package let id: StoredFile.ID
    /// Plain bytes.
    package let size: Int
    /// Lower-case hexadecimal of the plain bytes.
    package let sha256: String
}

package enum VaultError: Error, Hashable, Sendable {
    /// More bytes came than were allowed. Nothing of them was kept.
    case tooLarge(limit: Int)
    /// There is no such file.
    case missing
    /// The file is not what was put in, or belongs to another key or another name.
    case altered
}

/// Files at rest, encrypted under the key of their case, streamed in and out. However large a file is, a stream
/// holds a few records of it in memory.
package struct Vault: Sendable {
    let folder: String
    let threads: NIOThreadPool
    private let surroundings: Surroundings
    /// Large enough that a hop to a thread costs little beside its encryption, small enough for many streams at once
    /// and for reading a little from the middle.
    private let recordSize: Int

    /// - Parameters:
    ///   - folder: the data folder; files go into `vault` in it.
    ///   - threads: where reading, writing and encryption block.
    package init(in folder: String, threads: NIOThreadPool, surroundings: Surroundings) throws {
        try self.init(in: folder, threads: threads, surroundings: surroundings, recordSize: 256 * 1024)
    }

    init(in folder: String, threads: NIOThreadPool, surroundings: Surroundings, recordSize: Int) throws {
        self.folder = folder + "/vault"
        self.threads = threads
        self.surroundings = surroundings
        self.recordSize = recordSize
        try FileManager.default.createDirectory(
            atPath: self.folder + "/incoming", withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    /// Takes a stream of bytes in. When this returns, the file is on the disk; when it throws, nothing of it is.
    ///
    /// - Parameter limit: the most plain bytes to take; the rest is not read.
    /// - Throws: `VaultError.tooLarge`, `StoreError.diskFull`, `CancellationError`, and what the stream throws.
    package func write<Bytes: AsyncSequence>(
        _ bytes: Bytes, under key: DataKey, limit: Int, isolation: isolated (any _Concurrency.Actor)? = #isolation
    ) async throws -> StoredBytes where Bytes.Element == ByteBuffer {
        let id: StoredFile.ID = surroundings.identifier()
        let format = SealedFormat(
            recordSize: recordSize, salt: surroundings.random(16), key: key, name: id.text)
        let partial = folder + "/incoming/" + id.text + ".part"
        let path = path(of: id)
        var file = try await threads.runIfActive {
            try DurableFile.makeFolder((path as NSString).deletingLastPathComponent)
            return try FileBeingSealed(partial: partial, format: format)
        }
        do {
            var record = ByteBuffer()
            var iterator = bytes.makeAsyncIterator()
            while var arrived = try await iterator.next(isolation: isolation) {
                guard file.size + record.readableBytes + arrived.readableBytes <= limit else {
                    throw VaultError.tooLarge(limit: limit)
                }
                while arrived.readableBytes > 0 {
                    // A full record waits until more comes, because the last one is sealed as the last.
                    if record.readableBytes == recordSize {
                        file = try await add(record, to: file, isLast: false)
                        record.clear()
                    }
                    let count = min(arrived.readableBytes, recordSize - record.readableBytes)
                    guard var part = arrived.readSlice(length: count) else { break }
                    record.writeBuffer(&part)
                }
            }
            file = try await add(record, to: file, isLast: true)
            let sha256 = try await threads.runIfActive { [file] in try file.finish(as: path) }
            return StoredBytes(id: id, size: file.size, sha256: sha256)
        } catch {
            file.abandon()
            // It has this name already if only the flush of its folder failed.
            unlink(path)
            throw error
        }
    }

    private func add(_ record: ByteBuffer, to file: FileBeingSealed, isLast: Bool) async throws -> FileBeingSealed {
        try await threads.runIfActive {
            var file = file
            try file.add(record, isLast: isLast)
            return file
        }
    }

    /// Opens a file for reading any part of it.
    ///
    /// - Parameter size: the plain size that the database has; a file that is shorter or longer is refused before the
    ///   first byte of it is given out.
    /// - Throws: `VaultError.missing` or `VaultError.altered`.
    package func reader(of id: StoredFile.ID, size: Int, under key: DataKey) async throws -> VaultReader {
        let path = path(of: id)
        let file = try await threads.runIfActive {
            try SealedFile(path: path, size: size, key: key, name: id.text)
        }
        return VaultReader(file: file, threads: threads)
    }

    /// Takes a file away for good: one that was never part of a case. True if it was there.
    @discardableResult
    package func remove(_ id: StoredFile.ID) async throws -> Bool {
        let path = path(of: id)
        return try await threads.runIfActive {
            if unlink(path) == 0 { return true }
            guard errno == ENOENT else { throw IOFailure.last("unlink") }
            return false
        }
    }

    /// Takes away what was left half written by a process that died. A stream may be at work on a newer one.
    ///
    /// - Returns: how many there were.
    @discardableResult
    package func removeAbandoned(before moment: Moment) async throws -> Int {
        let incoming = folder + "/incoming"
        return try await threads.runIfActive {
            var removed = 0
            for name in try FileManager.default.contentsOfDirectory(atPath: incoming) {
                let path = incoming + "/" + name
                var status = stat()
                guard stat(path, &status) == 0, status.st_mtim.tv_sec * 1000 < Int(moment.milliseconds) else {
                    continue
                }
                if unlink(path) == 0 { removed += 1 }
            }
            return removed
        }
    }

    /// By the last two characters, which are random, so that no folder grows too long to list.
    func path(of id: StoredFile.ID) -> String {
        "\(folder)/\(id.text.suffix(2))/\(id.text)"
    }
}
