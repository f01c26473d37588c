/// A clock that has started, while its events are taken in one after the other.
///
/// Questions come in order of their dates, and one is only accepted while time is left. So all days that the
/// accepted pauses took lie before the due date, and a sum and the last day covered are all there is to remember.
struct ClockCount {
    private let start: Day
    private let days: Period
    private let rules: ClockRules
    private let holidays: BankHolidays
    /// The last day that can have been used: today, or the day of closing.
    private let horizon: Day

    /// The day before the first day of the period.
    private let zero: Day
    /// The last day of the period if no day were lost.
    private var base: Day
    private var extendedDays = 0
    private var extendedMonths = 0

    /// The last day that the pauses so far have taken.
    private var covered: Day
    private var paused = LostDays()
    /// The part of the above that lies on or before the horizon.
    private var pausedByNow = LostDays()
    /// The last day before the pause that still runs.
    private var stoppedAfter: Day?

    /// Days taken by pauses, and how many of them are bank holidays, which must not be added a second time.
    private struct LostDays {
        var days = 0
        var holidays = 0
    }

    init(start: Day, days: Period, rules: ClockRules, holidays: BankHolidays, horizon: Day) {
        self.start = start
        self.days = days
        self.rules = rules
        self.holidays = holidays
        self.horizon = horizon
        zero = rules.firstDayCounts ? start - 1 : start
        covered = zero
        base = start
        base = end(extendedBy: 0, 0)
    }

    // MARK: Events

    /// Takes in a pause, or says why not.
    mutating func stop(_ pause: ClockHistory.Pause) throws(HolidaysUnknown) -> ClockRefusal.Why? {
        guard let rules = rules.pauses, rules.reasons.contains(pause.reason) else { return .noPauseForThis }
        if let to = pause.to, to < pause.from { return .answeredBeforeAsked }
        if stoppedAfter == nil {
            let last = try lastDayToAsk(under: rules)
            guard pause.from <= last else { return .askedTooLate(lastDay: last) }
        }
        let after = max(rules.lastCounted(before: pause), covered)
        guard let to = pause.to else {
            if stoppedAfter == nil { stoppedAfter = after }
            return nil
        }
        // Whatever comes while another pause still runs takes nothing of its own: the day is lost already.
        guard stoppedAfter == nil, to > after else { return nil }
        try add(after: after, through: to)
        covered = to
        return nil
    }

    /// Takes in an extension, or says why not.
    mutating func extend(_ notice: ClockHistory.Extension) throws(HolidaysUnknown) -> ClockRefusal.Why? {
        guard let rules = rules.extensions else { return .noExtension }
        switch (rules.longest, notice.amount) {
        case (.days(let longest), .days(let days)):
            guard days > 0, extendedDays + days <= longest else {
                return .extensionTooLong(left: longest - extendedDays)
            }
        case (.months(let longest), .months(let months)):
            guard months > 0, extendedMonths + months <= longest else {
                return .extensionTooLong(left: longest - extendedMonths)
            }
        case (.days, .months), (.months, .days): return .otherUnit
        }
        // While the clock is stopped no date has passed (clock.md 2.2; UK GDPR Art. 12A(5)(b)(ii)).
        if stoppedAfter == nil {
            let due = try due()
            guard notice.notifiedOn <= due else { return .noticeTooLate(due: due) }
        }
        switch notice.amount {
        case .days(let days): extendedDays += days
        case .months(let months): extendedMonths += months
        }
        base = end(extendedBy: extendedMonths, extendedDays)
        return nil
    }

    // MARK: Where it stands

    func standing() throws(HolidaysUnknown) -> ClockAccount.Started {
        let nominal = stoppedAfter == nil ? try nominalEnd() : nil
        let due = try nominal.map { end throws(HolidaysUnknown) in try rolled(end) }
        let last = max(zero, min(horizon, stoppedAfter ?? nominal ?? horizon))
        let used = try last - zero - pausedByNow.days - credit(through: last, apartFrom: pausedByNow)
        return ClockAccount.Started(
            start: start, nominalEnd: nominal, due: due, stoppedAfter: stoppedAfter,
            total: base - zero, used: used, pausedDays: paused.days,
            bankHolidays: try credit(through: nominal ?? max(stoppedAfter ?? zero, covered), apartFrom: paused),
            extendedDays: extendedDays, extendedMonths: extendedMonths)
    }

    /// The last day of the period with all lost days added.
    private func nominalEnd() throws(HolidaysUnknown) -> Day {
        guard rules.bankHolidaysAddDays else { return base + paused.days }
        var end = max(base + paused.days, covered)
        while true {
            let next = base + paused.days + (try credit(through: end, apartFrom: paused))
            if next == end { return end }
            end = next
        }
    }

    private func due() throws(HolidaysUnknown) -> Day { try rolled(nominalEnd()) }

    private func rolled(_ end: Day) throws(HolidaysUnknown) -> Day {
        rules.rollsToWorkingDay ? try holidays.workingDay(onOrAfter: end) : end
    }

    private func lastDayToAsk(under rules: ClockRules.PauseRules) throws(HolidaysUnknown) -> Day {
        switch rules.limit {
        case .beforeDue: try due() - 1
        case .throughNominalEnd: try nominalEnd()
        }
    }

    /// The bank holidays that add a day, up to and including a day that is not before the last pause.
    private func credit(through day: Day, apartFrom lost: LostDays) throws(HolidaysUnknown) -> Int {
        guard rules.bankHolidaysAddDays else { return 0 }
        return try holidays.count(after: zero, through: day) - lost.holidays
    }

    private mutating func add(after: Day, through to: Day) throws(HolidaysUnknown) {
        let byNow = min(to, horizon)
        paused.days += to - after
        pausedByNow.days += max(0, byNow - after)
        guard rules.bankHolidaysAddDays else { return }
        paused.holidays += try holidays.count(after: after, through: to)
        pausedByNow.holidays += try holidays.count(after: after, through: byNow)
    }

    /// Months first, to the end of a shorter month, then days.
    private func end(extendedBy months: Int, _ extra: Int) -> Day {
        switch days {
        case .days(let count): zero.adding(months: months) + count + extra
        case .months(let count): start.adding(months: count + months) + (zero - start) + extra
        }
    }
}
