import Rights

/// A member of staff as kept, beside what they sign in with.
package struct StoredStaff: Hashable, Sendable {
    package let id: Staff.ID
    package var email: String
    package var name: String
    /// The policy's department code.
    package var department: String
    /// The policy's role codes, in their order as text.
    package var roles: [String]
    /// Known so that nobody opens a case about themselves (policy 6.4.1).
    package var dateOfBirth: Day?
    package var nhsNumber: NHSNumber?
    /// The last day on which they may enter, for temporary staff.
    package var endsOn: Day?
    package var isDeactivated: Bool
    /// They have a password and a second factor.
    package var isSetUp: Bool

    package init(
        id: Staff.ID, email: String, name: String, department: String, roles: [String], dateOfBirth: Day? = nil,
        nhsNumber: NHSNumber? = nil, endsOn: Day? = nil, isDeactivated: Bool = false, isSetUp: Bool = false
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.department = department
        self.roles = roles.sorted()
        self.dateOfBirth = dateOfBirth
        self.nhsNumber = nhsNumber
        self.endsOn = endsOn
        self.isDeactivated = isDeactivated
        self.isSetUp = isSetUp
    }

    /// Whether they may enter on a day: not once deactivated, and not after their last day.
    package func mayEnter(on day: Day) -> Bool {
        !isDeactivated && endsOn.map { day <= $0 } ?? true
    }
}

extension Transaction {
    /// Adds a member of staff with an account that opens nothing until it is set up.
    ///
    /// Throws `StoreError.notUnique` if the address belongs to other staff.
    package func addStaff(_ staff: StoredStaff, at now: Moment) throws {
        try insertAccount(.staff(staff.id), email: staff.email, password: nil, at: now)
        try execute(
            """
            INSERT INTO staff (id, name, department, date_of_birth, nhs_number, ends_on)
            VALUES ($1, $2, $3, $4, $5, $6)
            """, staff.id, staff.name, staff.department, staff.dateOfBirth, staff.nhsNumber?.digits, staff.endsOn)
        try setRoles(staff.roles, of: staff.id)
    }

    /// Changes what is known of a member of staff; the address stays.
    package func updateStaff(_ staff: StoredStaff) throws {
        try execute(
            """
            UPDATE staff SET name = $2, department = $3, date_of_birth = $4, nhs_number = $5, ends_on = $6
            WHERE id = $1
            """, staff.id, staff.name, staff.department, staff.dateOfBirth, staff.nhsNumber?.digits, staff.endsOn)
        try setRoles(staff.roles, of: staff.id)
    }

    private func setRoles(_ roles: [String], of staff: Staff.ID) throws {
        try execute("DELETE FROM staff_role WHERE staff = $1", staff)
        for role in roles {
            try execute("INSERT INTO staff_role (staff, role) VALUES ($1, $2)", staff, role)
        }
    }

    /// One member of staff with their roles; nothing where there is none.
    package func staff(_ id: Staff.ID) throws -> StoredStaff? {
        guard
            let found = try first(
                """
                SELECT staff.id, account.email, staff.name, staff.department, staff.date_of_birth, staff.nhs_number,
                    staff.ends_on, account.closed_at, account.password
                FROM staff JOIN account ON account.id = staff.id WHERE staff.id = $1
                """, id, as: storedStaff)
        else { return nil }
        var staff = found
        staff.roles = try all("SELECT role FROM staff_role WHERE staff = $1 ORDER BY role", id) { try $0.text(0) }
        return staff
    }

    /// Everybody, by name.
    package func allStaff() throws -> [StoredStaff] {
        let roles = try all("SELECT staff, role FROM staff_role ORDER BY staff, role") {
            (staff: try $0.text(0), role: try $0.text(1))
        }
        let byStaff = Dictionary(grouping: roles, by: \.staff)
        return try all(
            """
            SELECT staff.id, account.email, staff.name, staff.department, staff.date_of_birth, staff.nhs_number,
                staff.ends_on, account.closed_at, account.password
            FROM staff JOIN account ON account.id = staff.id ORDER BY staff.name, staff.id
            """, as: storedStaff
        ).map { found in
            var staff = found
            staff.roles = byStaff[found.id.text, default: []].map(\.role)
            return staff
        }
    }

    private func storedStaff(_ row: Row) throws -> StoredStaff {
        StoredStaff(
            id: try row.identifier(0), email: try row.text(1), name: try row.text(2), department: try row.text(3),
            roles: [], dateOfBirth: try row.optionalDay(4),
            nhsNumber: try row.optionalText(5).flatMap { NHSNumber($0) },
            endsOn: try row.optionalDay(6), isDeactivated: try row.optionalText(7) != nil,
            isSetUp: try row.optionalText(8) != nil)
    }
}
