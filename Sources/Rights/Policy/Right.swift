/// The eight rights of policy 3.1 (S2-006). A closed list: it is the law's, not the trust's.
package enum Right: String, CaseIterable, Sendable, Codable {
    case informed
    case access
    case rectification
    case erasure
    case restriction
    case portability
    case objection
    case automatedDecisions = "automated-decisions"
}

/// How the trust names one of the rights, and who deals with it unless the application type says otherwise
/// (policy 3.2: Information Governance).
package struct RightHandling: Hashable, Sendable {
    package let right: Right
    package let label: String
    /// A department's code.
    package let department: String

    package init(right: Right, label: String, department: String) {
        self.right = right
        self.label = label
        self.department = department
    }
}

/// Which body of law a request falls under (policy 2.3; S2-005): a deceased subject cannot be processed as a
/// data-protection request.
package enum Regime: String, CaseIterable, Sendable, Codable {
    /// UK GDPR and the Data Protection Act.
    case living
    /// Access to Health Records Act 1990.
    case deceased
}
