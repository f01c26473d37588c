/// The one place where a due date is worked out. Dates go in and dates come out: nothing is looked up, nothing is
/// kept, and the due date does not depend on the day on which it is asked for.
///
/// The count is arithmetic on intervals, not a walk over days: what the pauses take is a sum, the bank holidays of
/// any stretch are two look-ups, and the due date is the first day that satisfies
/// `day = nominal end + paused days + holidays in between`, found by repeating that step until it stands still.
package enum StatutoryClock {
    /// Works out where a clock stands.
    ///
    /// Events are taken in order of their dates, each against the due date as moved so far (clock.md 2.5 no 11). One
    /// that the rules do not allow changes nothing and is listed with its reason. On one day a notice of extension
    /// comes before a question: after it, the question is in time.
    ///
    /// `today` decides the days used and the flags, never the due date. Throws where the table of bank holidays does
    /// not reach a day that the rules need to know about.
    package static func account(
        of history: ClockHistory, under rules: ClockRules, holidays: BankHolidays, on today: Day
    ) throws(HolidaysUnknown) -> ClockAccount {
        var refusals: [ClockRefusal] = []
        guard let start = start(of: history, under: rules, refusals: &refusals) else {
            return ClockAccount(
                history: history, rules: rules, holidays: holidays, today: today,
                standing: .notStarted, refusals: refusals)
        }
        var count = ClockCount(
            start: start, days: days(of: history, under: rules, from: start), rules: rules, holidays: holidays,
            horizon: min(today, history.closedOn ?? today))

        var notices = inOrder(history.extensions, by: \.notifiedOn)[...]
        for pause in inOrder(history.pauses, by: \.from) where pause.reason != rules.restarts?.reason {
            while let notice = notices.first, notice.notifiedOn <= pause.from {
                notices.removeFirst()
                if let why = try count.extend(notice) { refusals.append(ClockRefusal(.extension(notice), why)) }
            }
            if let why = try count.stop(pause) { refusals.append(ClockRefusal(.pause(pause), why)) }
        }
        for notice in notices {
            if let why = try count.extend(notice) { refusals.append(ClockRefusal(.extension(notice), why)) }
        }
        return ClockAccount(
            history: history, rules: rules, holidays: holidays, today: today,
            standing: .started(try count.standing()), refusals: refusals)
    }

    /// The day from which the period runs, or nothing while something is missing.
    private static func start(
        of history: ClockHistory, under rules: ClockRules, refusals: inout [ClockRefusal]
    ) -> Day? {
        let first: Day
        switch (rules.start, history.completeOn, history.relevantTime) {
        case (.received, _, _), (.relevantTime, _, .receipt): first = history.received
        case (.relevantTime, _, .on(let day)): first = max(history.received, day)
        case (.completeness, let day?, _): first = max(history.received, day)
        case (.completeness, nil, _), (.relevantTime, _, .awaited): return nil
        }
        guard let restarts = rules.restarts else { return first }

        let last = first + restarts.withinDays - 1
        var start = first
        for question in inOrder(history.pauses, by: \.from) where question.reason == restarts.reason {
            guard question.from <= last else {
                refusals.append(ClockRefusal(.pause(question), .tooLateToRestart(lastDay: last)))
                continue
            }
            guard let answered = question.to else { return nil }
            start = max(start, answered)
        }
        return start
    }

    /// The length of the period before any extension.
    private static func days(of history: ClockHistory, under rules: ClockRules, from start: Day) -> Period {
        switch rules.length {
        case .fixed(let period): return period
        case .byRecentEntries(let test):
            let tested =
                switch test.tested {
                case .lastEntry: history.lastEntry
                case .firstMade: history.firstMade
                }
            let isRecent = tested.map { $0 >= start - test.withinDays } ?? true
            return .days(isRecent ? test.recentDays : test.otherwiseDays)
        }
    }

    /// The same list in order of date; without a copy where it is in order already, as almost every history is.
    private static func inOrder<Event>(_ events: [Event], by day: KeyPath<Event, Day>) -> [Event] {
        for (index, event) in events.enumerated().dropFirst()
        where event[keyPath: day] < events[index - 1][keyPath: day] {
            return events.sorted { $0[keyPath: day] < $1[keyPath: day] }
        }
        return events
    }
}
