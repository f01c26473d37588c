/// A kind of document the trust accepts as proof (S2-070).
package struct DocumentType: Listed, Hashable {
    package let code: String
    package let label: String
    /// What it can prove.
    package let checks: Set<Check>
    package let validity: Validity
    package let retired: Bool

    package init(code: String, label: String, checks: Set<Check>, validity: Validity, retired: Bool = false) {
        self.code = code
        self.label = label
        self.checks = checks
        self.validity = validity
        self.retired = retired
    }

    /// How long such a document proves anything.
    package enum Validity: Hashable, Sendable {
        /// Always, as a birth certificate.
        case unlimited
        /// Until the expiry date printed on it, as a passport.
        case untilExpiry
        /// For so many months after the date printed on it, as a bank statement.
        case months(Int)
    }

    /// Why a document with these dates is no proof on a day, or nothing if it is.
    package func fault(issued: Day?, expires: Day?, on day: Day) -> Reason? {
        switch validity {
        case .unlimited: return nil
        case .untilExpiry:
            guard let expires else {
                return Reason("expiry-missing", "Enter the expiry date of the \(label.lowercased())", field: "expires")
            }
            return expires < day
                ? Reason(
                    "document-expired", "The \(label.lowercased()) expired on \(expires.inWords)", field: "expires")
                : nil
        case .months(let months):
            guard let issued else {
                return Reason("issue-missing", "Enter the date on the \(label.lowercased())", field: "issued")
            }
            return issued.adding(months: months) < day
                ? Reason(
                    "document-too-old",
                    "The \(label.lowercased()) is dated \(issued.inWords). It must be from the last \(months) months",
                    field: "issued")
                : nil
        }
    }
}

/// In what capacity somebody asks, and what that person must send (policy 5.1(e), 5.5, 5.6, 6.1; decision aid 4.4).
package struct Capacity: Listed, Hashable {
    package let code: String
    /// As the requester picks it: `I am the patient`.
    package let label: String
    /// As the case page names it: `Patient`.
    package let name: String
    package let regimes: Set<Regime>
    /// What gives such a requester access.
    package let footing: Footing
    /// True for firms, bodies and others who act as part of an organisation.
    package let organisation: Bool
    package let documents: [DocumentSlot]
    /// What staff look at before they accept the authority.
    package let guidance: String
    package let retired: Bool

    package init(
        code: String, label: String, name: String, regimes: Set<Regime>, footing: Footing, organisation: Bool,
        documents: [DocumentSlot], guidance: String, retired: Bool = false
    ) {
        self.code = code
        self.label = label
        self.name = name
        self.regimes = regimes
        self.footing = footing
        self.organisation = organisation
        self.documents = documents
        self.guidance = guidance
        self.retired = retired
    }

    /// Why a requester has access at all. Limits of what may be given follow from it.
    package enum Footing: String, CaseIterable, Sendable, Codable {
        /// The patient.
        case own
        /// The patient's signed consent: only what the consent covers.
        case consent
        /// Parental responsibility, a power of attorney, a court: without consent, within limits (5.5(d), 5.6(c)).
        case power
        /// Executor or administrator of the deceased (6.1(a)).
        case representative
        /// A claim arising out of the death (6.1(a)): what is relevant to it.
        case claim
        /// No right; the balance of 6.1(b) is struck by a person.
        case discretion
    }

    /// The requester is the patient.
    package var isPatient: Bool { footing == .own }

    /// The checks that somebody in this capacity must pass.
    package var checks: Set<Check> { Set(documents.filter(\.required).map(\.check)) }
}

/// One thing to prove, and the documents any of which proves it.
package struct DocumentSlot: Hashable, Sendable {
    /// Unique within the capacity; the upload is kept under it.
    package let code: String
    package let check: Check
    /// The question on the upload page: `Upload the power of attorney`.
    package let label: String
    package let hint: String
    package let required: Bool
    /// Codes of document types, at least one.
    package let accepts: [String]
    /// It is the patient's signed consent (S1-35), which is asked and shown as such.
    package let isConsent: Bool

    package init(
        code: String, check: Check, label: String, hint: String, required: Bool, accepts: [String],
        isConsent: Bool = false
    ) {
        self.code = code
        self.check = check
        self.label = label
        self.hint = hint
        self.required = required
        self.accepts = accepts
        self.isConsent = isConsent
    }
}
