/// Which text of the trust's rules this is, and who stands behind it (policy cover and 8.1; S2-002, S2-199).
package struct Edition: Hashable, Sendable {
    /// The folder's name, `poole-2017`: what a case keeps, together with the version.
    package let code: String
    package let name: String
    /// As printed on the cover: `Final 1.0`.
    package let version: String
    /// Requests received from this day on come in under this policy.
    package let inForce: Day
    package let issued: Day
    package let ratified: Day
    package let nextReview: Day
    /// The department that owns the text.
    package let owner: String
    package let signOffs: [SignOff]
    /// A hash of every file of the folder: two policies with the same fingerprint are the same text.
    package let fingerprint: String

    package init(
        code: String, name: String, version: String, inForce: Day, issued: Day, ratified: Day, nextReview: Day,
        owner: String, signOffs: [SignOff], fingerprint: String
    ) {
        self.code = code
        self.name = name
        self.version = version
        self.inForce = inForce
        self.issued = issued
        self.ratified = ratified
        self.nextReview = nextReview
        self.owner = owner
        self.signOffs = signOffs
        self.fingerprint = fingerprint
    }
}

/// One of the dated approvals without which a policy may not come into use (policy 8.1).
package struct SignOff: Hashable, Sendable {
    /// `Caldicott Guardian`, `Information Governance Steering Group`.
    package let role: String
    package let on: Day

    package init(role: String, on: Day) {
        self.role = role
        self.on = on
    }
}
