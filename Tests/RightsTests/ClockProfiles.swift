import Rights

/// The three profiles of clock.md as values, by the names that the vectors use.
enum ClockProfiles {
    static func rules(_ profile: String, _ kind: String) -> ClockRules? {
        let isAccess = kind == "access"
        guard kind == "deceased" || Right(rawValue: kind) != nil else { return nil }
        switch (profile, kind) {
        case ("policy-2017", "deceased"): return .policyDeceased
        case ("policy-2017", _): return .policy(start: isAccess ? .completeness : .received)
        case ("uk-2018", "deceased"), ("uk-2026", "deceased"): return .healthRecordsAct
        case ("uk-2018", _): return .statute(counting: .difference, reasons: isAccess ? [.clarification] : [])
        case ("uk-2026", _): return .statute(counting: .bothEnds, reasons: isAccess ? [.clarification] : [])
        default: return nil
        }
    }

    static func duty(_ kind: String) -> DatedDuty? {
        switch kind {
        case "retention-review":
            DatedDuty(basis: "Policy 5.3(h)", gives: .reviewFrom, period: .months(36), missingDate: .nextDay)
        case "complaint-ack":
            DatedDuty(basis: "DPA 2018 s.164A", gives: .lastDay, period: .days(30), rollsToWorkingDay: true)
        case "harm-opinion":
            DatedDuty(basis: "DPA 2018 Sch. 3", gives: .earliestOpinion, period: .months(6), direction: .before)
        case "amra-hold":
            DatedDuty(
                basis: "Access to Medical Reports Act 1988 s.4(2)(b)", gives: .earliestSupply, period: .days(21))
        default: nil
        }
    }
}

extension ClockRules {
    static func policy(start: Start) -> ClockRules {
        ClockRules(
            basis: "Policy 5.3(c)", start: start, length: .fixed(.days(28)), bankHolidaysAddDays: true,
            pauses: PauseRules(
                reasons: [.clarification, .evidence, .fee], counting: .difference, limit: .beforeDue),
            extensions: ExtensionRules(longest: .days(56)))
    }

    static func statute(counting: PauseRules.Counting, reasons: [PauseReason.Kind]) -> ClockRules {
        ClockRules(
            basis: "UK GDPR Article 12A", start: .relevantTime, length: .fixed(.months(1)), rollsToWorkingDay: true,
            pauses: PauseRules(reasons: reasons, counting: counting, limit: .throughNominalEnd),
            extensions: ExtensionRules(longest: .months(2)))
    }

    static let policyDeceased = ClockRules(
        basis: "Policy 6.1(e)", start: .completeness,
        length: .byRecentEntries(.init(tested: .lastEntry, withinDays: 40, recentDays: 21, otherwiseDays: 40)))

    static let healthRecordsAct = ClockRules(
        basis: "Access to Health Records Act 1990 s.3", start: .received,
        length: .byRecentEntries(.init(tested: .firstMade, withinDays: 40, recentDays: 21, otherwiseDays: 40)),
        firstDayCounts: true, restarts: RestartRules(reason: .furtherInformation, withinDays: 14))
}
