import Foundation

/// One of the engine's places for a connection, which is made when it is first needed and again when it was lost.
///
/// Sendable, although a connection is not: a seat is in the pool's list of free ones or in the hands of one unit of
/// work, which runs on one thread from its beginning to its end, and the pool's lock lies between giving it back and
/// its next use.
final class PostgreSQLSeat: @unchecked Sendable {
    private enum Kind {
        case read
        /// A walk over everything, however long it takes.
        case readEverything
        case write
        /// A row of a queue: what others take meanwhile is passed over, and no conflict is looked for.
        case take
        /// While nobody else changes the lists.
        case lists
        /// Alone: for the migrations, which two nodes that start together must not apply both.
        case preparation
    }

    /// What became of one attempt at a unit of work.
    private enum Attempt<T> {
        case done(T)
        case refused(any Error)
        /// Nothing of it was kept, and the same again may succeed.
        case inVain(PostgreSQLFailure, any Error)
    }

    /// The locks of this program among the database's own that have only a number.
    private enum AdvisoryLock {
        static let preparation = 7_265_001
        static let contention = 7_265_002
    }

    /// A unit that met others this often waits in a line with its like, one after the other, so that it gets through.
    private static let patience = 3
    private static let mostConflicts = 20
    private static let mostLosses = 4
    /// In milliseconds. Together about as long as a restart or a standby that takes over needs.
    private static let pausesBeforeConnecting = [0, 100, 200, 400, 800, 1500, 2000, 2000, 2000]
    private static let pausesBeforeAsking = [50, 100, 200, 400, 800, 1600, 2000]

    private let address: PostgreSQLAddress
    private let limits: PostgreSQLSession.Limits
    private let history: PostgreSQLHistory
    private var session: PostgreSQLSession?

    init(_ address: PostgreSQLAddress, limits: PostgreSQLSession.Limits, history: PostgreSQLHistory) {
        self.address = address
        self.limits = limits
        self.history = history
    }

    func read<T>(_ body: (any Connection) throws -> T) throws -> T {
        try run(.read, body)
    }

    func readEverything<T>(_ body: (any Connection) throws -> T) throws -> T {
        try run(.readEverything, body)
    }

    func write<T>(_ body: (any Connection) throws -> T) throws -> T {
        try run(.write, body)
    }

    func take<T>(_ body: (any Connection) throws -> T) throws -> T {
        try run(.take, body)
    }

    func writeLists<T>(_ body: (any Connection) throws -> T) throws -> T {
        try run(.lists, body)
    }

    /// Does not wait for a server that is not there: whoever starts the program wants to know.
    func prepare<T>(_ body: (any Connection) throws -> T) throws -> T {
        if session == nil { session = try newSession() }
        return try run(.preparation, body)
    }

    func disconnect() {
        session = nil
    }

    /// Runs the unit again until it is done, refused, or was in vain too often.
    private func run<T>(_ kind: Kind, _ body: (any Connection) throws -> T) throws -> T {
        var (conflicts, losses) = (0, 0)
        var lastDuplicate: PostgreSQLFailure?
        while true {
            let session = try connected()
            let (failure, error): (PostgreSQLFailure, any Error)
            switch attempt(kind, body, on: session, inLine: kind == .write && conflicts >= Self.patience) {
            case .done(let value): return value
            case .refused(let error): throw error
            case .inVain(let found, let thrown): (failure, error) = (found, thrown)
            }
            switch failure.kind {
            case .lost:
                losses += 1
                guard losses < Self.mostLosses else { throw error }
            case .duplicate:
                // When somebody else took a number in the same moment, the second time finds another number free. When
                // it meets the same row again, the row was there all along.
                guard lastDuplicate != failure else { throw error }
                lastDuplicate = failure
                fallthrough
            case .conflict:
                conflicts += 1
                guard conflicts < Self.mostConflicts else { throw error }
                pause(after: conflicts, of: session.process)
            case .final:
                throw error
            }
        }
    }

    private func connected() throws -> PostgreSQLSession {
        if let session { return session }
        var last: any Error = StoreError.unreachable("")
        for pause in Self.pausesBeforeConnecting {
            usleep(UInt32(pause) * 1000)
            do {
                let made = try newSession()
                session = made
                return made
            } catch StoreError.unreachable(let message) {
                last = StoreError.unreachable(message)
            }
        }
        throw last
    }

    private func newSession() throws -> PostgreSQLSession {
        let made = try PostgreSQLSession(address, limits: limits)
        try history.admit(made.timeline)
        return made
    }

    /// Longer each time, and for each connection another time, so that two that met do not meet again. The number of
    /// the server's process serves as the chance in it.
    private func pause(after conflicts: Int, of process: Int) {
        let longest = 1000 << min(conflicts, 6)
        let scattered = UInt64(truncatingIfNeeded: process &* 31 &+ conflicts) &* 0x9E37_79B9_7F4A_7C15
        usleep(UInt32(longest / 2) + UInt32(scattered >> 40) % UInt32(longest / 2))
    }

