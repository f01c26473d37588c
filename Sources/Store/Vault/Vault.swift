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

/// Files at rest, encrypted under the key of their case, streamed in and out of wherever they lie. However large a file
/// is, a stream holds a few records of it in memory.
package struct Vault: Sendable {
    let place: any FilePlace
    private let threads: NIOThreadPool
    private let surroundings: Surroundings
    /// Large enough that a hop to a thread costs little beside its encryption, small enough for many streams at once
    /// and for reading a little from the middle.
    private let recordSize: Int

    /// - Parameters:
    ///   - folder: the data folder; files go into `vault` in it.
    ///   - threads: where reading, writing and encryption block.
    package init(in folder: String, threads: NIOThreadPool, surroundings: Surroundings) throws {
        self.init(
            at: try FolderPlace(folder + "/vault", threads: threads), threads: threads, surroundings: surroundings)
    }

    /// The files lie in the database, in chunks: for several nodes.
    package init(in store: Store, threads: NIOThreadPool, surroundings: Surroundings) {
        self.init(
            at: DatabasePlace(in: store, threads: threads, surroundings: surroundings), threads: threads,
            surroundings: surroundings)
    }

    /// The files lie in a bucket: for several nodes that have such a store beside the database.
    package init(in bucket: S3Bucket, threads: NIOThreadPool, surroundings: Surroundings) {
        self.init(
            at: S3Place(bucket, threads: threads, surroundings: surroundings), threads: threads,
            surroundings: surroundings)
    }

    init(at place: any FilePlace, threads: NIOThreadPool, surroundings: Surroundings, recordSize: Int = 256 * 1024) {
        self.place = place
        self.threads = threads
        self.surroundings = surroundings
        self.recordSize = recordSize
    }

    /// Takes a stream of bytes in. When this returns, the file is durably in its place; when it throws, nothing of it is.
    ///
    /// - Parameters:
    ///   - id: what the file is called; by default a new identifier.
    ///   - limit: the most plain bytes to take; the rest is not read.
    /// - Throws: `VaultError.tooLarge`, `StoreError.diskFull`, `CancellationError`, and what the stream throws.
    package func write<Bytes: AsyncSequence>(
        _ bytes: Bytes, as id: StoredFile.ID? = nil, under key: DataKey, limit: Int,
        isolation: isolated (any _Concurrency.Actor)? = #isolation
    ) async throws -> StoredBytes where Bytes.Element == ByteBuffer {
        let id: StoredFile.ID = id ?? surroundings.identifier()
        var sealing = Sealing(
            SealedFormat(recordSize: recordSize, salt: surroundings.random(16), key: key, name: id.text))
        var file = try await place.begin(id)
        do {
            try await file.append(Data(sealing.format.header))
            var record = ByteBuffer()
            var iterator = bytes.makeAsyncIterator()
            while var arrived = try await iterator.next(isolation: isolation) {
                guard sealing.size + record.readableBytes + arrived.readableBytes <= limit else {
                    throw VaultError.tooLarge(limit: limit)
                }
                while arrived.readableBytes > 0 {
                    // A full record waits until more comes, because the last one is sealed as the last.
                    if record.readableBytes == recordSize {
                        try await file.append(seal(record, isLast: false, with: &sealing))
                        record.clear()
                    }
                    let count = min(arrived.readableBytes, recordSize - record.readableBytes)
                    guard var part = arrived.readSlice(length: count) else { break }
                    record.writeBuffer(&part)
                }
            }
            try await file.append(seal(record, isLast: true, with: &sealing))
            try await file.finish()
            return StoredBytes(id: id, size: sealing.size, sha256: sealing.sha256)
        } catch {
            // Also for somebody who has gone: what is left behind is not theirs to leave.
            await Task { [file] in await file.abandon() }.value
            throw error
        }
    }

    private func seal(_ record: ByteBuffer, isLast: Bool, with sealing: inout Sealing) async throws -> Data {
        let before = sealing
        let (sealed, after) = try await threads.runIfActive {
            var sealing = before
            return (try sealing.seal(record, isLast: isLast), sealing)
        }
        sealing = after
        return sealed
    }

    /// Opens a file for reading any part of it.
    ///
    /// - Parameter size: the plain size that the database has; a file that is shorter or longer is refused before the
    ///   first byte of it is given out.
    /// - Throws: `VaultError.missing` or `VaultError.altered`.
    package func reader(of id: StoredFile.ID, size: Int, under key: DataKey) async throws -> VaultReader {
        VaultReader(file: try await SealedFile(place.open(id), size: size, key: key, name: id.text))
    }

    /// Takes a file away for good: one that was never part of a case. True if it was there.
    @discardableResult
    package func remove(_ id: StoredFile.ID) async throws -> Bool {
        try await place.remove(id)
    }

    /// Takes away what was left half written by a process that died. A stream may be at work on a newer one.
    ///
    /// - Returns: how many there were.
    @discardableResult
    package func removeAbandoned(before moment: Moment) async throws -> Int {
        try await place.removeUnfinished(before: moment)
    }
}

// A place for what no table knows. It is not deleted at once: where an old backup of the database was restored beside a
// newer vault, the files of the days between look just like remnants.
extension Vault {
    /// A batch of the files whose last byte was written before an instant, without those set aside. A sweep takes batch
    /// after batch, so that it never lists the whole vault.
    ///
    /// - Parameter cursor: where the batch before ended; nothing for the first.
    package func files(before moment: Moment, after cursor: String?) async throws -> FileBatch {
        try await place.files(before: moment, after: cursor)
    }

    /// The files that were set aside before an instant.
    package func aside(before moment: Moment) async throws -> [StoredFile.ID] {
        try await place.aside(before: moment)
    }

    /// Sets a file aside, where nobody opens it, and remembers when.
    package func setAside(_ id: StoredFile.ID, at moment: Moment) async throws {
        try await place.setAside(id, at: moment)
    }

    /// Puts a file that was set aside back in its place.
    package func bringBack(_ id: StoredFile.ID) async throws {
        try await place.bringBack(id)
    }

    /// Takes a file that was set aside away for good.
    package func removeAside(_ id: StoredFile.ID) async throws {
        try await place.removeAside(id)
    }
}
