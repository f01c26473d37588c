import Rights
import Store

/// Requesters' accounts: an address, a password and, if they wish, a mobile number (S1-07). What the portal offers
/// with them is in the extensions; signing in and sessions are those of `entrance`.
package struct Accounts: Sendable {
    package let entrance: Entrance

    /// - Parameter entrance: the portal's.
    package init(entrance: Entrance) {
        precondition(entrance.audience == .portal, "requesters sign in to the portal")
        self.entrance = entrance
    }

    /// The portal's accounts of a trust.
    package init(casework: Casework, passwords: Passwords) {
        let trust = casework.trust
        self.init(
            entrance: Entrance(
                to: .portal, rules: .portal,
                passwordRules: .requesters(trust: trust.name, service: trust.portal, stolen: passwords.stolen),
                store: casework.store, surroundings: casework.surroundings, passwords: passwords,
                posting: AccountLetters(casework: casework)))
    }

    var store: Store { entrance.store }
    var surroundings: Surroundings { entrance.surroundings }

    /// What the profile shows.
    package struct Profile: Hashable, Sendable {
        package let email: String
        /// The end of the mobile number that codes go to: `07••• ••• 123`; nothing without the second step.
        package let maskedPhone: String?
    }

    /// - Throws: `Problem.notFound` for an account that was closed.
    package func profile(of account: Account.ID) async throws -> Profile {
        let stored = try await store.read { try open(account, in: $0) }
        guard case .text(let phone) = stored.secondFactor else { return Profile(email: stored.email, maskedPhone: nil) }
        return Profile(email: stored.email, maskedPhone: MobileNumber.masked(phone))
    }

    /// Who a session cookie stands for; nothing when it stands for nobody any more.
    package func requester(with token: Token) async throws -> SignedInRequester? {
        guard let (session, account) = try await entrance.session(token, of: { try $0.account($1) }),
            case .requester(let id) = account.id
        else { return nil }
        return SignedInRequester(account: id, email: account.email, session: session.id)
    }

    /// The account, which must be open.
    func open(_ account: Account.ID, in transaction: Transaction) throws -> StoredAccount {
        guard let stored = try transaction.account(.requester(account)), !stored.isClosed else {
            throw Problem.notFound
        }
        return stored
    }
}

/// A requester who is signed in.
package struct SignedInRequester: Hashable, Sendable {
    package let account: Account.ID
    package let email: String
    package let session: StoredSession.ID

    package init(account: Account.ID, email: String, session: StoredSession.ID) {
        self.account = account
        self.email = email
        self.session = session
    }
}
