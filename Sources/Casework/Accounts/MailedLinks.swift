import Rights
import Store

/// What a mailed link is good for.
package enum LinkStanding: Hashable, Sendable {
    /// It can be used; the address is the one it was sent to.
    case good(StoredLink, email: String)
    case used
    case expired
    /// A newer one was sent.
    case superseded
    /// It is none of ours.
    case unknown
}

extension Entrance {
    /// Looks at a link without using it up, as a mail scanner does too (S1-14).
    package func standing(of link: Token, for purposes: Set<StoredLink.Purpose>) async throws -> LinkStanding {
        let now = surroundings.now()
        return try await store.read { try standing(of: link, for: purposes, in: $0, at: now) }
    }

    func standing(
        of link: Token, for purposes: Set<StoredLink.Purpose>, in transaction: Transaction, at now: Moment
    ) throws -> LinkStanding {
        guard let kept = try transaction.link(link.digest), purposes.contains(kept.purpose) else { return .unknown }
        guard !kept.isUsed else { return .used }
        guard !kept.isSuperseded else { return .superseded }
        // One that was sent in the future, while the clock was wrong, would live until then.
        guard now < kept.expiresAt, kept.sentAt <= Moment.latest(at: now) else { return .expired }
        guard let email = try address(of: kept, in: transaction) else { return .unknown }
        return .good(kept, email: email)
    }

    /// The address a link was sent to, if what it is for still stands.
    private func address(of link: StoredLink, in transaction: Transaction) throws -> String? {
        guard let account = link.account else { return link.email }
        guard let stored = try transaction.account(account), !stored.isClosed else { return nil }
        return stored.email
    }

    /// The link, which must be good.
    ///
    /// - Throws: `Problem.refused` with `link-used`, `link-expired`, `link-superseded` or `link-unknown`.
    func goodLink(
        _ link: Token, for purposes: Set<StoredLink.Purpose>, in transaction: Transaction, at now: Moment
    ) throws -> (link: StoredLink, email: String) {
        let standing = try standing(of: link, for: purposes, in: transaction, at: now)
        guard case .good(let kept, let email) = standing else {
            throw Problem.refused([standing.reason].compactMap(\.self))
        }
        return (kept, email)
    }

    /// Whether a mail with a link may go to an address now. Where it may not, nothing is said: the last mail is
    /// on its way.
    func mayMail(_ email: String, in transaction: Transaction, at now: Moment) throws -> Bool {
        let sent = try transaction.linksUnused(to: email, on: audience, since: now + -3600, until: now)
        guard sent.count < rules.mostMailsInAnHour else { return false }
        guard let newest = sent.first else { return true }
        return now - newest >= rules.mailDelay
    }

    /// Sends another link in place of one that was used up by time or by a newer one. Whoever holds the old link
    /// read the mailbox once; the new one goes to the mailbox and nowhere else.
    package func sendLinkAgain(_ link: Token) async throws {
        let now = surroundings.now()
        try await commit { transaction in
            guard let kept = try transaction.link(link.digest), !kept.isUsed,
                let email = try address(of: kept, in: transaction),
                try mayMail(email, in: transaction, at: now)
            else { return }
            switch kept.purpose {
            case .verify: try mailVerification(to: email, in: transaction, at: now)
            case .reset:
                guard let account = kept.account else { return }
                try mailReset(to: email, of: account, in: transaction, at: now)
            // Staff ask an administrator, who sees who asks.
            case .invite, .bootstrap, .none: return
            }
        }
    }

    func mailVerification(to email: String, in transaction: Transaction, at now: Moment) throws {
        let link = token()
        let until = now + rules.verifyLink
        try transaction.addLink(
            link.digest, for: .verify, on: audience, email: email, account: nil, at: now, until: until)
        try posting.post(.verify(link, until: until), to: email, on: audience, in: transaction)
    }

    func mailReset(to email: String, of account: Holder, in transaction: Transaction, at now: Moment) throws {
        let link = token()
        let until = now + rules.resetLink
        try transaction.addLink(
            link.digest, for: .reset, on: audience, email: email, account: account, at: now, until: until)
        try posting.post(.reset(link, until: until), to: email, on: audience, in: transaction)
    }

    /// Tells an address that it has an account already, or none. A link that leads nowhere is kept, so that asking
    /// costs the same either way and the delay between mails holds.
    func mailNotice(_ mail: AccountMail, to email: String, in transaction: Transaction, at now: Moment) throws {
        let link = token()
        try transaction.addLink(
            link.digest, for: .none, on: audience, email: email, account: nil, at: now, until: now + rules.resetLink)
        try posting.post(mail, to: email, on: audience, in: transaction)
    }
}

extension LinkStanding {
    /// Why the link cannot be used; nothing when it can.
    package var reason: Reason? {
        switch self {
        case .good: nil
        case .used: Reason("link-used", "This link has been used already. Each link works once.")
        case .expired: Reason("link-expired", "This link has expired.")
        case .superseded:
            Reason("link-superseded", "We have sent you a newer link. Use the one in the latest email.")
        case .unknown:
            Reason(
                "link-unknown", "This link is not right. Check that you have copied all of it from the email.")
        }
    }
}
