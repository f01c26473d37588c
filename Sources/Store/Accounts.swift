import Foundation
import Rights

/// What somebody signs in with, as it is kept. A requester's and a member of staff's account have the same shape;
/// what else is known of staff is in `StoredStaff`.
package struct StoredAccount: Hashable, Sendable {
    package let id: Holder
    package let email: String
    /// The kept hash; nothing after closing, and for staff who have not set themselves up.
    package let password: String?
    package let secondFactor: SecondFactor
    package let isClosed: Bool
}

/// What is asked for besides the password.
package enum SecondFactor: Hashable, Sendable {
    case none
    /// A code sent to this mobile number.
    case text(phone: String)
    /// A code of an authenticator app; `lastStep` is the step of the last code accepted.
    case app(secret: [UInt8], lastStep: Int64?)
}

extension Transaction {
    /// The open account of an address on one site.
    package func account(email: String, on audience: Audience) throws -> StoredAccount? {
        try first(
            """
            SELECT id, audience, email, password, phone, app_secret, app_step, closed_at
            FROM account WHERE audience = $1 AND email_key = $2 AND closed_at IS NULL
            """, audience.rawValue, emailKey(email), as: storedAccount)
    }

    /// The account with this identifier, closed or not.
    package func account(_ id: Holder) throws -> StoredAccount? {
        try first(
            """
            SELECT id, audience, email, password, phone, app_secret, app_step, closed_at
            FROM account WHERE id = $1
            """, id, as: storedAccount)
    }

    /// Adds a requester's account, once the mailbox is proved and a password chosen: there is none before.
    ///
    /// Throws `StoreError.notUnique` if the address has an open account.
    package func addAccount(_ id: Account.ID, email: String, password: String, at now: Moment) throws {
        try insertAccount(.requester(id), email: email, password: password, at: now)
    }

    func insertAccount(_ id: Holder, email: String, password: String?, at now: Moment) throws {
        try execute(
            "INSERT INTO account (id, audience, email, email_key, password, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
            id, id.audience.rawValue, email, emailKey(email), password, now)
    }

    /// Keeps a new password's hash.
    package func setPassword(_ hash: String, of account: Holder) throws {
        try execute("UPDATE account SET password = $2 WHERE id = $1", account, hash)
    }

    /// Keeps the same password hashed anew, unless it was changed in between.
    package func rehash(_ hash: String, replacing old: String, of account: Holder) throws {
        try execute("UPDATE account SET password = $2 WHERE id = $1 AND password = $3", account, hash, old)
    }

    /// Replaces the second factor. Staff without one lose their password as well: the schema knows no staff that
    /// could enter with a password alone.
    package func setSecondFactor(_ factor: SecondFactor, of account: Holder) throws {
        switch factor {
        case .none:
            try execute(
                """
                UPDATE account SET phone = NULL, app_secret = NULL, app_step = NULL,
                    password = CASE WHEN audience = 'desk' THEN NULL ELSE password END
                WHERE id = $1
                """, account)
        case .text(let phone):
            try execute(
                "UPDATE account SET phone = $2, app_secret = NULL, app_step = NULL WHERE id = $1", account, phone)
        case .app(let secret, let lastStep):
            try execute(
                "UPDATE account SET phone = NULL, app_secret = $2, app_step = $3 WHERE id = $1",
                account, try sealSecret(secret, of: account.text), lastStep)
        }
    }

    /// Gives a member of staff a password and a second factor in one step, because neither may stand alone.
    package func setUp(_ staff: Staff.ID, password: String, factor: SecondFactor) throws {
        try setSecondFactor(factor, of: .staff(staff))
        try setPassword(password, of: .staff(staff))
    }

    /// Spends an app's code: false if this step or a later one was spent already, by another tab perhaps. One that lies
    /// far ahead was spent while the clock was wrong, and would lock its owner out until then.
    package func spendAppStep(_ step: Int64, of account: Holder) throws -> Bool {
        try execute(
            "UPDATE account SET app_step = $2 WHERE id = $1 AND (app_step IS NULL OR app_step < $2 OR app_step > $3)",
            account, step, step + Int64(Moment.slack / 30)) == 1
    }

    /// Closes an account (S1-68). The row stays, because requests refer to it; the address is free again.
    package func closeAccount(_ account: Holder, at now: Moment) throws {
        try execute(
            """
            UPDATE account SET closed_at = $2, password = NULL, phone = NULL, app_secret = NULL, app_step = NULL
            WHERE id = $1 AND closed_at IS NULL
            """, account, now)
    }

    /// Lets a member of staff back in, who must set themselves up anew.
    ///
    /// Throws `StoreError.notUnique` if other staff have the address by now.
    package func reopenAccount(_ staff: Staff.ID) throws {
        try execute("UPDATE account SET closed_at = NULL WHERE id = $1", staff)
    }

    private func storedAccount(_ row: Row) throws -> StoredAccount {
        let id = try row.holder(0, audience: 1)
        var factor = SecondFactor.none
        if let phone = try row.optionalText(4) {
            factor = .text(phone: phone)
        } else if let sealed = try row.optionalText(5) {
            factor = .app(
                secret: try openSecret(sealed, of: id.text), lastStep: try row.optionalInteger(6).map(Int64.init))
        }
        return StoredAccount(
            id: id, email: try row.text(2), password: try row.optionalText(3),
            secondFactor: factor, isClosed: try row.optionalText(7) != nil)
    }
}

extension Holder: SQLValue {
    package var stored: StoredValue { .text(text) }
}

extension Row {
    /// The holder of an account from the columns of its identifier and its audience.
    func holder(_ column: Int, audience: Int) throws -> Holder {
        guard let audience = Audience(rawValue: try text(audience)), let holder = Holder(try text(column), on: audience)
        else { throw StoreError.unreadable(column: column) }
        return holder
    }
}

/// The form in which addresses are compared: nobody has two mailboxes that differ in capital letters alone (S1-08).
func emailKey(_ email: String) -> String {
    email.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping.lowercased()
}
