import Rights
import Store

/// What an administrator enters about a member of staff, as typed.
package struct StaffDetails: Hashable, Sendable {
    package var email: String
    package var name: String
    package var department: String
    package var roles: [String]
    /// Nothing where there is no end; a date that could not be read is refused by the form before.
    package var endsOn: Day?
    package var dateOfBirth: Day?
    package var nhsNumber: String

    package init(
        email: String, name: String, department: String, roles: [String], endsOn: Day? = nil,
        dateOfBirth: Day? = nil, nhsNumber: String = ""
    ) {
        self.email = email
        self.name = name
        self.department = department
        self.roles = roles
        self.endsOn = endsOn
        self.dateOfBirth = dateOfBirth
        self.nhsNumber = nhsNumber
    }
}

extension StaffAccounts {
    /// Adds a member of staff and mails them a link to set themselves up.
    ///
    /// - Throws: `Problem.refused` with every fault by field; `Problem.notAllowed` without the permission.
    package func invite(_ details: StaffDetails, by administrator: Staff) async throws -> Staff.ID {
        try mustAdminister(administrator)
        let now = surroundings.now()
        let staff = try stored(details, as: surroundings.identifier())
        return try await entrance.commit { transaction in
            guard try transaction.account(email: staff.email, on: .desk) == nil else {
                throw Problem.refused([
                    Reason("email-taken", "Somebody with this email address has an account already", field: "email")
                ])
            }
            try transaction.addStaff(staff, at: now)
            try mailInvitation(staff, by: administrator, in: transaction, at: now)
            return staff.id
        }
    }

    /// Changes what is known of a member of staff. The address stays as it is: it is what they sign in with.
    ///
    /// - Throws: `Problem.refused` with every fault by field, and with `last-administrator`; `Problem.notFound`;
    ///   `Problem.notAllowed` without the permission.
    package func change(_ id: Staff.ID, to details: StaffDetails, by administrator: Staff) async throws {
        try mustAdminister(administrator)
        let now = surroundings.now()
        try await entrance.commit { transaction in
            let old = try find(id, in: transaction)
            var details = details
            details.email = old.email
            let new = try stored(details, as: id)
            try transaction.updateStaff(new)
            try mustKeepAdministrator(in: transaction, field: "roles")
            try entrance.record(
                .detailsChanged, for: account(id, in: transaction), by: administrator.label,
                note: changes(from: old, to: new), in: transaction, at: now)
        }
    }

    /// Ends a member of staff's access at once.
    ///
    /// - Throws: `Problem.refused` with `last-administrator`; `Problem.notFound`; `Problem.notAllowed`.
    package func deactivate(_ id: Staff.ID, by administrator: Staff) async throws {
        try mustAdminister(administrator)
        let now = surroundings.now()
        try await entrance.commit { transaction in
            let account = try account(id, in: transaction)
            guard !account.isClosed else { return }
            try transaction.endSessions(of: account.id, at: now)
            try transaction.supersedeLinks(to: account.email, on: .desk, at: now)
            try transaction.closeAccount(account.id, at: now)
            try mustKeepAdministrator(in: transaction, field: nil)
            try entrance.record(.closed, for: account, by: administrator.label, in: transaction, at: now)
        }
    }

    /// Lets a member of staff back in, with a new link to set themselves up.
    ///
    /// - Throws: `Problem.refused` with `email-taken`; `Problem.notFound`; `Problem.notAllowed`.
    package func reactivate(_ id: Staff.ID, by administrator: Staff) async throws {
        try mustAdminister(administrator)
        let now = surroundings.now()
        try await entrance.commit { transaction in
            let staff = try find(id, in: transaction)
            guard staff.isDeactivated else { return }
            guard try transaction.account(email: staff.email, on: .desk) == nil else {
                throw Problem.refused([
                    Reason("email-taken", "Somebody else has an account with this email address by now")
                ])
            }
            try transaction.reopenAccount(id)
            try entrance.record(
                .reopened, for: account(id, in: transaction), by: administrator.label, in: transaction, at: now)
            try mailInvitation(staff, by: administrator, in: transaction, at: now)
        }
    }

