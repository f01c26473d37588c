import Crypto
import Foundation
import NIOCore
import NIOPosix

/// A file of the vault, open for reading. Its records are read by place, so many may read at once.
final class SealedFile: Sendable {
    let size: Int
    let format: SealedFormat
    private let descriptor: Int32

    init(path: String, size: Int, key: DataKey, name: String) throws {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw VaultError.missing }
            throw IOFailure.last("open")
        }
        do {
            var header = [UInt8](repeating: 0, count: SealedFormat.headerSize)
            try header.withUnsafeMutableBytes { try Self.fill($0, from: descriptor, at: 0) }
            format = try SealedFormat(header: header, key: key, name: name)
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw IOFailure.last("fstat") }
            guard Int(status.st_size) == format.sealedSize(of: size) else { throw VaultError.altered }
        } catch {
            close(descriptor)
            throw error
        }
        self.size = size
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// The plain bytes of a record.
    func record(_ number: Int) throws -> Data {
        let last = format.records(in: size) - 1
        let count = number == last ? size - number * format.recordSize : format.recordSize
        return try format.open(record: number, isLast: number == last, count: count) {
            try Self.fill($0, from: descriptor, at: format.offset(of: number))
        }
    }

    private static func fill(_ bytes: UnsafeMutableRawBufferPointer, from descriptor: Int32, at start: Int) throws {
        var filled = 0
        while filled < bytes.count, let base = bytes.baseAddress {
            let count = pread(descriptor, base + filled, bytes.count - filled, off_t(start + filled))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw IOFailure.last("pread") }
            guard count > 0 else { throw VaultError.altered }
            filled += count
        }
    }
}

/// Reads any part of a file of the vault. Every byte given out was found to be what was put in.
package struct VaultReader: Sendable {
    let file: SealedFile
    let threads: NIOThreadPool

    /// Plain bytes.
    package var size: Int { file.size }

    /// The bytes of a range within `0..<size`.
    ///
    /// - Throws: `VaultError.altered`.
    package func read(_ range: Range<Int>) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        for try await part in stream(range) {
            bytes += part.readableBytesView
        }
        return bytes
    }

    /// The SHA-256 of all bytes, in lower-case hexadecimal.
    ///
    /// - Throws: `VaultError.altered`.
    package func hash() async throws -> String {
        var hash = SHA256()
        for try await part in stream() {
            part.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        }
        return Array(hash.finalize()).hexadecimal
    }

    /// The bytes of a range within `0..<size`, or all, one record after another.
    package func stream(_ range: Range<Int>? = nil) -> VaultStream {
        VaultStream(file: file, threads: threads, range: (range ?? 0..<size).clamped(to: 0..<size))
    }
}

/// The bytes of a file as they are decrypted, one record at a time.
package struct VaultStream: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer

    fileprivate let file: SealedFile
    fileprivate let threads: NIOThreadPool
    fileprivate let range: Range<Int>

    fileprivate init(file: SealedFile, threads: NIOThreadPool, range: Range<Int>) {
        self.file = file
        self.threads = threads
        self.range = range
    }

    package func makeAsyncIterator() -> Iterator { Iterator(stream: self, place: range.lowerBound) }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let stream: VaultStream
        fileprivate var place: Int

        package mutating func next() async throws -> ByteBuffer? {
            guard place < stream.range.upperBound else { return nil }
            let (file, end) = (stream.file, stream.range.upperBound)
            let part = try await stream.threads.runIfActive { [place] in
                let number = place / file.format.recordSize
                let start = number * file.format.recordSize
                let plain = try file.record(number)
                let first = plain.startIndex + place - start
                return ByteBuffer(bytes: plain[first..<Swift.min(plain.endIndex, plain.startIndex + end - start)])
            }
            place += part.readableBytes
            return part
        }
    }
}
