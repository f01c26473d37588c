import Rights

/// `clocks.yaml`: how time is counted, and for what it stops.
struct Clocks {
    let profiles: [ClockProfile]
    let choice: ClockChoice
    let pauseReasons: [PauseReason]
}

extension PolicyReading {
    func clocks(in section: Section) -> Clocks? {
        let own = section.placed("clock")
        let statutes = section.places("statutes")
        let profiles = section.each("profiles", profile)
        if let own, let profile = profiles.first(where: { $0.code == own.text }) {
            for kind in ClockKind.allCases where profile.clocks[kind] == nil {
                section.fault(
                    at: own, "The profile `\(own.text)` has no clock for `\(kind.rawValue)`",
                    "Add one under its `clocks`: every request needs a date.")
            }
        }
        findOutOfOrder(statutes, profiles, section)
        let reasons = section.each("pause-reasons", pauseReason)
        let choice = ClockChoice(
            policy: ledger.refer(.clock, own), statutes: ledger.refer(.clock, statutes))
        return Clocks(profiles: profiles, choice: choice, pauseReasons: reasons)
    }

    /// The law of today is found by date, so the profiles must follow each other.
    private func findOutOfOrder(_ statutes: [Section.Placed], _ profiles: [ClockProfile], _ section: Section) {
        let dates = statutes.map { placed in profiles.first { $0.code == placed.text }?.from }
        for (index, placed) in statutes.enumerated() {
            let isInOrder =
                if index == 0 { true } else if let from = dates[index] {
                    dates[index - 1].map { $0 < from } ?? (index == 1)
                } else { false }
            if !isInOrder {
                section.fault(
                    at: placed, "`\(placed.text)` does not come into force after the one before it",
                    "List the law's profiles with the oldest first; each but the first has a `from`.")
            }
        }
    }

    private func profile(in entry: Section) -> ClockProfile? {
        let code = ledger.code(.clock, of: entry)
        return ClockProfile(
            code: code ?? "", name: entry.text("name"), from: entry.optionalDay("from"),
            clocks: entry.some("clocks", by: ClockKind.self, rules),
            duties: entry.some("duties", by: DutyKind.self, duty))
    }

    private func pauseReason(in entry: Section) -> PauseReason? {
        let code = ledger.code(.pauseReason, of: entry)
        let chaser = entry.integer("chaser-days", 1...365)
        let lapse = entry.integer("lapse-days", 1...365)
        if lapse <= chaser {
            entry.fault(
                at: "lapse-days", "A pause would lapse before the chaser is due",
                "Make `lapse-days` greater than `chaser-days`.")
        }
        return PauseReason(
            code: code ?? "", label: entry.text("label"),
            kind: entry.one(of: PauseReason.Kind.self, "kind") ?? .evidence,
            letter: ledger.refer(.letter, entry.placed("letter")), chaserDays: chaser, lapseDays: lapse,
            retired: entry.flag("retired", or: false))
    }

    private func duty(in entry: Section) -> DatedDuty? {
        let period = entry.section("period")
        defer { period?.close() }
        return DatedDuty(
            basis: entry.text("basis"), gives: entry.one(of: DatedDuty.Meaning.self, "gives") ?? .lastDay,
            period: period.map { self.period(in: $0) } ?? .days(1),
            direction: entry.optional(of: DatedDuty.Direction.self, "direction") ?? .after,
            missingDate: entry.optional(of: DatedDuty.MissingDate.self, "missing-date") ?? .lastOfMonth,
            rollsToWorkingDay: entry.flag("rolls-to-working-day", or: false))
    }

    private func rules(in entry: Section) -> ClockRules? {
        let length = entry.section("length").map { self.length(in: $0) }
        let rules = ClockRules(
            basis: entry.text("basis"), start: entry.one(of: ClockRules.Start.self, "start") ?? .received,
            length: length ?? .fixed(.days(1)), firstDayCounts: entry.flag("first-day-counts", or: false),
            bankHolidaysAddDays: entry.flag("bank-holidays-add-days", or: false),
            rollsToWorkingDay: entry.flag("rolls-to-working-day", or: false),
            pauses: entry.optionalSection("pauses").map { pauses(in: $0) },
            extensions: entry.optionalSection("extensions").map { extensions(in: $0) },
            restarts: entry.optionalSection("restarts").map { restarts(in: $0) })
        findImpossible(rules, entry)
        return rules
    }