    /// Takes password and second factor from a member of staff who lost one of them, and mails them a link to set
    /// both anew. The administrator says how they checked who asks; the record keeps it.
    ///
    /// - Throws: `Problem.refused` with `reason-missing` or `last-administrator`; `Problem.notFound`;
    ///   `Problem.notAllowed`.
    package func resetSignIn(of id: Staff.ID, by administrator: Staff, reason: String) async throws {
        try mustAdminister(administrator)
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Problem.refused([
                Reason("reason-missing", "Enter how you checked who is asking", field: "reason")
            ])
        }
        let now = surroundings.now()
        try await entrance.commit { transaction in
            let staff = try find(id, in: transaction)
            let account = try account(id, in: transaction)
            guard !account.isClosed else { throw Problem.notFound }
            try transaction.setSecondFactor(.none, of: account.id)
            try transaction.endSessions(of: account.id, at: now)
            try mustKeepAdministrator(in: transaction, field: nil)
            try entrance.record(
                .secondFactorRemoved, for: account, by: administrator.label, note: reason, in: transaction, at: now)
            try mailInvitation(staff, by: administrator, in: transaction, at: now)
        }
    }

    private func mailInvitation(
        _ staff: StoredStaff, by administrator: Staff, in transaction: Transaction, at now: Moment
    ) throws {
        let link = entrance.token()
        let until = now + entrance.rules.invitation
        let account = try account(staff.id, in: transaction)
        try transaction.addLink(
            link.digest, for: .invite, on: .desk, email: staff.email, account: account.id, at: now, until: until)
        try entrance.record(.invited, for: account, by: administrator.label, in: transaction, at: now)
        try entrance.posting.post(.invitation(link, until: until), to: staff.email, on: .desk, in: transaction)
    }

    /// Somebody must be left who can let others in.
    private func mustKeepAdministrator(in transaction: Transaction, field: String?) throws {
        let today = surroundings.today
        let left = try transaction.allStaff().contains {
            $0.isSetUp && $0.mayEnter(on: today) && $0.endsOn == nil
                && permissions(of: $0.roles).contains(.administer)
        }
        guard left else {
            throw Problem.refused([
                Reason(
                    "last-administrator",
                    "There must be one administrator without an end date. Make somebody else one first", field: field)
            ])
        }
    }

    /// Says what is wrong with details without keeping them, for a form that has other faults as well.
    ///
    /// - Throws: `Problem.refused` with every fault by field.
    package func check(_ details: StaffDetails) throws(Problem) {
        _ = try stored(details, as: surroundings.identifier())
    }

    /// What was typed as it is kept.
    ///
    /// - Throws: `Problem.refused` with every fault.
    func stored(_ details: StaffDetails, as id: Staff.ID) throws(Problem) -> StoredStaff {
        var reasons = [EmailAddress.objection(to: details.email, field: "email")].compactMap(\.self)
        let name = details.name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if name.isEmpty { reasons.append(Reason("name-missing", "Enter their name", field: "name")) }
        if name.count > 100 {
            reasons.append(Reason("name-long", "The name must be 100 characters or fewer", field: "name"))
        }
        if departments[details.department] == nil {
            reasons.append(Reason("department-missing", "Select a department", field: "department"))
        }
        if details.roles.isEmpty || details.roles.contains(where: { roles[$0] == nil }) {
            reasons.append(Reason("role-missing", "Select one or more roles", field: "roles"))
        }
        let hasNumber = details.nhsNumber.contains { !$0.isWhitespace }
        let number = NHSNumber(details.nhsNumber)
        if hasNumber, number == nil {
            reasons.append(
                Reason("nhs-number-wrong", "Enter an NHS number with 10 digits, or leave it empty", field: "nhsNumber"))
        }
        guard reasons.isEmpty, let email = EmailAddress(details.email) else { throw .refused(reasons) }
        return StoredStaff(
            id: id, email: email.text, name: name, department: details.department,
            roles: Array(Set(details.roles)), dateOfBirth: details.dateOfBirth, nhsNumber: number,
            endsOn: details.endsOn)
    }

    /// What an edit changed, for the record: which details, and roles and end by value, because those are access.
    private func changes(from old: StoredStaff, to new: StoredStaff) -> String {
        var parts: [String] = []
        if old.name != new.name { parts.append("name") }
        if old.department != new.department { parts.append("department \(old.department) to \(new.department)") }
        if old.roles != new.roles {
            parts.append("roles \(old.roles.joined(separator: "+")) to \(new.roles.joined(separator: "+"))")
        }
        if old.endsOn != new.endsOn {
            parts.append("end \(old.endsOn?.description ?? "none") to \(new.endsOn?.description ?? "none")")
        }
        if old.dateOfBirth != new.dateOfBirth || old.nhsNumber != new.nhsNumber { parts.append("own identity") }
        return parts.joined(separator: ", ")
    }
}
