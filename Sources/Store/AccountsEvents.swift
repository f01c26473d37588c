import Rights

/// What happened to an account or at a door: the record that S1-22 asks for, and what the throttle counts.
package enum AccountEvent: String, CaseIterable, Sendable {
    /// Asked for and not (yet) judged right: counted as a failure from the start, so that many at once are counted.
    case wrongPassword = "wrong-password"
    case rightPassword = "right-password"
    case wrongCode = "wrong-code"
    case signedIn = "signed-in"
    case signedOut = "signed-out"
    case turnedAway = "turned-away"
    case accountRequested = "account-requested"
    case passwordForgotten = "password-forgotten"
    case passwordSet = "password-set"
    case passwordChanged = "password-changed"
    case codeSent = "code-sent"
    case secondFactorOn = "second-factor-on"
    case secondFactorChanged = "second-factor-changed"
    case secondFactorOff = "second-factor-off"
    /// By an administrator, after checking who asks (S1-31).
    case secondFactorRemoved = "second-factor-removed"
    case sessionEnded = "session-ended"
    case closed
    case reopened
    case invited
    case setUp = "set-up"
    case detailsChanged = "details-changed"
}

/// One line of the record.
package struct StoredAccountEvent: Hashable, Sendable {
    package let at: Moment
    package let kind: AccountEvent
    package let source: String
    package let isKnownDevice: Bool
    /// The administrator's label, where somebody else did it.
    package let doneBy: String
    package let note: String

    package init(
        at: Moment, kind: AccountEvent, source: String, isKnownDevice: Bool, doneBy: String = "", note: String = ""
    ) {
        self.at = at
        self.kind = kind
        self.source = source
        self.isKnownDevice = isKnownDevice
        self.doneBy = doneBy
        self.note = note
    }
}

extension Transaction {
    /// Writes a line of the record.
    ///
    /// - Parameters:
    ///   - id: so that the line can be judged afterwards, see `judgeEvent`.
    ///   - source: the network address it came from; empty for the system.
    package func addEvent(
        _ id: String, _ kind: AccountEvent, on audience: Audience, email: String, account: Holder?, source: String,
        isKnownDevice: Bool = false, doneBy: String = "", note: String = "", at now: Moment
    ) throws {
        try execute(
            """
            INSERT INTO account_event
                (id, at, kind, audience, email_digest, account, source, is_known_device, done_by, note)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """, id, now, kind.rawValue, audience.rawValue, addressDigest(email), account, source, isKnownDevice,
            doneBy, note)
    }

    /// Says what a line turned out to be.
    package func judgeEvent(_ id: String, as kind: AccountEvent) throws {
        try execute("UPDATE account_event SET kind = $2 WHERE id = $1", id, kind.rawValue)
    }

    /// The passwords tried for an address from `moment` until now, newest first, and those set for it. What a clock that
    /// was wrong has put into the future does not count, here and below.
    package func passwordsTried(
        for email: String, on audience: Audience, since moment: Moment, until now: Moment
    ) throws -> [StoredAccountEvent] {
        try all(
            """
            SELECT at, kind, source, is_known_device, done_by, note FROM account_event
            WHERE audience = $1 AND email_digest = $2 AND at >= $3 AND at <= $4
                AND kind IN ('wrong-password', 'right-password', 'password-set')
            ORDER BY at DESC, id DESC LIMIT 500
            """, audience.rawValue, addressDigest(email), moment, Moment.latest(at: now), as: storedEvent)
    }

    /// How many wrong passwords came from one source from `moment` until now, whatever the address, and when the last
    /// did.
    package func failures(
        from source: String, on audience: Audience, since moment: Moment, until now: Moment
    ) throws -> (count: Int, last: Moment?) {
        try first(
            """
            SELECT count(*), max(at) FROM account_event
            WHERE audience = $1 AND source = $2 AND at >= $3 AND at <= $4 AND kind = 'wrong-password'
            """, audience.rawValue, source, moment, Moment.latest(at: now)
        ) { (count: try $0.integer(0), last: try $0.optionalMoment(1)) } ?? (0, nil)
    }

    /// The wrong codes typed for an account from `moment` until now, newest first.
    package func wrongCodes(of account: Holder, since moment: Moment, until now: Moment) throws -> [Moment] {
        try all(
            """
            SELECT at FROM account_event WHERE account = $1 AND at > $2 AND at <= $3 AND kind = 'wrong-code'
            ORDER BY at DESC
            """, account, moment, Moment.latest(at: now)
        ) { try $0.moment(0) }
    }

    /// The record of one account, newest first.
    package func events(of account: Holder, limit: Int = 100) throws -> [StoredAccountEvent] {
        try all(
            """
            SELECT at, kind, source, is_known_device, done_by, note FROM account_event
            WHERE account = $1 ORDER BY at DESC, id DESC LIMIT $2
            """, account, limit, as: storedEvent)
    }

    private func storedEvent(_ row: Row) throws -> StoredAccountEvent {
        guard let kind = AccountEvent(rawValue: try row.text(1)) else { throw StoreError.unreadable(column: 1) }
        return StoredAccountEvent(
            at: try row.moment(0), kind: kind, source: try row.text(2), isKnownDevice: try row.flag(3),
            doneBy: try row.text(4), note: try row.text(5))
    }
}
