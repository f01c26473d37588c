import Foundation
import NIOPosix
import Rights

/// A folder of this machine: `incoming` for what is not finished, `set-aside`, and for all others a folder by the last
/// two characters of the identifier, which are random, so that no folder grows too long to list.
struct FolderPlace: FilePlace {
    private let folder: String
    private let threads: NIOThreadPool
    private static let incoming = "incoming"
    private static let aside = "set-aside"

    init(_ folder: String, threads: NIOThreadPool) throws {
        self.folder = folder
        self.threads = threads
        try FileManager.default.createDirectory(
            atPath: "\(folder)/\(Self.incoming)", withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    func begin(_ id: StoredFile.ID) async throws -> any UnfinishedFile {
        let (partial, path) = ("\(folder)/\(Self.incoming)/\(id.text).part", path(of: id))
        return try await threads.runIfActive { [threads] in
            try DurableFile.makeFolder((path as NSString).deletingLastPathComponent)
            return try FileBeingWritten(as: partial, then: path, threads: threads)
        }
    }

    func open(_ id: StoredFile.ID) async throws -> any FileAtRest {
        let path = path(of: id)
        return try await threads.runIfActive { [threads] in try OpenFile(path, threads: threads) }
    }

    func remove(_ id: StoredFile.ID) async throws -> Bool {
        try await unlink(path(of: id))
    }

    func removeUnfinished(before moment: Moment) async throws -> Int {
        let incoming = "\(folder)/\(Self.incoming)"
        return try await threads.runIfActive {
            try Self.names(in: incoming, before: moment).count { Foundation.unlink("\(incoming)/\($0)") == 0 }
        }
    }

    /// A batch is one folder, so that never the whole place is listed.
    func files(before moment: Moment, after cursor: String?) async throws -> FileBatch {
        try await threads.runIfActive { [folder] in
            let folders = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
                $0 != Self.incoming && $0 != Self.aside && $0 > (cursor ?? "")
            }.sorted()
            guard let first = folders.first else { return FileBatch(files: [], next: nil) }
            return FileBatch(
                files: try Self.names(in: "\(folder)/\(first)", before: moment).compactMap { StoredFile.ID($0) },
                next: folders.count > 1 ? first : nil)
        }
    }

    func aside(before moment: Moment) async throws -> [StoredFile.ID] {
        try await threads.runIfActive { [folder] in
            try Self.names(in: "\(folder)/\(Self.aside)", before: moment).compactMap { StoredFile.ID($0) }
        }
    }

    /// The moment is kept as the date of the file.
    func setAside(_ id: StoredFile.ID, at moment: Moment) async throws {
        let (from, to) = (path(of: id), pathAside(of: id))
        try await threads.runIfActive {
            let seconds = Int(moment.milliseconds / 1000)
            let times = [timeval(tv_sec: seconds, tv_usec: 0), timeval(tv_sec: seconds, tv_usec: 0)]
            guard utimes(from, times) == 0 else {
                if errno == ENOENT { return }
                throw IOFailure.last("utimes")
            }
            try Self.move(from, to)
        }
    }

    func bringBack(_ id: StoredFile.ID) async throws {
        let (from, to) = (pathAside(of: id), path(of: id))
        try await threads.runIfActive { try Self.move(from, to) }
    }

    func removeAside(_ id: StoredFile.ID) async throws {
        _ = try await unlink(pathAside(of: id))
    }

    private func path(of id: StoredFile.ID) -> String { "\(folder)/\(id.text.suffix(2))/\(id.text)" }

    private func pathAside(of id: StoredFile.ID) -> String { "\(folder)/\(Self.aside)/\(id.text)" }

    private func unlink(_ path: String) async throws -> Bool {
        try await threads.runIfActive {
            if Foundation.unlink(path) == 0 { return true }
            guard errno == ENOENT else { throw IOFailure.last("unlink") }
            return false
        }
    }

    private static func move(_ from: String, _ to: String) throws {
        try DurableFile.makeFolder((to as NSString).deletingLastPathComponent)
        guard access(from, F_OK) == 0 else { return }
        try DurableFile.publish(from, as: to)
    }

    /// What a folder holds that was last written to before an instant; nothing where there is no such folder.
    private static func names(in folder: String, before moment: Moment) throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            var status = stat()
            return stat("\(folder)/\(name)", &status) == 0 && status.st_mtim.tv_sec * 1000 < Int(moment.milliseconds)
        }
    }
}

/// A file that is being written beside its place. A value that goes from one blocking step to the next; each step is
/// done by one thread at a time.
private struct FileBeingWritten: UnfinishedFile {
    private let descriptor: Int32
    private let partial: String
    private let path: String
    private let threads: NIOThreadPool

    init(as partial: String, then path: String, threads: NIOThreadPool) throws {
        self.partial = partial
        self.path = path
        self.threads = threads
        descriptor = Foundation.open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw IOFailure.last("open") }
    }

    func append(_ bytes: Data) async throws {
        try await threads.runIfActive { [descriptor] in
            try bytes.withUnsafeBytes { try DurableFile.writeAll($0, to: descriptor) }
        }
    }

    func finish() async throws {
        try await threads.runIfActive { [descriptor, partial, path] in
            guard fsync(descriptor) == 0 else { throw IOFailure.last("fsync") }
            try DurableFile.publish(partial, as: path)
            close(descriptor)
        }
    }

    func abandon() async {
        close(descriptor)
        unlink(partial)
        // It has this name already if only the flush of its folder failed.
        unlink(path)
    }
}

/// A file of the folder, open for reading by place.
private final class OpenFile: FileAtRest {
    let size: Int
    private let descriptor: Int32
    private let threads: NIOThreadPool

    init(_ path: String, threads: NIOThreadPool) throws {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw VaultError.missing }
            throw IOFailure.last("open")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            defer { close(descriptor) }
            throw IOFailure.last("fstat")
        }
        self.descriptor = descriptor
        self.threads = threads
        size = Int(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    func read<T: Sendable>(
        _ range: Range<Int>, behind prefix: [UInt8], _ use: @escaping @Sendable ([UInt8]) throws -> T
    ) async throws -> T {
        try await threads.runIfActive { [self] in
            // Not cleared before it is filled.
            let bytes = try [UInt8](unsafeUninitializedCapacity: prefix.count + range.count) { bytes, filled in
                let room = UnsafeMutableRawBufferPointer(bytes)
                room.copyBytes(from: prefix)
                try fill(UnsafeMutableRawBufferPointer(rebasing: room[prefix.count...]), at: range.lowerBound)
                filled = prefix.count + range.count
            }
            return try use(bytes)
        }
    }

    private func fill(_ bytes: UnsafeMutableRawBufferPointer, at start: Int) throws {
        var filled = 0
        while filled < bytes.count, let base = bytes.baseAddress {
            let count = pread(descriptor, base + filled, bytes.count - filled, off_t(start + filled))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                // What the disk cannot read any more is as good as changed.
                if errno == EIO { throw VaultError.altered }
                throw IOFailure.last("pread")
            }
            guard count > 0 else { throw VaultError.altered }
            filled += count
        }
    }
}
