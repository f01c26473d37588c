/// A trust's rules as one value: read from a folder by `PolicyFiles`, checked there, and asked by everything else.
///
/// A case keeps the edition it came in under (policy 8.2; S2-201), so several policies are in use at once.
package struct Policy: Sendable {
    package let edition: Edition
    package let brand: Brand
    package let nation: Nation
    /// The name mails come from: `Sars No Reply` (S1-13).
    package let sender: String
    /// The regulator's name as letters print it (C-38).
    package let regulator: String
    /// The patient's own request needs the patient's signed consent too (S1-35, C-11).
    package let patientSignsConsent: Bool
    /// One entry for each of the eight rights.
    package let rights: [Right: RightHandling]
    package let applicationTypes: Catalogue<ApplicationType>
    /// Every body of rules for counting time: the trust's own and the law's.
    package let clocks: Catalogue<ClockProfile>
    package let clockChoice: ClockChoice
    package let documentTypes: Catalogue<DocumentType>
    package let capacities: Catalogue<Capacity>
    package let pauseReasons: Catalogue<PauseReason>
    package let exemptions: Catalogue<Exemption>
    package let departments: Catalogue<Department>
    package let roles: Catalogue<Role>
    package let releaseChecks: Catalogue<ReleaseCheck>
    package let stages: [Stage: StageWording]
    package let channels: [Channel: Channel.Acceptance]
    package let files: FileLimits
    package let periods: Periods
    package let fees: FeeRules
    package let alerts: AlertRules
    /// The portal's forms; an application type names the one it uses.
    package let forms: Catalogue<ApplicationForm>
    package let wordings: Catalogue<Wording>

    package init(
        edition: Edition, brand: Brand = Brand(), nation: Nation, sender: String, regulator: String,
        patientSignsConsent: Bool,
        rights: [Right: RightHandling], applicationTypes: Catalogue<ApplicationType>,
        clocks: Catalogue<ClockProfile>, clockChoice: ClockChoice, documentTypes: Catalogue<DocumentType>,
        capacities: Catalogue<Capacity>,
        pauseReasons: Catalogue<PauseReason>,
        exemptions: Catalogue<Exemption>, departments: Catalogue<Department>, roles: Catalogue<Role>,
        releaseChecks: Catalogue<ReleaseCheck>, stages: [Stage: StageWording],
        channels: [Channel: Channel.Acceptance], files: FileLimits, periods: Periods, fees: FeeRules,
        alerts: AlertRules, forms: Catalogue<ApplicationForm>, wordings: Catalogue<Wording>
    ) {
        self.edition = edition
        self.brand = brand
        self.nation = nation
        self.sender = sender
        self.regulator = regulator
        self.patientSignsConsent = patientSignsConsent
        self.rights = rights
        self.applicationTypes = applicationTypes
        self.clocks = clocks
        self.clockChoice = clockChoice
        self.documentTypes = documentTypes
        self.capacities = capacities
        self.pauseReasons = pauseReasons
        self.exemptions = exemptions
        self.departments = departments
        self.roles = roles
        self.releaseChecks = releaseChecks
        self.stages = stages
        self.channels = channels
        self.files = files
        self.periods = periods
        self.fees = fees
        self.alerts = alerts
        self.forms = forms
        self.wordings = wordings
    }

    /// The application types a requester may choose on the portal, in order (S1-33).
    package var portalTypes: [ApplicationType] { applicationTypes.offered.filter { $0.form != nil } }

    /// The capacities that can be chosen in a regime.
    package func capacities(in regime: Regime) -> [Capacity] {
        capacities.offered.filter { $0.regimes.contains(regime) }
    }

    /// The grounds that can be used against a request of this kind.
    package func exemptions(for regime: Regime, _ right: Right) -> [Exemption] {
        exemptions.offered.filter { $0.covers(regime, right) }
    }

    /// The statements to confirm before a release in this regime.
    package func releaseChecks(in regime: Regime) -> [ReleaseCheck] {
        releaseChecks.offered.filter { $0.regimes.contains(regime) }
    }

    /// The text the program itself uses; nothing only for a policy that `PolicyFiles` would have refused.
    package func wording(_ standard: StandardWording) -> Wording? { wordings[standard.rawValue] }

    /// The permissions of somebody who holds these roles; an unknown role gives none.
    package func permissions(of roles: [String]) -> Set<Permission> {
        roles.reduce(into: []) { $0.formUnion(self.roles[$1]?.permissions ?? []) }
    }
}
