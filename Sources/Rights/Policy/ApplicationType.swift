/// A kind of request as the requester chooses it and the lists name it (S1-33, S1-46).
package struct ApplicationType: Listed, Hashable {
    package let code: String
    /// The column `Type` of Manage Requests.
    package let label: String
    /// Who may use it and what they must send, shown before starting (S1-34 to S1-36).
    package let summary: String
    package let regime: Regime
    package let right: Right
    /// The department that owns such cases.
    package let department: String
    /// Begins the reference people quote: `SAR` in `SAR-2026-004187`.
    package let prefix: String
    /// The code of the form on the portal; nothing for types that only staff log.
    package let form: String?
    package let retired: Bool

    package init(
        code: String, label: String, summary: String, regime: Regime, right: Right, department: String,
        prefix: String, form: String?, retired: Bool = false
    ) {
        self.code = code
        self.label = label
        self.summary = summary
        self.regime = regime
        self.right = right
        self.department = department
        self.prefix = prefix
        self.form = form
        self.retired = retired
    }
}
