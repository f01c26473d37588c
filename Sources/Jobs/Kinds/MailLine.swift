import Rights
import Store
import Synchronization

/// Keeps mails from waiting for a mail server that does not answer: there is other work, and each attempt in vain would
/// hold it up for as long as the server is given.
final class MailLine: Sendable {
    private struct State {
        var underWay: [OutgoingMessage.ID: Moment] = [:]
        var awaySince: Moment?
    }

    /// Seconds for which a server that did not answer is not asked again.
    private static let rest = 60
    /// Seconds after which one mail that is still on its way means that the server is slow.
    private static let slow = 15

    private let state = Mutex(State())

    /// Why a mail is not handed over now; nothing if it is.
    func reasonToWait(at now: Moment) -> String? {
        state.withLock { state in
            if let since = state.awaySince, (0..<Self.rest).contains(now - since) {
                return "The mail server did not answer a moment ago."
            }
            if let oldest = state.underWay.values.min(), now - oldest >= Self.slow {
                return "The mail server is still busy with another message."
            }
            return nil
        }
    }

    func begin(_ message: OutgoingMessage.ID, at now: Moment) {
        state.withLock { $0.underWay[message] = now }
    }

    func end(_ message: OutgoingMessage.ID) {
        state.withLock { _ = $0.underWay.removeValue(forKey: message) }
    }

    func noteAway(at now: Moment) {
        state.withLock { $0.awaySince = now }
    }
}