    private func length(in section: Section) -> ClockRules.Length {
        defer { section.close() }
        guard let recent = section.optionalSection("by-recent-entries") else { return .fixed(period(in: section)) }
        defer { recent.close() }
        let entries = ClockRules.RecentEntries(
            tested: recent.one(of: ClockRules.RecentEntries.Tested.self, "tested") ?? .lastEntry,
            withinDays: recent.integer("within-days", 1...365), recentDays: recent.integer("recent-days", 1...365),
            otherwiseDays: recent.integer("otherwise-days", 1...365))
        if entries.recentDays > entries.otherwiseDays {
            recent.fault(
                at: "recent-days", "A recent record has more time than an old one",
                "The law gives 21 days for recent records and 40 otherwise.")
        }
        return .byRecentEntries(entries)
    }

    private func period(in section: Section) -> Period {
        let days = section.optionalInteger("days", 1...400)
        let months = section.optionalInteger("months", 1...120)
        switch (days, months) {
        case (let days?, nil): return .days(days)
        case (nil, let months?): return .months(months)
        case (nil, nil), (_?, _?):
            section.fault(at: "days", "A period is either days or months", "Write `{ days: 28 }` or `{ months: 1 }`.")
            return .days(1)
        }
    }

    private func pauses(in section: Section) -> ClockRules.PauseRules {
        defer { section.close() }
        return ClockRules.PauseRules(
            reasons: section.several(of: PauseReason.Kind.self, "reasons"),
            counting: section.one(of: ClockRules.PauseRules.Counting.self, "counting") ?? .difference,
            limit: section.one(of: ClockRules.PauseRules.Limit.self, "limit") ?? .beforeDue)
    }

    private func extensions(in section: Section) -> ClockRules.ExtensionRules {
        defer { section.close() }
        let longest = section.section("longest")
        defer { longest?.close() }
        return ClockRules.ExtensionRules(longest: longest.map { period(in: $0) } ?? .days(1))
    }

    private func restarts(in section: Section) -> ClockRules.RestartRules {
        defer { section.close() }
        return ClockRules.RestartRules(
            reason: section.one(of: PauseReason.Kind.self, "reason") ?? .furtherInformation,
            withinDays: section.integer("within-days", 1...365))
    }

    /// Rules that contradict each other.
    private func findImpossible(_ rules: ClockRules, _ entry: Section) {
        if let pauses = rules.pauses {
            if pauses.reasons.isEmpty {
                entry.fault(
                    at: "pauses", "This clock can be paused for no reason at all",
                    "Name a reason, or leave `pauses` out if the clock never stops.")
            }
            if let restart = rules.restarts?.reason, pauses.reasons.contains(restart) {
                entry.fault(
                    at: "restarts", "`\(restart.rawValue)` would both stop the clock and start it anew",
                    "Take it out of `pauses` or out of `restarts`.")
            }
        }
        switch (rules.length, rules.extensions?.longest) {
        case (.fixed(.days), .months?), (.fixed(.months), .days?):
            entry.fault(
                at: "extensions", "The clock counts in one unit and is extended in another",
                "Give `length` and `longest` both in days or both in months.")
        case (.byRecentEntries, _?):
            entry.fault(
                at: "extensions", "A clock for the records of the dead cannot be extended",
                "The Access to Health Records Act knows no extension. Leave `extensions` out.")
        case (.fixed, _), (.byRecentEntries, nil): break
        }
        if rules.rollsToWorkingDay, rules.bankHolidaysAddDays {
            entry.fault(
                at: "rolls-to-working-day", "A bank holiday at the end would be counted twice",
                "Either each holiday adds a day, or the last day moves to a working day.")
        }
    }
}
