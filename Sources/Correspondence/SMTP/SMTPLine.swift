import Synchronization

/// Mails that wait for the one connection. When the server does not answer about one, those that wait already are not
/// tried after it: each would wait as long, and who waits for them with it.
final class SMTPLine: Sendable {
    private struct State {
        var issued = 0
        var sentAway = 0
    }

    private let state = Mutex(State())

    func ticket() -> Int {
        state.withLock { state in
            state.issued += 1
            return state.issued
        }
    }

    func admits(_ ticket: Int) -> Bool {
        state.withLock { ticket > $0.sentAway }
    }

    func sendAway() {
        state.withLock { $0.sentAway = $0.issued }
    }
}
