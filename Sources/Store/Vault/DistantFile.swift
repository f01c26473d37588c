import NIOPosix
import Synchronization

/// A sealed file that each question for is a journey: more is fetched than is asked for, because readers go forward.
final class DistantFile: FileAtRest {
    /// What is fetched at first, and what at most: whoever has read to the end of what was fetched will read on.
    private static let reach = (least: 1 << 20, most: 4 << 20)

    let size: Int
    private let threads: NIOThreadPool
    private let fetch: @Sendable (Range<Int>) async throws -> [UInt8]
    private let window = Mutex<(start: Int, bytes: [UInt8])>((0, []))

    /// - Parameter fetch: the sealed bytes of a range within the file.
    init(size: Int, threads: NIOThreadPool, fetch: @escaping @Sendable (Range<Int>) async throws -> [UInt8]) {
        self.size = size
        self.threads = threads
        self.fetch = fetch
    }

    func read<T: Sendable>(
        _ range: Range<Int>, behind prefix: [UInt8], _ use: @escaping @Sendable ([UInt8]) throws -> T
    ) async throws -> T {
        guard range.upperBound <= size else { throw VaultError.altered }
        let (start, bytes) = try await window(over: range)
        return try await threads.runIfActive {
            try use(prefix + bytes[(range.lowerBound - start)..<(range.upperBound - start)])
        }
    }

    private func window(over range: Range<Int>) async throws -> (start: Int, bytes: [UInt8]) {
        let held = window.withLock { $0 }
        if held.start <= range.lowerBound, range.upperBound <= held.start + held.bytes.count { return held }
        let goesOn = range.contains(held.start + held.bytes.count)
        let reach = max(Self.reach.least, goesOn ? min(2 * held.bytes.count, Self.reach.most) : 0)
        let wanted = range.lowerBound..<min(size, max(range.upperBound, range.lowerBound + reach))
        let bytes = try await fetch(wanted)
        guard bytes.count == wanted.count else { throw VaultError.altered }
        window.withLock { $0 = (wanted.lowerBound, bytes) }
        return (wanted.lowerBound, bytes)
    }
}
