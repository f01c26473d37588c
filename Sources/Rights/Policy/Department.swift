/// A part of the trust that owns cases or is given tasks (policy 4.2.4, section 7).
package struct Department: Listed, Hashable {
    package let code: String
    package let label: String
    /// Days within which it returns a task unless the task says otherwise.
    package let dueDays: Int
    /// Owns cases, besides being given tasks.
    package let ownsCases: Bool
    package let retired: Bool

    package init(code: String, label: String, dueDays: Int, ownsCases: Bool, retired: Bool = false) {
        self.code = code
        self.label = label
        self.dueDays = dueDays
        self.ownsCases = ownsCases
        self.retired = retired
    }
}

/// What a member of staff in a role may do.
package struct Role: Listed, Hashable {
    package let code: String
    package let label: String
    /// Nothing that is not listed is allowed.
    package let permissions: Set<Permission>
    package let retired: Bool

    package init(code: String, label: String, permissions: Set<Permission>, retired: Bool = false) {
        self.code = code
        self.label = label
        self.permissions = permissions
        self.retired = retired
    }
}
