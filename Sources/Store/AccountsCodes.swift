import Rights

/// A code sent as a text message, as it is kept.
package struct StoredCode: Hashable, Sendable {
    /// What the code is asked for.
    package enum Purpose: String, Sendable {
        case signIn = "sign-in"
        /// Confirms a number that is about to be registered.
        case newNumber = "new-number"
        /// Confirms that the registered number is still theirs, before it is changed or turned off.
        case oldNumber = "old-number"
    }

    package let id: String
    package let phone: String
    /// The keyed digest of the digits.
    package let digest: String
    package let sentAt: Moment
    package let failures: Int
    package let isUsed: Bool

    package init(id: String, phone: String, digest: String, sentAt: Moment, failures: Int, isUsed: Bool) {
        self.id = id
        self.phone = phone
        self.digest = digest
        self.sentAt = sentAt
        self.failures = failures
        self.isUsed = isUsed
    }
}

extension StoredCode {
    /// The key under which a code's message is in the outbox.
    package static func messageKey(_ code: String) -> String { "security-code:\(code)" }
}

extension Transaction {
    package func addCode(
        _ id: String, of account: Holder, for purpose: StoredCode.Purpose, phone: String, digits: String,
        at now: Moment
    ) throws {
        try execute(
            """
            INSERT INTO security_code (id, account, purpose, phone, digest, sent_at) VALUES ($1, $2, $3, $4, $5, $6)
            """, id, account, purpose.rawValue, phone, codeDigest(digits, of: account), now)
    }

    /// The keyed digest of a code: the same digits mean something else for another account.
    package func codeDigest(_ digits: String, of account: Holder) -> String {
        keyedDigest("\(account.text)\u{0}\(digits)", for: "code")
    }

    /// The codes sent to an account from `moment` until now for one purpose, newest first. One that a clock that was
    /// wrong has put into the future is none, here and below.
    package func codes(
        of account: Holder, for purpose: StoredCode.Purpose, since moment: Moment, until now: Moment
    ) throws -> [StoredCode] {
        try all(
            """
            SELECT id, phone, digest, sent_at, failures, used_at FROM security_code
            WHERE account = $1 AND purpose = $2 AND sent_at >= $3 AND sent_at <= $4 ORDER BY sent_at DESC, id DESC
            """, account, purpose.rawValue, moment, Moment.latest(at: now)
        ) { row in
            StoredCode(
                id: try row.text(0), phone: try row.text(1), digest: try row.text(2), sentAt: try row.moment(3),
                failures: try row.integer(4), isUsed: try row.optionalText(5) != nil)
        }
    }

    /// When text messages went out for an account from `moment` until now whose codes nobody has used, newest first, for
    /// whatever purpose. A used code shows that its owner was there, so it holds up no other.
    package func codesUnused(of account: Holder, since moment: Moment, until now: Moment) throws -> [Moment] {
        try all(
            """
            SELECT sent_at FROM security_code
            WHERE account = $1 AND sent_at >= $2 AND sent_at <= $3 AND used_at IS NULL
            ORDER BY sent_at DESC
            """, account, moment, Moment.latest(at: now)
        ) { try $0.moment(0) }
    }

    /// Whether a code's message was tried and could not be handed over so far.
    package func isDelayed(_ code: String) throws -> Bool {
        try first(
            """
            SELECT 1 FROM outbox JOIN job ON job.dedupe_key = 'send-message:' || outbox.message_id
            WHERE outbox.dedupe_key = $1
                AND (outbox.state = 'dead' OR (outbox.state = 'queued' AND job.error IS NOT NULL))
            """, StoredCode.messageKey(code)
        ) { _ in true } ?? false
    }

    /// Uses a code up: false if somebody was quicker.
    package func useCode(_ id: String, at now: Moment) throws -> Bool {
        try execute("UPDATE security_code SET used_at = $2 WHERE id = $1 AND used_at IS NULL", id, now) == 1
    }

    /// Counts a wrong code against every code it could have been meant for.
    package func countFailure(of account: Holder, for purpose: StoredCode.Purpose, since moment: Moment) throws {
        try execute(
            """
            UPDATE security_code SET failures = failures + 1
            WHERE account = $1 AND purpose = $2 AND sent_at >= $3 AND used_at IS NULL
            """, account, purpose.rawValue, moment)
    }
}
