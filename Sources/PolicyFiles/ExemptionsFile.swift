import Rights

/// `exemptions.yaml`: the grounds on which information is withheld.
extension PolicyReading {
    func exemptions(in section: Section) -> [Exemption]? {
        section.each("exemptions") { entry in
            let code = ledger.code(.exemption, of: entry)
            let deciders = ledger.refer(.role, entry.places("deciders"))
            if deciders.isEmpty {
                entry.fault(at: "deciders", "Nobody may decide on this ground", "List the codes of roles.")
            }
            return Exemption(
                code: code ?? "", label: entry.text("label"), basis: entry.text("basis"),
                staffText: entry.text("staff-text"),
                letterText: entry.text("letter-text"), neutralText: entry.text("neutral-text"),
                telling: entry.one(of: Exemption.Telling.self, "tell") ?? .neutral,
                scope: Set(entry.several(of: Exemption.Scope.self, "scope")), deciders: deciders,
                evidence: entry.texts("evidence"), validMonths: entry.optionalInteger("valid-months", 1...120),
                retired: entry.flag("retired", or: false))
        }
    }
}
