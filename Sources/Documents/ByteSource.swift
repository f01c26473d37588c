/// Bytes that can be read in any order without being held in memory: a file in the vault, decrypted as it is read.
package protocol ByteSource: Sendable {
    /// How many bytes there are.
    var size: Int { get }
    /// The bytes of a range that lies within `0..<size`. Throws when they cannot be read; a file that cannot be read
    /// is never taken for a sound one.
    func read(_ range: Range<Int>) async throws -> [UInt8]
}

/// A source that remembers the last window it read, because structures are followed in small steps that lie close
/// together. Holds 256 KiB, however large the file is.
struct Reading {
    /// How far a step looks.
    static let window = 64 * 1024
    /// How much is read at once: as much as the vault opens at once. With less it would open every part of a file that
    /// is searched from end to end several times.
    private static let span = 256 * 1024

    let size: Int
    private let source: any ByteSource
    private var held: [UInt8] = []
    private var heldFrom = 0

    init(_ source: any ByteSource) {
        self.source = source
        size = source.size
    }

    /// At most `count` bytes from an offset; fewer at the end of the file, none beyond it.
    mutating func bytes(at offset: Int, _ count: Int) async throws -> Bytes {
        guard offset >= 0, offset < size, count > 0 else { return Bytes([]) }
        let end = count > size - offset ? size : offset + count
        if offset < heldFrom || end > heldFrom + held.count {
            heldFrom = offset
            held = try await source.read(offset..<min(size, max(end, offset + Reading.span)))
        }
        return Bytes(Array(held[(offset - heldFrom)..<(end - heldFrom)]))
    }

    /// The last bytes, at most `count`, and where they begin.
    mutating func tail(_ count: Int) async throws -> (bytes: Bytes, from: Int) {
        let from = max(0, size - count)
        return (try await bytes(at: from, count), from)
    }

    /// Where a pattern first occurs at or after an offset, reading the file window by window.
    ///
    /// - Parameter reach: how far to look, where a hostile file could make us look often.
    mutating func first(_ pattern: [UInt8], from start: Int, reach: Int = .max) async throws -> Int? {
        var offset = start
        while offset < size, offset - start < reach {
            let part = try await bytes(at: offset, Reading.window)
            if let found = part.first(pattern) { return offset + found }
            offset += max(1, part.count - (pattern.count - 1))
            if part.count < pattern.count { return nil }
        }
        return nil
    }
}
