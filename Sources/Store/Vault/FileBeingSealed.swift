import Crypto
import Foundation
import NIOCore

/// A file on its way into the vault. A value that goes from one blocking step to the next; each step is done by one
/// thread at a time.
struct FileBeingSealed: Sendable {
    private let format: SealedFormat
    private let descriptor: Int32
    private let partial: String
    private var hash = SHA256()
    private var record = 0
    private(set) var size = 0

    init(partial: String, format: SealedFormat) throws {
        self.format = format
        self.partial = partial
        descriptor = Foundation.open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw IOFailure.last("open") }
        do {
            try format.header.withUnsafeBytes { try DurableFile.writeAll($0, to: descriptor) }
        } catch {
            abandon()
            throw error
        }
    }

    /// Seals and writes one record.
    mutating func add(_ plain: ByteBuffer, isLast: Bool) throws {
        try plain.withUnsafeReadableBytes { bytes in
            hash.update(bufferPointer: bytes)
            let box = try format.seal(bytes, record: record, isLast: isLast)
            try box.ciphertext.withUnsafeBytes { try DurableFile.writeAll($0, to: descriptor) }
            try box.tag.withUnsafeBytes { try DurableFile.writeAll($0, to: descriptor) }
        }
        record += 1
        size += plain.readableBytes
    }

    /// Flushes the file to the disk and gives it its name. Returns the hash of the plain bytes in hexadecimal.
    func finish(as path: String) throws -> String {
        guard fsync(descriptor) == 0 else { throw IOFailure.last("fsync") }
        try DurableFile.publish(partial, as: path)
        close(descriptor)
        return Array(hash.finalize()).hexadecimal
    }

    /// Leaves nothing behind.
    func abandon() {
        close(descriptor)
        unlink(partial)
    }
}
