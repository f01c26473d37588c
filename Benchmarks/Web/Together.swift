import Foundation
import Synchronization

extension ServerProcess {
    /// Does the same on so many connections, each with a thread of its own, and waits for the last.
    ///
    /// - Throws: what one of them threw.
    func together(
        _ count: Int, _ work: @escaping @Sendable (KeptConnection, _ place: Int) throws -> Void
    ) throws {
        let fault = Mutex<(any Error)?>(nil)
        let failing: @Sendable (any Error) -> Void = { error in fault.withLock { $0 = error } }
        let group = DispatchGroup()
        for place in 0..<count {
            group.enter()
            let thread = Thread { [port] in
                defer { group.leave() }
                do { try work(try KeptConnection(port: port), place) } catch { failing(error) }
            }
            thread.start()
        }
        group.wait()
        if let error = fault.withLock({ $0 }) { throw error }
    }
}
