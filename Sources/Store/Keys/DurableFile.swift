import Foundation

/// A small file that is either there whole, on the disk, or not there at all.
enum DurableFile {
    /// Writes beside the target, flushes and renames. Only the owner can read the file.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let partial = path + ".part"
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw IOFailure.last("open") }
        do {
            defer { close(descriptor) }
            try bytes.withUnsafeBytes { try writeAll($0, to: descriptor) }
            guard fsync(descriptor) == 0 else { throw IOFailure.last("fsync") }
        } catch {
            unlink(partial)
            throw error
        }
        try publish(partial, as: path)
    }

    /// Gives a finished, flushed file its name, durably.
    static func publish(_ partial: String, as path: String) throws {
        guard rename(partial, path) == 0 else { throw IOFailure.last("rename") }
        try flushFolder((path as NSString).deletingLastPathComponent)
    }

    /// Makes a folder, durably, if it is not there. Only the owner can look into it.
    static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 else {
            guard errno == EEXIST else { throw IOFailure.last("mkdir") }
            return
        }
        try flushFolder((path as NSString).deletingLastPathComponent)
    }

    private static func flushFolder(_ path: String) throws {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw IOFailure.last("open") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw IOFailure.last("fsync") }
    }

    static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            let count = Foundation.write(descriptor, base, rest.count)
            if count < 0 {
                guard errno == EINTR else { throw IOFailure.last("write") }
                continue
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }
}

enum IOFailure {
    /// The error of the system call that just failed.
    static func last(_ call: String) -> StoreError {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return .diskFull }
        return .system(call: call, code: Int(code))
    }
}
