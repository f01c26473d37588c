import Rights
import Store

/// A session that was just opened. Its token is new, whatever cookies came along.
package struct NewSession: Hashable, Sendable {
    package let token: Token
    /// For a cookie that outlives the session and tells the throttle that this browser is the owner's.
    package let knownDevice: Token
    /// When the cookie ends; nothing where it ends with the browser.
    package let keptUntil: Moment?
}

extension Entrance {
    /// Lets somebody in, and ends the session whose cookie came along: no token lives through a sign-in.
    func openSession(
        for account: StoredAccount, keep: Bool, browser: Browser, in transaction: Transaction, at now: Moment
    ) throws -> NewSession {
        let isKept = keep && audience == .portal
        let end = now + (isKept ? rules.keptLongest : rules.longest)
        let opened = NewSession(
            token: token(), knownDevice: browser.knownDevice ?? token(), keptUntil: isKept ? end : nil)
        let session = StoredSession(
            id: surroundings.identifier(), account: account.id, createdAt: now, seenAt: now,
            idleSeconds: isKept ? rules.keptIdle : rules.idle, endsAt: end, isKept: isKept, device: browser.device)
        if let old = browser.session { try transaction.endSession(digest: old.digest, at: now) }
        try transaction.addSession(session, digest: opened.token.digest)
        try transaction.keepKnownDevice(opened.knownDevice.digest, account: account.id, at: now)
        try record(.signedIn, for: account, source: browser.source, in: transaction, at: now)
        try transaction.recordAccess(.signedIn, of: nil, by: account.id.skeleton, at: now)
        return opened
    }

    /// The open session of a cookie's token, and whose it is. A session that nobody used for long, or whose account
    /// was closed, is none. That it was seen is kept once a minute at most.
    ///
    /// - Parameter find: finds whose it is, in the same read, because every request asks for both.
    func session<Owner: Sendable>(
        _ token: Token, of find: @escaping @Sendable (Transaction, Holder) throws -> Owner?
    ) async throws -> (session: StoredSession, owner: Owner)? {
        let now = surroundings.now()
        let found = try await store.read { transaction -> (session: StoredSession, owner: Owner)? in
            guard let session = try transaction.session(token.digest, on: audience),
                let owner = try find(transaction, session.account)
            else { return nil }
            return (session, owner)
        }
        guard let found, found.session.isOpen(at: now) else { return nil }
        if now - found.session.seenAt >= 60 {
            try await store.write { try $0.touchSession(found.session.id, at: now) }
        }
        return found
    }

    /// The open sessions of an account, the last seen first.
    package func sessions(of account: Holder) async throws -> [StoredSession] {
        let now = surroundings.now()
        return try await store.read { try $0.sessions(of: account, at: now) }
    }

    /// Ends one session of an account.
    ///
    /// - Throws: `Problem.notFound` if the account has no such open session.
    package func endSession(_ id: StoredSession.ID, of account: Holder) async throws {
        let now = surroundings.now()
        try await store.write { transaction in
            guard try transaction.endSession(id, of: account, at: now), let owner = try transaction.account(account)
            else { throw Problem.notFound }
            try record(.sessionEnded, for: owner, in: transaction, at: now)
        }
    }

    /// Ends every session of an account but the one in use.
    package func endOtherSessions(of account: Holder, except current: StoredSession.ID) async throws {
        let now = surroundings.now()
        try await store.write { transaction in
            guard let owner = try transaction.account(account) else { throw Problem.notFound }
            try transaction.endSessions(of: account, except: current, at: now)
            try record(.sessionEnded, for: owner, in: transaction, at: now)
        }
    }

    /// Ends the session of a cookie.
    package func signOut(_ token: Token) async throws {
        let now = surroundings.now()
        try await store.write { transaction in
            guard let session = try transaction.session(token.digest, on: audience),
                let account = try transaction.account(session.account)
            else { return }
            try transaction.endSession(digest: token.digest, at: now)
            try record(.signedOut, for: account, in: transaction, at: now)
            try transaction.recordAccess(.signedOut, of: nil, by: account.id.skeleton, at: now)
        }
    }

    /// Removes what nobody can use any more: for a job once a day.
    package func sweep() async throws {
        let now = surroundings.now()
        try await store.write {
            try $0.sweepAccounts(before: now + -rules.remnants, recordBefore: now + -rules.record)
        }
    }

    /// Writes a line of the account's record.
    func record(
        _ kind: AccountEvent, for account: StoredAccount, source: String = "", by: String = "", note: String = "",
        in transaction: Transaction, at now: Moment
    ) throws {
        try transaction.addEvent(
            identifier(), kind, on: audience, email: account.email, account: account.id, source: source, doneBy: by,
            note: note, at: now)
    }
}

extension Holder {
    /// How the access log names them: an identifier, never a person's name.
    var skeleton: String {
        switch self {
        case .requester(let id): "requester:\(id)"
        case .staff(let id): "staff:\(id)"
        }
    }
}
