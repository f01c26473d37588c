import Rights
import Web

/// Every date of the clock in pairs, in the order in which they came.
struct ClockDates {
    let pairs: [(key: String, value: HTML)]

    init(_ clock: CaseClock, of opened: OpenedCase) throws(HolidaysUnknown) {
        let account = clock.policy
        let matter = opened.matter
        var pairs: [(key: String, value: HTML)] = [("Received", "\(matter.receivedOn.inWords)")]
        let logged = opened.day(matter.loggedAt)
        if logged != matter.receivedOn { pairs.append(("Logged", "\(logged.inWords)")) }
        if let start = account.start {
            pairs.append(("Complete, clock started", "\(start.inWords)"))
        } else {
            let missing = Check.allCases.filter { !matter.standing(of: $0).isAccepted }.map { $0.title.lowercased() }
            pairs.append(("Waiting for", "\(missing.isEmpty ? "the rest of the request" : inWords(missing))"))
        }
        for pause in matter.pauses {
            let label = opened.policy.pauseReasons[pause.paused.reason]?.label.lowercased() ?? pause.paused.reason
            let to: HTML = pause.to.map { " to \($0.inWords)" } ?? ", still open"
            pairs.append(("Paused, \(label)", "\(pause.from.inWords)\(to)"))
        }
        if account.start != nil, account.rules.bankHolidaysAddDays {
            let count = account.bankHolidayDays
            pairs.append(("Bank holidays added", "\(count == 0 ? "None" : counted(count, "day"))"))
        }
        if let extended = account.extendedBy { pairs.append(("Extended by", "\(extended.inWords)")) }
        pairs += ClockDates.dueDates(clock)
        if let workday = clock.governing.lastWorkingDay, let due = clock.due, workday != due {
            pairs.append(("Last working day before", "\(workday.withWeekday)"))
        }
        if let latest = try account.latestIfExtended(), let left = account.extensionLeft {
            pairs.append(("Latest if extended", "\(latest.inWords) (\(left.inWords) more)"))
        }
        if let closed = matter.closedOn { pairs.append(("Closed", "\(closed.inWords)")) }
        self.pairs = pairs
    }

    /// The trust's own date and the law's; the earlier one is said to count.
    private static func dueDates(_ clock: CaseClock) -> [(key: String, value: HTML)] {
        guard let statute = clock.statute else {
            return [("Due by \(clock.policy.rules.basis)", date(of: clock.policy, counts: false))]
        }
        let both = clock.policy.due != nil && statute.due != nil && clock.policy.due != statute.due
        let isLaw = clock.governing == statute && clock.policy != statute
        return [
            ("Due by \(clock.policy.rules.basis)", date(of: clock.policy, counts: both && !isLaw)),
            ("Due by \(statute.rules.basis)", date(of: statute, counts: both && isLaw)),
        ]
    }

    private static func date(of account: ClockAccount, counts: Bool) -> HTML {
        guard let due = account.due else {
            return account.state == .paused ? "No date while paused" : "Not yet known"
        }
        return "\(due.inWords)\(counts ? " (earlier, so it counts)" : "")"
    }
}

/// `identity, address and authority`.
func inWords(_ list: [String]) -> String {
    guard let last = list.last, list.count > 1 else { return list.first ?? "" }
    return "\(list.dropLast().joined(separator: ", ")) and \(last)"
}
