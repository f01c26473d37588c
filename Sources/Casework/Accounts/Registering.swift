import Rights
import Store

extension Accounts {
    /// Asks for an account (S1-08 to S1-12). There is none until the mailbox is proved and a password chosen, so an
    /// account whose link was never used cannot be signed in to, and goes with its link (S1-17).
    ///
    /// The answer is the same whether or not the address has an account, and so is what is done: the same
    /// statements run, and one mail goes out, which differs.
    ///
    /// - Throws: `Problem.refused` with `email-missing`, `email-format` or `email-mismatch`.
    /// - Returns: the address as it was understood, for the page that says where the mail went.
    @discardableResult
    package func register(email: String, again: String, browser: Browser) async throws -> EmailAddress {
        var reasons = [EmailAddress.objection(to: email, field: "email")].compactMap(\.self)
        if let second = EmailAddress(again), let first = EmailAddress(email) {
            if first.text.lowercased() != second.text.lowercased() {
                reasons.append(Reason("email-mismatch", "Both email addresses must be the same", field: "confirm"))
            }
        } else if again.allSatisfy(\.isWhitespace) {
            reasons.append(Reason("email-missing", "Enter your email address again", field: "confirm"))
        } else if reasons.isEmpty {
            reasons.append(Reason("email-mismatch", "Both email addresses must be the same", field: "confirm"))
        }
        guard reasons.isEmpty else { throw Problem.refused(reasons) }
        let address = try EmailAddress.read(email)
        try await ask(.accountRequested, for: address, browser: browser) { known, transaction, now in
            if let known {
                try entrance.mailNotice(.knownAddress, to: known.email, in: transaction, at: now)
            } else {
                try entrance.mailVerification(to: address.text, in: transaction, at: now)
            }
        }
        return address
    }

    /// Asks for a new password (S1-21), with the same answer for every address.
    ///
    /// - Throws: `Problem.refused` with `email-missing` or `email-format`.
    @discardableResult
    package func forgotPassword(email: String, browser: Browser) async throws -> EmailAddress {
        let address = try EmailAddress.read(email)
        try await ask(.passwordForgotten, for: address, browser: browser) { known, transaction, now in
            if let known {
                try entrance.mailReset(to: known.email, of: known.id, in: transaction, at: now)
            } else {
                try entrance.mailNotice(.unknownAddress, to: address.text, in: transaction, at: now)
            }
        }
        return address
    }

    private func ask(
        _ event: AccountEvent, for address: EmailAddress, browser: Browser,
        mail: @escaping @Sendable (StoredAccount?, Transaction, Moment) throws -> Void
    ) async throws {
        let now = surroundings.now()
        try await entrance.commit { transaction in
            let known = try transaction.account(email: address.text, on: .portal)
            try transaction.addEvent(
                entrance.identifier(), event, on: .portal, email: address.text, account: known?.id,
                source: browser.source, at: now)
            guard try entrance.mayMail(address.text, in: transaction, at: now) else { return }
            try mail(known, transaction, now)
        }
    }

    /// What the page behind a mailed link shows. Looking uses nothing up.
    package func standing(of link: Token) async throws -> LinkStanding {
        try await entrance.standing(of: link, for: [.verify, .reset])
    }

    /// Sets the password through a mailed link, which is used up only if the password is accepted (S1-14 to S1-16,
    /// S1-21). It proves the mailbox; a reset ends every session, and never touches the second step.
    ///
    /// The browser is known from then on, and after a reset no other is: who proved the mailbox is not kept waiting by
    /// others who guess.
    ///
    /// - Throws: `Problem.refused` with the reasons of `PasswordRules`, or of the link.
    @discardableResult
    package func setPassword(
        _ password: String, again: String, through link: Token, browser: Browser
    ) async throws -> PasswordSet {
        let now = surroundings.now()
        let purposes: Set<StoredLink.Purpose> = [.verify, .reset]
        let (_, email) = try await store.read { try entrance.goodLink(link, for: purposes, in: $0, at: now) }
        let objections = entrance.passwordRules.objections(to: password, repeated: again, email: email)
        guard objections.isEmpty else { throw Problem.refused(objections) }
        let hash = try await entrance.passwords.hash(password)
        return try await entrance.commit { transaction in
            let (kept, email) = try entrance.goodLink(link, for: purposes, in: transaction, at: now)
            guard try transaction.useLink(kept.digest, at: now) else { throw Problem.notFound }
            let device = browser.knownDevice ?? entrance.token()
            guard let holder = kept.account else {
                let made = try addAccount(email: email, password: hash, in: transaction, at: now)
                try transaction.keepKnownDevice(device.digest, account: made, at: now)
                return PasswordSet(isNew: true, knownDevice: device)
            }
            guard let account = try transaction.account(holder) else { throw Problem.notFound }
            try transaction.setPassword(hash, of: holder)
            try transaction.endSessions(of: holder, at: now)
            // What somebody guessed at a browser that was known till now is not held against this one.
            try transaction.forgetKnownDevices(of: holder)
            try transaction.keepKnownDevice(device.digest, account: holder, at: now)
            try transaction.addEvent(
                entrance.identifier(), .passwordSet, on: .portal, email: account.email, account: holder,
                source: browser.source, isKnownDevice: true, at: now)
            try entrance.posting.post(.passwordChanged, to: email, on: .portal, in: transaction)
            return PasswordSet(isNew: false, knownDevice: device)
        }
    }

    private func addAccount(
        email: String, password: String, in transaction: Transaction, at now: Moment
    ) throws -> Holder {
        // Two links can be under way to one mailbox only if one was superseded, but the schema has the last word.
        guard try transaction.account(email: email, on: .portal) == nil else {
            throw Problem.refused([LinkStanding.used.reason].compactMap(\.self))
        }
        let id: Account.ID = surroundings.identifier()
        try transaction.addAccount(id, email: email, password: password, at: now)
        try transaction.addEvent(
            entrance.identifier(), .passwordSet, on: .portal, email: email, account: .requester(id), source: "",
            at: now)
        return .requester(id)
    }
}

/// A password that was set through a mailed link.
package struct PasswordSet: Hashable, Sendable {
    /// Whether this made a new account; where not, the password of one was reset.
    package let isNew: Bool
    /// For the cookie that tells the throttle that this browser is the owner's.
    package let knownDevice: Token
}
