/// What the server, or the way to it, answered instead of what was asked.
struct PostgreSQLFailure: Error, Hashable {
    /// What can be done about it.
    enum Kind: Hashable {
        /// Another unit of work was in the way: the same again may succeed.
        case conflict
        /// A row with the same key is there, perhaps since a moment ago.
        case duplicate
        /// The connection is no more.
        case lost
        /// The same again would fail again.
        case final
    }

    /// The five letters of SQLSTATE; empty where the way to the server failed.
    let state: String
    /// The first line, which names tables and constraints. In class 22 it repeats the value that was wrong.
    let message: String
    /// May hold values of the row: only ever compared, never shown or logged.
    let detail: String
    let constraint: String
    let isLost: Bool

    /// Whether the server ended the session because a unit of work did nothing for too long. libpq, which finds the
    /// connection closed, passes on the server's words and not its letters.
    private var wasIdle: Bool { state == "25P03" || message.contains("idle-in-transaction timeout") }

    var kind: Kind {
        if isLost { return .lost }
        return switch state {
        case "40001", "40P01": .conflict
        case "23505": .duplicate
        // The server is stopping, has stopped, or has given the session up; what libpq says itself has no letters.
        case "", "57P01", "57P02", "57P03", "57P05", "25P03", "08000", "08003", "08006": .lost
        default: .final
        }
    }

    var error: StoreError {
        switch kind {
        // Somebody else may do better, or the same at another time: it is not the server that is away.
        case .lost: return wasIdle ? .tookTooLong : .unreachable(message)
        case .conflict: return .busy
        case .duplicate: return .notUnique(constraint)
        case .final: break
        }
        switch state {
        case "55P03": return .busy
        case "57014": return .tookTooLong
        case "53100": return .diskFull
        case "XX001", "XX002": return .damaged(message)
        default: break
        }
        if state.hasPrefix("23") { return .constraintViolated(message) }
        return .engine(code: state, message: state.hasPrefix("22") ? "a value is not of its type" : message)
    }
}