    private func attempt<T>(
        _ kind: Kind, _ body: (any Connection) throws -> T, on session: PostgreSQLSession, inLine: Bool
    ) -> Attempt<T> {
        defer { if session.isLost, self.session === session { self.session = nil } }
        do {
            // Before the transaction, which would otherwise see the state from before the wait.
            if inLine { _ = try session.begin("SELECT pg_advisory_lock(\(AdvisoryLock.contention))") }
            defer { if inLine, !session.isLost { _ = try? session.begin("SELECT pg_advisory_unlock_all()") } }
            return transaction(kind, body, on: session)
        } catch {
            return outcome(of: error, in: session)
        }
    }

    private func transaction<T>(
        _ kind: Kind, _ body: (any Connection) throws -> T, on session: PostgreSQLSession
    ) -> Attempt<T> {
        let value: T
        let number: String?
        do {
            number = try begin(kind, on: session)
            value = try body(session)
            // A body that went on after a failed statement has not done what it believes.
            if let failure = session.failure { throw failure.error }
        } catch {
            let outcome: Attempt<T> = outcome(of: error, in: session)
            if !session.isLost { _ = try? session.say("ROLLBACK") }
            return outcome
        }
        do {
            // Without a limit: a server that waits for its standby and is stopped in that by a time-out says that it has
            // committed, although the standby has not. Said apart: of two statements in one text, libpq was seen to take
            // the answer to the first for the last one's when the connection broke between them.
            if number != nil { try session.say("SET LOCAL statement_timeout = 0") }
            try session.say("COMMIT")
            return .done(value)
        } catch {
            guard session.failure?.kind == .lost else { return outcome(of: error, in: session) }
            // What was read is right, whether or not the server heard that it is over.
            guard let number else { return .done(value) }
            return fate(of: number, in: session, value)
        }
    }

    private func outcome<T>(of error: any Error, in session: PostgreSQLSession) -> Attempt<T> {
        guard let failure = session.failure, failure.kind != .final else { return .refused(error) }
        return .inVain(failure, error)
    }

    /// Begins the transaction; returns its number if it may change anything, because only that can tell afterwards
    /// whether it was committed.
    private func begin(_ kind: Kind, on session: PostgreSQLSession) throws -> String? {
        switch kind {
        case .read:
            // One snapshot, which waits for nobody and is in nobody's way.
            _ = try session.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return nil
        case .readEverything:
            // It holds nobody up, so it may also be idle: a copy reads here, and compares for hours on the other side.
            _ = try session.begin(
                """
                BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
                SET LOCAL statement_timeout = 0;
                SET LOCAL lock_timeout = 0;
                SET LOCAL idle_in_transaction_session_timeout = 0
                """)
            return nil
        case .write:
            return try session.begin(
                "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT CAST(pg_current_xact_id() AS text)"
            ).plain(0, 0)
        case .take:
            return try session.begin(
                "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT CAST(pg_current_xact_id() AS text)"
            ).plain(0, 0)
        case .lists:
            // The lock before the first statement that sees anything, which therefore sees what was done while it waited.
            return try session.begin(
                """
                BEGIN ISOLATION LEVEL SERIALIZABLE;
                SET LOCAL statement_timeout = 0;
                SET LOCAL lock_timeout = 0;
                LOCK TABLE case_summary IN EXCLUSIVE MODE;
                SELECT CAST(pg_current_xact_id() AS text)
                """
            ).plain(0, 0)
        case .preparation:
            // Each statement sees what the node before has done meanwhile. A migration may take its time.
            return try session.begin(
                """
                BEGIN ISOLATION LEVEL READ COMMITTED;
                SET LOCAL statement_timeout = 0;
                SET LOCAL lock_timeout = 0;
                SELECT pg_advisory_xact_lock(\(AdvisoryLock.preparation));
                SELECT CAST(pg_current_xact_id() AS text)
                """
            ).plain(0, 0)
        }
    }

    /// The connection was lost while the commit was under way. The server is asked whether it took place, because
    /// doing it again or reporting a failure would be wrong if it did.
    private func fate<T>(of number: String, in lost: PostgreSQLSession, _ value: T) -> Attempt<T> {
        let failure = lost.failure
        session = nil
        for pause in Self.pausesBeforeAsking {
            usleep(UInt32(pause) * 1000)
            guard let session = try? connected() else { continue }
            // A standby that took over counts on from what it knew: its transaction of this number may be another.
            guard session.timeline == lost.timeline else { break }
            do {
                switch try session.begin("SELECT pg_xact_status(CAST('\(number)' AS xid8))").plain(0, 0) {
                // In another life of the server this may be another transaction, to which it gave the number again.
                case "committed" where session.life == lost.life: return .done(value)
                case "aborted": return failure.map { .inVain($0, $0.error) } ?? .refused(StoreError.outcomeUnknown)
                case "in progress": continue
                default: return .refused(StoreError.outcomeUnknown)
                }
            } catch {
                if session.isLost { self.session = nil }
            }
        }
        return .refused(StoreError.outcomeUnknown)
    }
}
