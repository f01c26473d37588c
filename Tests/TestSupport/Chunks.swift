import NIOCore

/// Bytes that arrive in pieces, as from a network.
package struct Chunks: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer

    private let bytes: [UInt8]
    private let size: Int

    package init(bytes: [UInt8], size: Int) {
        self.bytes = bytes
        self.size = size
    }

    package func makeAsyncIterator() -> Iterator { Iterator(rest: bytes[...], size: size) }

    package struct Iterator: AsyncIteratorProtocol {
        var rest: ArraySlice<UInt8>
        let size: Int

        package mutating func next() async -> ByteBuffer? {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(size) }
            return ByteBuffer(bytes: rest.prefix(size))
        }
    }
}
