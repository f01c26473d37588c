import Synchronization

/// The newest of the histories that this process has seen its server write. A standby that takes over begins a new one. A
/// primary that was dead and comes back still writes the old one: what it acknowledged would be lost.
final class PostgreSQLHistory: Sendable {
    private let newest = Mutex("")

    /// - Parameter timeline: eight hexadecimal digits, counted up.
    /// - Throws: `StoreError.unreachable` for an older one than was seen.
    func admit(_ timeline: String) throws {
        let isOld = newest.withLock { newest in
            newest = max(newest, timeline)
            return timeline < newest
        }
        guard !isOld else {
            throw StoreError.unreachable("a primary answers whose place another has taken: keep it from starting")
        }
    }
}
