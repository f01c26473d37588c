import Foundation
import NIOPosix
import Rights

/// The database, in chunks: what several nodes share with nothing else to keep. Each chunk is a unit of work of its own,
/// so that a slow upload holds none open, and none is larger than a statement should be.
struct DatabasePlace: FilePlace {
    private let store: Store
    private let threads: NIOThreadPool
    private let surroundings: Surroundings
    private let chunkSize: Int
    /// Rows in a batch, and chunks that are deleted in one unit of work.
    private static let batch = 500
    private static let mostChunks = 64

    init(in store: Store, threads: NIOThreadPool, surroundings: Surroundings, chunkSize: Int = 1 << 20) {
        self.store = store
        self.threads = threads
        self.surroundings = surroundings
        self.chunkSize = chunkSize
    }

    func begin(_ id: StoredFile.ID) async throws -> any UnfinishedFile {
        FileInChunks(id, in: self)
    }

    func open(_ id: StoredFile.ID) async throws -> any FileAtRest {
        let found = try await store.read { transaction in
            try transaction.first("SELECT size, chunk_size FROM file_bytes WHERE file_id = $1 AND state = 'whole'", id)
            {
                (size: try $0.integer(0), chunkSize: try $0.integer(1))
            }
        }
        guard let found else { throw VaultError.missing }
        return DistantFile(size: found.size, threads: threads) { [store] range in
            try await store.read { try $0.sealedBytes(of: id, in: range, chunkSize: found.chunkSize) }
        }
    }

    func remove(_ id: StoredFile.ID) async throws -> Bool {
        try await remove(id, ifIt: "whole")
    }

    func removeUnfinished(before moment: Moment) async throws -> Int {
        let files = try await store.read { transaction in
            try transaction.all(
                "SELECT file_id FROM file_bytes WHERE state = 'unfinished' AND changed_at < $1", moment
            ) { try $0.identifier(0) as StoredFile.ID }
        }
        var count = 0
        for file in files where try await remove(file, ifIt: "unfinished") { count += 1 }
        return count
    }

    func files(before moment: Moment, after cursor: String?) async throws -> FileBatch {
        let files = try await store.read { transaction in
            try transaction.all(
                """
                SELECT file_id FROM file_bytes WHERE state = 'whole' AND file_id > $1 AND changed_at < $2
                ORDER BY file_id LIMIT $3
                """, cursor ?? "", moment, Self.batch
            ) { try $0.identifier(0) as StoredFile.ID }
        }
        return FileBatch(files: files, next: files.count == Self.batch ? files.last?.text : nil)
    }

    func aside(before moment: Moment) async throws -> [StoredFile.ID] {
        try await store.read { transaction in
            try transaction.all("SELECT file_id FROM file_bytes WHERE state = 'aside' AND changed_at < $1", moment) {
                try $0.identifier(0)
            }
        }
    }

    func setAside(_ id: StoredFile.ID, at moment: Moment) async throws {
        try await turn(id, from: "whole", to: "aside", at: moment)
    }

    func bringBack(_ id: StoredFile.ID) async throws {
        try await turn(id, from: "aside", to: "whole", at: surroundings.now())
    }

    func removeAside(_ id: StoredFile.ID) async throws {
        _ = try await remove(id, ifIt: "aside")
    }

    @discardableResult
    private func turn(_ id: StoredFile.ID, from: String, to: String, at moment: Moment) async throws -> Bool {
        try await store.write { transaction in
            try transaction.execute(
                "UPDATE file_bytes SET state = $3, changed_at = $4 WHERE file_id = $1 AND state = $2",
                id, from, to, moment) == 1
        }
    }

    /// Nobody finds the file from the first step on. Its chunks go in several; what is left when the process dies is
    /// an unfinished file.
    private func remove(_ id: StoredFile.ID, ifIt state: String) async throws -> Bool {
        guard try await turn(id, from: state, to: "unfinished", at: surroundings.now()) else { return false }
        try await drop(id)
        return true
    }

    /// From the end, so that one that was cut off goes on where it was.
    private func drop(_ id: StoredFile.ID) async throws {
        var isOver = false
        while !isOver {
            isOver = try await store.write { transaction in
                let last = try transaction.first("SELECT max(number) FROM file_chunk WHERE file_id = $1", id) {
                    try $0.optionalInteger(0)
                }
                guard let last, let last else {
                    try transaction.execute("DELETE FROM file_bytes WHERE file_id = $1 AND state = 'unfinished'", id)
                    return true
                }
                try transaction.execute(
                    "DELETE FROM file_chunk WHERE file_id = $1 AND number > $2", id, last - Self.mostChunks)
                return false
            }
        }
    }

    /// A file on its way into the database. One that is no longer than a chunk is one unit of work.
    private struct FileInChunks: UnfinishedFile {
        private let id: StoredFile.ID
        private let place: DatabasePlace
        private var waiting: [UInt8] = []
        private var chunks: Int64 = 0
        private var size = 0

        init(_ id: StoredFile.ID, in place: DatabasePlace) {
            self.id = id
            self.place = place
        }

        mutating func append(_ bytes: Data) async throws {
            waiting += bytes
            while waiting.count > place.chunkSize {
                try await write(Array(waiting[..<place.chunkSize]), isLast: false)
                waiting.removeFirst(place.chunkSize)
            }
        }

        mutating func finish() async throws {
            try await write(waiting, isLast: true)
        }

        func abandon() async {
            // What cannot be taken away now is unfinished, or known to no row, and swept in time.
            if (try? await place.remove(id, ifIt: "unfinished")) != true { _ = try? await place.remove(id) }
        }

        private mutating func write(_ chunk: [UInt8], isLast: Bool) async throws {
            let (id, number, chunkSize, all) = (id, chunks, place.chunkSize, size + chunk.count)
            let (state, now) = (isLast ? "whole" : "unfinished", place.surroundings.now())
            try await place.store.write { transaction in
                if number == 0 {
                    try transaction.execute(
                        """
                        INSERT INTO file_bytes (file_id, state, chunk_size, size, changed_at)
                        VALUES ($1, $2, $3, $4, $5)
                        """, id, state, chunkSize, all, now)
                } else {
                    let changed = try transaction.execute(
                        """
                        UPDATE file_bytes SET state = $2, size = $3, changed_at = $4
                        WHERE file_id = $1 AND state = 'unfinished'
                        """, id, state, all, now)
                    guard changed == 1 else { throw VaultError.missing }
                }
                try transaction.execute(
                    "INSERT INTO file_chunk (file_id, number, bytes) VALUES ($1, $2, $3)", id, number, chunk)
            }
            chunks += 1
            size = all
        }
    }
}

extension Transaction {
    /// The bytes of a range, out of the chunks that it lies in.
    fileprivate func sealedBytes(of id: StoredFile.ID, in range: Range<Int>, chunkSize: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var place = range.lowerBound
        while place < range.upperBound {
            let number = place / chunkSize
            let start = place - number * chunkSize
            let count = min(chunkSize - start, range.upperBound - place)
            let part = try first(
                """
                SELECT substr(bytes, CAST($3 AS INTEGER), CAST($4 AS INTEGER)) FROM file_chunk
                WHERE file_id = $1 AND number = $2
                """, id, number, start + 1, count
            ) { try $0.bytes(0) }
            guard let part, part.count == count else { throw VaultError.altered }
            bytes += part
            place += count
        }
        return bytes
    }
}
