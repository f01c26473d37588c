import Rights

/// A signed-in browser, as it is kept.
package struct StoredSession: Hashable, Sendable {
    package typealias ID = Identifier<StoredSession>

    package let id: ID
    package let account: Holder
    package let createdAt: Moment
    package let seenAt: Moment
    /// It ends after this many seconds without a visit.
    package let idleSeconds: Int
    /// It ends then, visits or not.
    package let endsAt: Moment
    /// "Keep me logged in" was ticked (S1-20).
    package let isKept: Bool
    /// The browser in words: `Firefox on Windows`.
    package let device: String

    package init(
        id: ID, account: Holder, createdAt: Moment, seenAt: Moment, idleSeconds: Int, endsAt: Moment, isKept: Bool,
        device: String
    ) {
        self.id = id
        self.account = account
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.idleSeconds = idleSeconds
        self.endsAt = endsAt
        self.isKept = isKept
        self.device = device
    }

    /// Whether it can still be used. One that was begun in the future, while a clock was wrong, cannot: it would last
    /// until then.
    package func isOpen(at now: Moment) -> Bool {
        now < endsAt && now - seenAt < idleSeconds && createdAt <= Moment.latest(at: now)
    }
}

extension Transaction {
    /// Adds a session, known by the digest of its token.
    package func addSession(_ session: StoredSession, digest: String) throws {
        try execute(
            """
            INSERT INTO session (id, digest, account, created_at, seen_at, idle_seconds, ends_at, is_kept, device)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, session.id, digest, session.account, session.createdAt, session.seenAt, session.idleSeconds,
            session.endsAt, session.isKept, session.device)
    }

    /// The session of a token's digest and its account, if it was not ended and the account is open.
    package func session(_ digest: String, on audience: Audience) throws -> StoredSession? {
        try first(
            """
            SELECT session.id, session.account, account.audience, session.created_at, session.seen_at,
                session.idle_seconds, session.ends_at, session.is_kept, session.device
            FROM session JOIN account ON account.id = session.account
            WHERE session.digest = $1 AND session.ended_at IS NULL
                AND account.audience = $2 AND account.closed_at IS NULL AND account.password IS NOT NULL
            """, digest, audience.rawValue, as: storedSession)
    }

    /// The sessions of an account that are open now, the last seen first.
    package func sessions(of account: Holder, at now: Moment) throws -> [StoredSession] {
        try all(
            """
            SELECT session.id, session.account, account.audience, session.created_at, session.seen_at,
                session.idle_seconds, session.ends_at, session.is_kept, session.device
            FROM session JOIN account ON account.id = session.account
            WHERE session.account = $1 AND session.ended_at IS NULL ORDER BY session.seen_at DESC, session.id DESC
            """, account, as: storedSession
        ).filter { $0.isOpen(at: now) }
    }

    /// Notes that a session was used.
    package func touchSession(_ id: StoredSession.ID, at now: Moment) throws {
        try execute("UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2", id, now)
    }

    /// Ends one session of an account; false if it has no such session.
    package func endSession(_ id: StoredSession.ID, of account: Holder, at now: Moment) throws -> Bool {
        try execute(
            "UPDATE session SET ended_at = $3 WHERE id = $1 AND account = $2 AND ended_at IS NULL", id, account, now)
            == 1
    }

    /// Ends the session of a token's digest, if there is one.
    package func endSession(digest: String, at now: Moment) throws {
        try execute("UPDATE session SET ended_at = $2 WHERE digest = $1 AND ended_at IS NULL", digest, now)
    }

    /// Ends every session of an account but one, and every sign-in that waits for its code. Returns how many
    /// sessions.
    @discardableResult
    package func endSessions(of account: Holder, except kept: StoredSession.ID? = nil, at now: Moment) throws -> Int {
        try execute("UPDATE sign_in_step SET used_at = $2 WHERE account = $1 AND used_at IS NULL", account, now)
        return try execute(
            """
            UPDATE session SET ended_at = $3
            WHERE account = $1 AND ended_at IS NULL AND id <> $2
            """, account, kept?.text ?? "", now)
    }

    private func storedSession(_ row: Row) throws -> StoredSession {
        StoredSession(
            id: try row.identifier(0), account: try row.holder(1, audience: 2), createdAt: try row.moment(3),
            seenAt: try row.moment(4), idleSeconds: try row.integer(5), endsAt: try row.moment(6),
            isKept: try row.flag(7), device: try row.text(8))
    }
}

/// A sign-in whose password was right and whose code is awaited. It opens nothing.
package struct StoredSignInStep: Hashable, Sendable {
    package let account: Holder
    package let keep: Bool
    package let expiresAt: Moment
}

extension Transaction {
    /// Keeps that somebody gave the right password and has still to give the code, until it expires.
    package func addSignInStep(_ digest: String, account: Holder, keep: Bool, until expiry: Moment) throws {
        try execute(
            "INSERT INTO sign_in_step (digest, account, keep, expires_at) VALUES ($1, $2, $3, $4)",
            digest, account, keep, expiry)
    }

    /// The step of a token's digest on one site, unless it was used or its time is over.
    package func signInStep(_ digest: String, on audience: Audience, at now: Moment) throws -> StoredSignInStep? {
        try first(
            """
            SELECT sign_in_step.account, account.audience, sign_in_step.keep, sign_in_step.expires_at
            FROM sign_in_step JOIN account ON account.id = sign_in_step.account
            WHERE sign_in_step.digest = $1 AND sign_in_step.used_at IS NULL AND sign_in_step.expires_at > $2
                AND account.audience = $3 AND account.closed_at IS NULL
            """, digest, now, audience.rawValue
        ) {
            StoredSignInStep(
                account: try $0.holder(0, audience: 1), keep: try $0.flag(2), expiresAt: try $0.moment(3))
        }
    }

    /// Uses a step up: false if somebody was quicker.
    package func useSignInStep(_ digest: String, at now: Moment) throws -> Bool {
        try execute("UPDATE sign_in_step SET used_at = $2 WHERE digest = $1 AND used_at IS NULL", digest, now) == 1
    }

    /// Remembers a browser from which this account was signed in to.
    package func keepKnownDevice(_ digest: String, account: Holder, at now: Moment) throws {
        try execute(
            """
            INSERT INTO known_device (digest, account, seen_at) VALUES ($1, $2, $3)
            ON CONFLICT (digest) DO UPDATE SET account = excluded.account, seen_at = excluded.seen_at
            """, digest, account, now)
    }

    /// Forgets every browser that was known to an account.
    package func forgetKnownDevices(of account: Holder) throws {
        try execute("DELETE FROM known_device WHERE account = $1", account)
    }

    /// Whether this browser signed in to the account since `moment`. Asked for no account as well, because an answer
    /// that comes sooner would tell that there is none.
    package func isKnownDevice(_ digest: String, of account: Holder?, since moment: Moment) throws -> Bool {
        try first(
            "SELECT 1 FROM known_device WHERE digest = $1 AND account = $2 AND seen_at >= $3", digest, account, moment
        ) { _ in true } ?? false
    }

    /// Removes what nobody can use any more: steps, links, codes and sessions over before `moment`, and the record and
    /// the known browsers before `recordMoment`.
    package func sweepAccounts(before moment: Moment, recordBefore recordMoment: Moment) throws {
        try execute("DELETE FROM sign_in_step WHERE expires_at < $1", moment)
        try forgetLinks(expiredBefore: moment)
        try execute("DELETE FROM security_code WHERE sent_at < $1", moment)
        try execute("DELETE FROM session WHERE ends_at < $1 OR ended_at < $1", moment)
        try execute("DELETE FROM known_device WHERE seen_at < $1", recordMoment)
        try execute("DELETE FROM account_event WHERE at < $1", recordMoment)
    }
}
