import Crypto
import Foundation
import NIOCore

/// A file of the vault, open for reading. Its records are read by place, so many may read at once.
final class SealedFile: Sendable {
    let size: Int
    let format: SealedFormat
    private let rest: any FileAtRest

    init(_ rest: any FileAtRest, size: Int, key: DataKey, name: String) async throws {
        format = try await rest.read(0..<SealedFormat.headerSize, behind: []) {
            try SealedFormat(header: $0, key: key, name: name)
        }
        guard rest.size == format.sealedSize(of: size) else { throw VaultError.altered }
        self.rest = rest
        self.size = size
    }

    /// Hands over the plain bytes of a record, on a thread that may be kept busy.
    func record<T: Sendable>(_ number: Int, _ use: @escaping @Sendable (Data) throws -> T) async throws -> T {
        let last = format.records(in: size) - 1
        let count = number == last ? size - number * format.recordSize : format.recordSize
        let start = format.offset(of: number)
        let range = start..<(start + count + SealedFormat.tagSize)
        return try await rest.read(range, behind: SealedFormat.nonce(number)) { [format] box in
            try use(format.open(box, record: number, isLast: number == last))
        }
    }
}

/// Reads any part of a file of the vault. Every byte given out was found to be what was put in.
package struct VaultReader: Sendable {
    let file: SealedFile

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
        VaultStream(file: file, range: (range ?? 0..<size).clamped(to: 0..<size))
    }
}

/// The bytes of a file as they are decrypted, one record at a time.
package struct VaultStream: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer

    fileprivate let file: SealedFile
    fileprivate let range: Range<Int>

    fileprivate init(file: SealedFile, range: Range<Int>) {
        self.file = file
        self.range = range
    }

    package func makeAsyncIterator() -> Iterator { Iterator(stream: self, place: range.lowerBound) }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let stream: VaultStream
        fileprivate var place: Int

        package mutating func next() async throws -> ByteBuffer? {
            guard place < stream.range.upperBound else { return nil }
            let (file, end) = (stream.file, stream.range.upperBound)
            let number = place / file.format.recordSize
            let start = number * file.format.recordSize
            let part = try await file.record(number) { [place] plain in
                let first = plain.startIndex + place - start
                return ByteBuffer(bytes: plain[first..<Swift.min(plain.endIndex, plain.startIndex + end - start)])
            }
            place += part.readableBytes
            return part
        }
    }
}
