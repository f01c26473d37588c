import Rights

/// The same rules counted in another way, for comparison: every day is looked at, one after the other, in a calendar
/// of plain flags. Slow, and as near to the words of clock.md as can be.
struct ClockWalk {
    let rules: ClockRules
    let isHoliday: [Bool]
    private(set) var start = Day(number: 0)
    private(set) var isStopped = false
    private(set) var refused = 0
    private var isPaused = [Bool](repeating: false, count: ClockWalk.span)
    private var extendedDays = 0
    private var extendedMonths = 0
    private var length: Period = .days(0)

    /// Flags are kept for this many days after the start.
    static let span = 1200
    /// The day of the first flag of `isHoliday`.
    static let origin = day(2011, 1, 1)

    static let holidays: [Nation: [Bool]] = Dictionary(
        uniqueKeysWithValues: Nation.allCases.map { nation in
            var flags = [Bool](repeating: false, count: day(2030, 1, 1) - origin)
            for year in 2011...2029 {
                for day in BankHolidayRules.days(of: nation, year: year) { flags[day - origin] = true }
            }
            return (nation, flags)
        })

    /// The due date; nothing while not started or stopped.
    private(set) var due: Day?

    init(_ history: ClockHistory, rules: ClockRules, nation: Nation) {
        self.rules = rules
        isHoliday = ClockWalk.holidays[nation] ?? []
        guard let start = findStart(history) else { return }
        self.start = start
        length = findLength(history)

        // Notices before questions on the same day.
        var notices = history.extensions
        var questions = history.pauses.filter { $0.reason != rules.restarts?.reason }
        var today = history.received - 400
        let last = history.received + 900
        while today <= last, !(notices.isEmpty && questions.isEmpty) {
            while let index = notices.firstIndex(where: { $0.notifiedOn == today }) {
                take(notices.remove(at: index))
            }
            while let index = questions.firstIndex(where: { $0.from == today }) {
                take(questions.remove(at: index))
            }
            today = today + 1
        }
        due = isStopped ? nil : rolled(end())
    }

    private mutating func findStart(_ history: ClockHistory) -> Day? {
        var start: Day
        switch rules.start {
        case .received: start = history.received
        case .completeness:
            guard let complete = history.completeOn else { return nil }
            start = max(complete, history.received)
        case .relevantTime:
            switch history.relevantTime {
            case .receipt: start = history.received
            case .awaited: return nil
            case .on(let day): start = max(day, history.received)
            }
        }
        guard let restarts = rules.restarts else { return start }
        let application = start
        for question in history.pauses where question.reason == restarts.reason {
            // The day of the application is the first of the days.
            if question.from - application + 1 > restarts.withinDays {
                refused += 1
            } else if let answered = question.to {
                start = max(start, answered)
            } else {
                return nil
            }
        }
        return start
    }

    private func findLength(_ history: ClockHistory) -> Period {
        switch rules.length {
        case .fixed(let period): return period
        case .byRecentEntries(let test):
            let entry = test.tested == .lastEntry ? history.lastEntry : history.firstMade
            guard let entry else { return .days(test.recentDays) }
            return .days(start - entry <= test.withinDays ? test.recentDays : test.otherwiseDays)
        }
    }

    private mutating func take(_ notice: ClockHistory.Extension) {
        guard let longest = rules.extensions?.longest else { return refused += 1 }
        switch (longest, notice.amount) {
        case (.days(let most), .days(let days)) where days > 0 && extendedDays + days <= most:
            guard isStopped || notice.notifiedOn <= rolled(end()) else { return refused += 1 }
            extendedDays += days
        case (.months(let most), .months(let months)) where months > 0 && extendedMonths + months <= most:
            guard isStopped || notice.notifiedOn <= rolled(end()) else { return refused += 1 }
            extendedMonths += months
        case (.days, _), (.months, _): refused += 1
        }
    }

    private mutating func take(_ pause: ClockHistory.Pause) {
        guard let pauses = rules.pauses, pauses.reasons.contains(pause.reason) else { return refused += 1 }
        if let to = pause.to, to < pause.from { return refused += 1 }
        if !isStopped {
            let isInTime = pauses.limit == .beforeDue ? pause.from < rolled(end()) : pause.from <= end()
            guard isInTime else { return refused += 1 }
        }
        guard let to = pause.to else { return isStopped = true }
        var lost = pauses.counting == .bothEnds ? pause.from : pause.from + 1
        while lost <= to {
            if lost > start { isPaused[lost - start] = true }
            lost = lost + 1
        }
    }

    /// The last day before any rolling.
    private func end() -> Day {
        let months: Int
        var days = extendedDays
        switch length {
        case .days(let count):
            months = extendedMonths
            days += count
        case .months(let count): months = count + extendedMonths
        }
        var date = start.adding(months: months) + days - (rules.firstDayCounts ? 1 : 0)
        guard rules.bankHolidaysAddDays else {
            // Months first, then one day more for each day that was lost.
            for flag in isPaused where flag { date = date + 1 }
            return date
        }
        let period = date - start
        var walked = 0
        var counted = 0
        while counted < period {
            walked += 1
            if isPaused[walked] || isHoliday[start - ClockWalk.origin + walked] { continue }
            counted += 1
        }
        return start + walked
    }

    private func rolled(_ end: Day) -> Day {
        guard rules.rollsToWorkingDay else { return end }
        var end = end
        while end.weekday.isWeekend || isHoliday[end - ClockWalk.origin] { end = end + 1 }
        return end
    }
}
