import Rights

/// `departments.yaml`, `roles.yaml` and `alerts.yaml`: who works on cases and who is told.
extension PolicyReading {
    func departments(in section: Section) -> [Department]? {
        section.each("departments") { entry in
            let code = ledger.code(.department, of: entry)
            return Department(
                code: code ?? "", label: entry.text("label"), dueDays: entry.integer("due-days", 0...84),
                ownsCases: entry.flag("owns-cases", or: false), retired: entry.flag("retired", or: false))
        }
    }

    func roles(in section: Section) -> [Role]? {
        let roles = section.each("roles") { entry -> Role? in
            let code = ledger.code(.role, of: entry)
            return Role(
                code: code ?? "", label: entry.text("label"),
                permissions: Set(entry.several(of: Permission.self, "permissions")),
                retired: entry.flag("retired", or: false))
        }
        // A trust without either would lock itself out.
        for needed in [Permission.administer, .viewCases]
        where !roles.contains(where: { $0.permissions.contains(needed) && !$0.retired }) {
            section.fault(
                at: "roles", "No role has the permission `\(needed.rawValue)`", "Add it to the role that needs it.")
        }
        return roles
    }

    func alerts(in section: Section) -> AlertRules? {
        let warning = warningDays(in: section)
        let told = ledger.refer(.role, section.places("breach-told"))
        if told.isEmpty {
            // Policy 3.4 (S2-012): the SIRO is told at once.
            section.fault(at: "breach-told", "Nobody is told of a breach", "List at least one role.")
        }
        return AlertRules(
            warningDays: warning, warned: ledger.refer(.role, section.places("warned")), breachTold: told)
    }

    /// Days before the date on which somebody is told, falling to 0.
    private func warningDays(in entry: Section) -> [Int] {
        let days = entry.integers("warning-days", 0...365)
        if days.isEmpty || zip(days, days.dropFirst()).contains(where: { $0 <= $1 }) {
            entry.fault(
                at: "warning-days", "`warning-days` must fall from one number to the next", "Write `[7, 3, 1, 0]`.")
        }
        return days
    }
}
