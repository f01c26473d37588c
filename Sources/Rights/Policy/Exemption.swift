/// A ground on which a request, or part of one, is refused (policy 5.4; decision aid 4.1; S2-113).
package struct Exemption: Listed, Hashable {
    package let code: String
    /// Short, for lists: `Serious harm`.
    package let label: String
    /// The law, as a letter cites it.
    package let basis: String
    /// What staff must consider and put on file.
    package let staffText: String
    /// The reason as the requester is told it.
    package let letterText: String
    /// What the requester is told where the reason itself would do the harm (5.4(c)).
    package let neutralText: String
    package let telling: Telling
    package let scope: Set<Scope>
    /// Codes of the roles of which one must decide.
    package let deciders: [String]
    /// What must be on file before it can be relied on.
    package let evidence: [String]
    /// Months for which the finding holds; nothing if it does not age.
    package let validMonths: Int?
    package let retired: Bool

    package init(
        code: String, label: String, basis: String, staffText: String, letterText: String, neutralText: String,
        telling: Telling, scope: Set<Scope>, deciders: [String], evidence: [String], validMonths: Int?,
        retired: Bool = false
    ) {
        self.code = code
        self.label = label
        self.basis = basis
        self.staffText = staffText
        self.letterText = letterText
        self.neutralText = neutralText
        self.telling = telling
        self.scope = scope
        self.deciders = deciders
        self.evidence = evidence
        self.validMonths = validMonths
        self.retired = retired
    }

    /// Which text a letter takes unless a person decides otherwise with a reason.
    package enum Telling: String, CaseIterable, Sendable, Codable {
        case reason
        case neutral
    }

    /// What it can be used against.
    package enum Scope: String, CaseIterable, Sendable, Codable {
        case access
        case deceased
        case otherRights = "other-rights"
    }

    /// Whether it can be used in a request of this kind.
    package func covers(_ regime: Regime, _ right: Right) -> Bool {
        switch (regime, right) {
        case (.deceased, _): scope.contains(.deceased)
        case (.living, .access): scope.contains(.access)
        case (.living, _): scope.contains(.otherRights)
        }
    }
}
