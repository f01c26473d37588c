import Rights
import Store

/// The accounts of the trust's staff. There is no default password: the first administrator comes in by a link
/// that is printed once, everybody else by a link in a mail, and nobody without a second factor.
package struct StaffAccounts: Sendable {
    package let entrance: Entrance
    /// What each role may do.
    package let roles: Catalogue<Role>
    package let departments: Catalogue<Department>
    /// The name that authenticator apps show.
    let issuer: String

    /// - Parameter entrance: the desk's.
    package init(
        entrance: Entrance, roles: Catalogue<Role>, departments: Catalogue<Department>, issuer: String
    ) {
        precondition(entrance.audience == .desk, "staff sign in to the desk")
        self.entrance = entrance
        self.roles = roles
        self.departments = departments
        self.issuer = issuer
    }

    /// The desk's accounts of a trust.
    package init(casework: Casework, passwords: Passwords) {
        let trust = casework.trust
        let policy = casework.policies.current
        self.init(
            entrance: Entrance(
                to: .desk, rules: .desk,
                passwordRules: .staff(trust: trust.name, service: trust.desk, stolen: passwords.stolen),
                store: casework.store, surroundings: casework.surroundings, passwords: passwords,
                posting: AccountLetters(casework: casework)),
            roles: policy.roles, departments: policy.departments, issuer: trust.name)
    }

    var store: Store { entrance.store }
    var surroundings: Surroundings { entrance.surroundings }

    /// What somebody with these roles may do; an unknown role gives nothing.
    package func permissions(of codes: [String]) -> Set<Permission> {
        codes.reduce(into: []) { $0.formUnion(roles[$1]?.permissions ?? []) }
    }

    /// Who a session cookie stands for; nothing when it stands for nobody any more: their last day is over, say.
    package func staff(with token: Token) async throws -> SignedInStaff? {
        let found = try await entrance.session(token) { transaction, holder -> StoredStaff? in
            guard case .staff(let id) = holder else { return nil }
            return try transaction.staff(id)
        }
        guard let found, found.owner.mayEnter(on: surroundings.today) else { return nil }
        return SignedInStaff(staff: member(found.owner), session: found.session.id)
    }

    /// A member of staff as the law knows them.
    package func member(_ stored: StoredStaff) -> Staff {
        let department = departments[stored.department]?.label ?? stored.department
        return Staff(
            id: stored.id, label: "\(stored.name), \(department)", department: stored.department,
            permissions: permissions(of: stored.roles),
            own: OwnIdentity(
                name: stored.name, email: stored.email, dateOfBirth: stored.dateOfBirth, nhsNumber: stored.nhsNumber))
    }

    /// Everybody, by name.
    ///
    /// - Throws: `Problem.notAllowed` without the permission to administer.
    package func all(for administrator: Staff) async throws -> [StoredStaff] {
        try mustAdminister(administrator)
        return try await store.read { try $0.allStaff() }
    }

    /// - Throws: `Problem.notFound`, or `Problem.notAllowed` without the permission to administer.
    package func find(_ id: Staff.ID, for administrator: Staff) async throws -> StoredStaff {
        try mustAdminister(administrator)
        return try await store.read { try find(id, in: $0) }
    }

    /// What happened to an account, newest first.
    package func record(of id: Staff.ID, for administrator: Staff) async throws -> [StoredAccountEvent] {
        try mustAdminister(administrator)
        return try await store.read { try $0.events(of: .staff(id)) }
    }

    /// Changes one's own password; other sessions end.
    ///
    /// - Throws: as `Accounts.changePassword`.
    package func changePassword(
        of staff: SignedInStaff, current: String, to password: String, again: String, browser: Browser
    ) async throws {
        try await entrance.changePassword(
            of: .staff(staff.staff.id), session: staff.session, current: current, to: password, again: again,
            browser: browser)
    }

    func find(_ id: Staff.ID, in transaction: Transaction) throws -> StoredStaff {
        guard let stored = try transaction.staff(id) else { throw Problem.notFound }
        return stored
    }

    func account(_ id: Staff.ID, in transaction: Transaction) throws -> StoredAccount {
        guard let account = try transaction.account(.staff(id)) else { throw Problem.notFound }
        return account
    }

    func mustAdminister(_ staff: Staff) throws(Problem) {
        guard staff.permissions.contains(.administer) else {
            throw .notAllowed("Only an administrator can see and change staff accounts.")
        }
    }
}

/// A member of staff who is signed in.
package struct SignedInStaff: Hashable, Sendable {
    package let staff: Staff
    package let session: StoredSession.ID

    package init(staff: Staff, session: StoredSession.ID) {
        self.staff = staff
        self.session = session
    }
}
