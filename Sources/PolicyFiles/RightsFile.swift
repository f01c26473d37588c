import Rights

/// `rights.yaml`: who deals with each right, and the application types.
extension PolicyReading {
    func rights(in section: Section) -> (handling: [Right: RightHandling], types: [ApplicationType])? {
        var handling: [Right: RightHandling] = [:]
        if let rights = section.section("rights") {
            for right in Right.allCases {
                guard let entry = rights.section(right.rawValue) else { continue }
                handling[right] = RightHandling(
                    right: right, label: entry.text("label"),
                    department: ledger.refer(.department, entry.placed("department")))
                entry.close()
            }
            rights.close()
        }
        let types = section.each("application-types", applicationType)
        if types.allSatisfy({ $0.form == nil || $0.retired }) {
            section.fault(
                at: "application-types", "No application type can be chosen on the portal",
                "Give at least one of them a `form`.")
        }
        return (handling, types)
    }

    private func applicationType(in entry: Section) -> ApplicationType? {
        let code = ledger.code(.applicationType, of: entry)
        let form = entry.optionalPlaced("form")
        let prefix = entry.text("prefix")
        if !prefix.utf8.allSatisfy({ (65...90).contains($0) }) || !(2...4).contains(prefix.utf8.count) {
            entry.fault(at: "prefix", "`\(prefix)` cannot begin a reference", "Use two to four capital letters: `SAR`.")
        }
        return ApplicationType(
            code: code ?? "", label: entry.text("label"), summary: entry.text("summary"),
            regime: entry.one(of: Regime.self, "regime") ?? .living,
            right: entry.one(of: Right.self, "right") ?? .access,
            department: ledger.refer(.department, entry.placed("department")), prefix: prefix,
            form: form.map { ledger.refer(.form, $0) }, retired: entry.flag("retired", or: false))
    }
}
