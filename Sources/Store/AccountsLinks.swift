import Rights

/// A mailed link as it is kept.
package struct StoredLink: Hashable, Sendable {
    /// What using a link does.
    package enum Purpose: String, Sendable {
        /// Proves the mailbox and sets the first password (S1-14).
        case verify
        /// Sets a new password (S1-21).
        case reset
        /// Lets a member of staff set a password and a second factor.
        case invite
        /// The same for the first administrator.
        case bootstrap
        /// Leads nowhere: it stands for a mail to an address without an account, so that asking costs the same.
        case none
    }

    package let digest: String
    package let purpose: Purpose
    /// The address that a `verify` link proves.
    package let email: String?
    package let account: Holder?
    package let sentAt: Moment
    package let expiresAt: Moment
    package let isUsed: Bool
    /// A newer link for the same account took its place.
    package let isSuperseded: Bool
}

extension Transaction {
    /// Keeps a link that is about to be mailed. Links of the same purpose to the same address that were not used
    /// lose their worth; others do not, so that nobody who only knows the address can spoil them.
    package func addLink(
        _ digest: String, for purpose: StoredLink.Purpose, on audience: Audience, email: String, account: Holder?,
        at now: Moment, until expiry: Moment
    ) throws {
        try execute(
            """
            UPDATE mailed_link SET superseded_at = $3
            WHERE audience = $1 AND email_digest = $2 AND used_at IS NULL AND superseded_at IS NULL AND purpose = $4
            """, audience.rawValue, addressDigest(email), now, purpose.rawValue)
        try execute(
            """
            INSERT INTO mailed_link (digest, purpose, audience, email_digest, email, account, sent_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """, digest, purpose.rawValue, audience.rawValue, addressDigest(email), purpose == .verify ? email : nil,
            account, now, expiry)
    }

    /// The mailed link whose token has this digest; nothing where there is none.
    package func link(_ digest: String) throws -> StoredLink? {
        try first(
            """
            SELECT digest, purpose, email, account, audience, sent_at, expires_at, used_at, superseded_at
            FROM mailed_link WHERE digest = $1
            """, digest
        ) { row in
            guard let purpose = StoredLink.Purpose(rawValue: try row.text(1)) else {
                throw StoreError.unreadable(column: 1)
            }
            return StoredLink(
                digest: try row.text(0), purpose: purpose,
                email: try row.optionalText(2),
                account: try row.optionalText(3) == nil ? nil : try row.holder(3, audience: 4),
                sentAt: try row.moment(5), expiresAt: try row.moment(6), isUsed: try row.optionalText(7) != nil,
                isSuperseded: try row.optionalText(8) != nil)
        }
    }

    /// Uses a link up: false if somebody was quicker.
    package func useLink(_ digest: String, at now: Moment) throws -> Bool {
        try execute(
            "UPDATE mailed_link SET used_at = $2 WHERE digest = $1 AND used_at IS NULL AND superseded_at IS NULL",
            digest, now) == 1
    }

    /// Takes the worth from every unused link that went to an address.
    package func supersedeLinks(to email: String, on audience: Audience, at now: Moment) throws {
        try execute(
            """
            UPDATE mailed_link SET superseded_at = $3
            WHERE audience = $1 AND email_digest = $2 AND used_at IS NULL AND superseded_at IS NULL
            """, audience.rawValue, addressDigest(email), now)
    }

    /// When mails with links went to an address from `moment` until now that nobody has followed to the end, newest
    /// first: what the delay is counted from. A used link shows that its owner has the mail, so it holds up no other, and
    /// neither does one that a clock that was wrong has put into the future.
    package func linksUnused(
        to email: String, on audience: Audience, since moment: Moment, until now: Moment
    ) throws -> [Moment] {
        try all(
            """
            SELECT sent_at FROM mailed_link
            WHERE audience = $1 AND email_digest = $2 AND sent_at >= $3 AND sent_at <= $4 AND used_at IS NULL
            ORDER BY sent_at DESC
            """, audience.rawValue, addressDigest(email), moment, Moment.latest(at: now)
        ) { try $0.moment(0) }
    }

    /// Forgets links that have expired before this moment, with the addresses that asked for an account and never
    /// proved to be somebody's (S1-17), and what was chosen behind them.
    @discardableResult
    package func forgetLinks(expiredBefore moment: Moment) throws -> Int {
        try execute(
            "DELETE FROM setting_up WHERE link IN (SELECT digest FROM mailed_link WHERE expires_at < $1)", moment)
        return try execute("DELETE FROM mailed_link WHERE expires_at < $1", moment)
    }
}

/// What a member of staff has chosen while setting up, before the code that proves their second factor.
package struct SettingUp: Hashable, Sendable {
    package let password: String
    package let factor: SecondFactor

    package init(password: String, factor: SecondFactor) {
        self.password = password
        self.factor = factor
    }
}

extension Transaction {
    /// Keeps what was chosen behind a set-up link, in place of an earlier choice.
    package func keepSettingUp(_ choice: SettingUp, behind link: String) throws {
        var phone: String?
        var sealed: String?
        switch choice.factor {
        case .none: break
        case .text(let number): phone = number
        case .app(let secret, _): sealed = try sealSecret(secret, of: link)
        }
        try execute(
            """
            INSERT INTO setting_up (link, password, phone, app_secret) VALUES ($1, $2, $3, $4)
            ON CONFLICT (link) DO UPDATE
            SET password = excluded.password, phone = excluded.phone, app_secret = excluded.app_secret
            """, link, choice.password, phone, sealed)
    }

    /// What somebody has chosen so far while setting up by this link; its second factor is not proved yet.
    package func settingUp(behind link: String) throws -> SettingUp? {
        try first("SELECT password, phone, app_secret FROM setting_up WHERE link = $1", link) { row in
            var factor = SecondFactor.none
            if let phone = try row.optionalText(1) {
                factor = .text(phone: phone)
            } else if let sealed = try row.optionalText(2) {
                factor = .app(secret: try openSecret(sealed, of: link), lastStep: nil)
            }
            return SettingUp(password: try row.text(0), factor: factor)
        }
    }

    /// Forgets that choice: once it was proved, or where the link is worth nothing any more.
    package func forgetSettingUp(behind link: String) throws {
        try execute("DELETE FROM setting_up WHERE link = $1", link)
    }
}
