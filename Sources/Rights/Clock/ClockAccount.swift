/// Where a clock stands on a day, and the account of how it came there. Pages and letters print this; none of them
/// computes a date.
package struct ClockAccount: Hashable, Sendable {
    package let history: ClockHistory
    package let rules: ClockRules
    package let holidays: BankHolidays
    /// The day for which the flags and the days used hold.
    package let today: Day
    /// Pauses and extensions that the rules do not allow; they changed nothing.
    package let refusals: [ClockRefusal]
    let standing: Standing

    enum Standing: Hashable, Sendable {
        case notStarted
        case started(Started)
    }

    struct Started: Hashable, Sendable {
        let start: Day
        /// The last day before it moves to a working day; nothing while stopped.
        let nominalEnd: Day?
        let due: Day?
        /// The last day before the pause that still runs.
        let stoppedAfter: Day?
        let total: Int
        let used: Int
        let pausedDays: Int
        let bankHolidays: Int
        let extendedDays: Int
        let extendedMonths: Int
    }

    init(
        history: ClockHistory, rules: ClockRules, holidays: BankHolidays, today: Day, standing: Standing,
        refusals: [ClockRefusal]
    ) {
        self.history = history
        self.rules = rules
        self.holidays = holidays
        self.today = today
        self.standing = standing
        self.refusals = refusals
    }

    var started: Started? {
        switch standing {
        case .notStarted: nil
        case .started(let started): started
        }
    }

    /// Where the case is in the one model of clock.md 2.1.
    package enum State: String, CaseIterable, Hashable, Sendable, Codable {
        case awaitingCompleteness = "awaiting_completeness"
        case running
        case paused
        case closed
    }

    package var state: State {
        if history.closedOn != nil { return .closed }
        guard let started else { return .awaitingCompleteness }
        return started.stoppedAfter == nil ? .running : .paused
    }

    /// The day from which the period runs; nothing while something is missing.
    package var start: Day? { started?.start }

    /// The last day on which the trust may answer, to its end; nothing before the start and while the clock is
    /// stopped. For a closed case it is the date that held when it was closed.
    package var due: Day? { started?.due }

    /// How many days the period has, extension included, lost days not.
    package var totalDays: Int { started?.total ?? 0 }

    /// Days of the period that have counted up to and including today.
    package var usedDays: Int { started?.used ?? 0 }

    /// Days of the period that are left after today.
    package var remainingDays: Int { totalDays - usedDays }

    /// Days that finished pauses took, those in which two overlapped once.
    package var pausedDays: Int { started?.pausedDays ?? 0 }

    /// Bank holidays that did not count, up to the due date or to the pause that runs.
    package var bankHolidayDays: Int { started?.bankHolidays ?? 0 }

    // MARK: Flags

    /// A valid notice of extension exists; nothing where none does.
    package var extendedBy: Period? {
        guard let started else { return nil }
        if started.extendedMonths > 0 { return .months(started.extendedMonths) }
        return started.extendedDays > 0 ? .days(started.extendedDays) : nil
    }

    package var isExtended: Bool { extendedBy != nil }

    /// Calendar days from today to the due date, negative after it; nothing where no date is due.
    package var daysLeft: Int? {
        guard history.closedOn == nil, let due else { return nil }
        return due - today
    }

    /// Still open after the due date.
    package var isOverdue: Bool { daysLeft.map { $0 < 0 } ?? false }

    /// Open after the due date, or closed after it.
    package var isBreached: Bool {
        guard let due else { return false }
        return (history.closedOn ?? today) > due
    }

    /// The warning level reached: the smallest of the policy's levels (7, 3, 1 and 0 days) that is not below the days
    /// left. Where there is one, the case is at risk.
    package func warning(among levels: [Int]) -> Int? {
        guard let daysLeft, daysLeft >= 0 else { return nil }
        return levels.filter { $0 >= daysLeft }.min()
    }

    /// Why this event does not count; nothing where it does.
    package func refusal(of event: ClockRefusal.Event) -> ClockRefusal? {
        refusals.first { $0.event == event }
    }

    // MARK: Further dates

    /// The last working day on or before the due date: policy dates may fall at a weekend, when nobody posts
    /// anything. Nothing where no date is due or the table of bank holidays does not reach it.
    package var lastWorkingDay: Day? {
        guard let due else { return nil }
        return try? holidays.workingDay(onOrBefore: due)
    }

    /// The due date if today the requester were told of the longest extension still possible; nothing where none is.
    package func latestIfExtended() throws(HolidaysUnknown) -> Day? {
        guard history.closedOn == nil, let left = extensionLeft else { return nil }
        let notice = ClockHistory.Extension(amount: left, notifiedOn: today)
        var longer = history
        longer.extensions.append(notice)
        let account = try StatutoryClock.account(of: longer, under: rules, holidays: holidays, on: today)
        return account.refusal(of: .extension(notice)) == nil ? account.due : nil
    }

    /// How much longer the period may yet be made, leaving aside whether it is too late to say so.
    package var extensionLeft: Period? {
        switch rules.extensions?.longest {
        case .days(let longest):
            let left = longest - (started?.extendedDays ?? 0)
            return left > 0 ? .days(left) : nil
        case .months(let longest):
            let left = longest - (started?.extendedMonths ?? 0)
            return left > 0 ? .months(left) : nil
        case nil: return nil
        }
    }
}
