import Rights

/// One reading of one folder: what its parts share.
final class PolicyReading {
    let folder: PolicyFolder
    let findings: Findings
    let ledger: Ledger

    init(_ folder: PolicyFolder, _ findings: Findings) {
        self.folder = folder
        self.findings = findings
        ledger = Ledger(findings)
    }

    /// The policy, as far as it could be read: of no use unless `findings` stayed empty.
    func policy() -> Policy? {
        let cover = file("policy.yaml", self.cover)
        let rights = file("rights.yaml", self.rights)
        let clocks = file("clocks.yaml", self.clocks)
        let evidence = file("evidence.yaml", self.evidence)
        let capacities = file("capacity.yaml") {
            self.capacities(in: $0, evidence, patientSigns: cover?.patientSignsConsent ?? false)
        }
        let exemptions = file("exemptions.yaml", self.exemptions)
        let departments = file("departments.yaml", self.departments)
        let roles = file("roles.yaml", self.roles)
        let fees = file("fees.yaml", self.fees)
        let retention = file("retention.yaml", self.retention)
        let alerts = file("alerts.yaml", self.alerts)
        let stages = file("stages.yaml", self.stages)
        let release = file("release.yaml", self.release)
        let wordings = self.wordings()
        let limits = retention?.files
        let forms = folder.paths(in: "forms").compactMap { path in
            file(path) {
                form(
                    in: $0, at: path,
                    FormSurroundings(
                        capacities: capacities ?? [], documentTypes: evidence?.documentTypes ?? [], limits: limits))
            }
        }
        ledger.settle()

        guard let cover, let rights, let clocks, let evidence, let capacities, let exemptions, let departments,
            let roles, let fees, let retention, let alerts, let stages, let release
        else { return nil }
        return Policy(
            edition: cover.edition, brand: cover.brand, nation: cover.nation, sender: cover.sender,
            regulator: cover.regulator,
            patientSignsConsent: cover.patientSignsConsent, rights: rights.handling,
            applicationTypes: Catalogue(rights.types), clocks: Catalogue(clocks.profiles),
            clockChoice: clocks.choice,
            documentTypes: Catalogue(evidence.documentTypes), capacities: Catalogue(capacities),
            pauseReasons: Catalogue(clocks.pauseReasons), exemptions: Catalogue(exemptions),
            departments: Catalogue(departments), roles: Catalogue(roles), releaseChecks: Catalogue(release),
            stages: stages, channels: cover.channels, files: retention.files, periods: retention.periods, fees: fees,
            alerts: alerts, forms: Catalogue(forms), wordings: Catalogue(wordings))
    }

    /// Reads one file and closes it; a missing file is a fault.
    private func file<Part>(_ path: String, _ read: (Section) -> Part?) -> Part? {
        guard let text = folder.text(path) else {
            findings.add(path, 1, "The file is missing", "Copy it from one of the policies that ship.")
            return nil
        }
        guard let section = Section(text, file: path, findings: findings) else { return nil }
        defer { section.close() }
        return read(section)
    }
}
