import Documents
import Foundation
import Synchronization

/// Bytes in memory.
struct Held: ByteSource {
    let bytes: [UInt8]
    var size: Int { bytes.count }

    init(_ bytes: [UInt8]) { self.bytes = bytes }
    init(_ text: String) { bytes = Array(text.utf8) }

    func read(_ range: Range<Int>) async throws -> [UInt8] { Array(bytes[range]) }
}

/// A file of any size that is nowhere: a beginning, nothing but zeros, and an end. Counts what is read of it.
final class Vast: ByteSource {
    let size: Int
    private let head: [UInt8]
    private let tail: [UInt8]
    private let count = Mutex(0)

    init(size: Int, head: [UInt8], tail: [UInt8]) {
        self.size = size
        self.head = head
        self.tail = tail
    }

    var bytesRead: Int { count.withLock { $0 } }

    func read(_ range: Range<Int>) async throws -> [UInt8] {
        count.withLock { $0 += range.count }
        return range.map { at in
            at < head.count ? head[at] : at >= size - tail.count ? tail[at - (size - tail.count)] : 0
        }
    }
}

/// A source whose bytes cannot be read from some place on, as when a record in the vault was damaged.
struct Damaged: ByteSource {
    struct Fault: Error {}
    let size: Int
    let readable: Int

    func read(_ range: Range<Int>) async throws -> [UInt8] {
        guard range.upperBound <= readable else { throw Fault() }
        return [UInt8](repeating: 65, count: range.count)
    }
}

/// A file of `Samples/`, made by the programs named in `make.py`.
func sample(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples")
    return Array(try Data(contentsOf: folder.appending(path: name)))
}

extension IntakeLimits {
    static let everything = IntakeLimits(accepted: Set(FileKind.allCases), maximumBytes: 4 << 30)
}

func inspect(_ bytes: [UInt8], named name: String = "file", _ limits: IntakeLimits = .everything) async throws
    -> Inspection
{
    try await Inspection.of(Held(bytes), named: name, under: limits)
}
