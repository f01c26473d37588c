import Rights
import Store

/// What an administrator does for a requester who asks for help, after checking who asks. The person's words for it
/// are kept in the record with the administrator's name.
extension Accounts {
    /// Takes the second step from an account whose owner lost the telephone (S1-31), and ends its sessions.
    ///
    /// - Parameters:
    ///   - reason: how the person's identity was checked.
    /// - Throws: `Problem.notAllowed` without the permission to administer; `Problem.refused` with `reason-missing`
    ///   or `no-second-factor`, which is also the answer for an address without an account.
    package func removeSecondFactor(of email: String, by staff: Staff, reason: String) async throws {
        let address = try checked(email, by: staff, reason: reason)
        let now = surroundings.now()
        try await entrance.commit { transaction in
            guard let account = try transaction.account(email: address.text, on: .portal),
                account.secondFactor != .none
            else {
                throw Problem.refused([
                    Reason(
                        "no-second-factor", "There is no account with this address that asks for a code",
                        field: "email")
                ])
            }
            try transaction.setSecondFactor(.none, of: account.id)
            try transaction.endSessions(of: account.id, at: now)
            try entrance.record(
                .secondFactorRemoved, for: account, by: staff.label, note: reason, in: transaction, at: now)
            try entrance.posting.post(.secondFactorChanged, to: account.email, on: .portal, in: transaction)
        }
    }

    /// Ends every session of an account, whose owner lost a device that is signed in or fears for it (ASVS 7.4.5).
    ///
    /// - Parameters:
    ///   - reason: how the person's identity was checked.
    /// - Throws: `Problem.notAllowed` without the permission to administer; `Problem.refused` with `reason-missing`
    ///   or `no-account`.
    package func signOutEverywhere(_ email: String, by staff: Staff, reason: String) async throws {
        let address = try checked(email, by: staff, reason: reason)
        let now = surroundings.now()
        try await entrance.commit { transaction in
            guard let account = try transaction.account(email: address.text, on: .portal) else {
                throw Problem.refused([
                    Reason("no-account", "There is no account with this address", field: "email")
                ])
            }
            try transaction.endSessions(of: account.id, at: now)
            try entrance.record(.sessionEnded, for: account, by: staff.label, note: reason, in: transaction, at: now)
        }
    }

    private func checked(_ email: String, by staff: Staff, reason: String) throws -> EmailAddress {
        guard staff.permissions.contains(.administer) else {
            throw Problem.notAllowed("Only an administrator can do this for a requester.")
        }
        let address = try EmailAddress.read(email)
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Problem.refused([
                Reason("reason-missing", "Enter how you checked who is asking", field: "reason")
            ])
        }
        return address
    }
}
