import Crypto
import Foundation
import NIOCore

/// The sealing of one file, record after record. A value that goes from one blocking step to the next.
struct Sealing: Sendable {
    let format: SealedFormat
    private var digest = SHA256()
    private var record = 0
    /// Plain bytes so far.
    private(set) var size = 0

    init(_ format: SealedFormat) {
        self.format = format
    }

    /// Seals the next record.
    mutating func seal(_ plain: ByteBuffer, isLast: Bool) throws -> Data {
        let sealed = try plain.withUnsafeReadableBytes { bytes in
            digest.update(bufferPointer: bytes)
            return try format.seal(bytes, record: record, isLast: isLast)
        }
        record += 1
        size += plain.readableBytes
        return sealed
    }

    /// The SHA-256 of the plain bytes in hexadecimal.
    var sha256: String { Array(digest.finalize()).hexadecimal }
}
