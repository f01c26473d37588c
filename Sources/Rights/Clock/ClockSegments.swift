extension ClockAccount {
    /// A stretch of days with one thing to say about all of them.
    package struct Segment: Hashable, Sendable {
        package let from: Day
        /// The last day; nothing where it goes on.
        package let to: Day?
        /// Days of the period that it uses.
        package let daysCounted: Int
        /// Days that pass without being used; to today, where it goes on.
        package let daysNotCounted: Int
        package let cause: Cause

        /// The sequence number of the entry that caused it, where one did.
        package var entry: Int? {
            switch cause {
            case .paused(let pause): pause.entry
            case .waiting, .startDay, .counting, .bankHoliday, .rolled, .late: nil
            }
        }
    }

    package enum Cause: Hashable, Sendable {
        /// The clock had not started.
        case waiting
        /// The day from which the period is counted, not itself a day of it.
        case startDay
        case counting
        case paused(ClockHistory.Pause)
        /// The holiday's name.
        case bankHoliday(String)
        /// After the last day of the period, up to the next working day.
        case rolled
        /// After the due date.
        case late
    }

    /// The account of every day from receipt to the due date, and of the days after it for a case that is late; to the
    /// day of closing where that comes first. Throws as `StatutoryClock.account` does.
    package func segments() throws(HolidaysUnknown) -> [Segment] {
        guard let started else {
            let end = history.closedOn
            let days = (end ?? max(today, history.received)) - history.received + 1
            return [Segment(from: history.received, to: end, daysCounted: 0, daysNotCounted: days, cause: .waiting)]
        }
        var ledger = Ledger(closedOn: history.closedOn)
        ledger.enter(history.received, through: started.start - 1, .waiting)
        if !rules.firstDayCounts { ledger.enter(started.start, through: started.start, .startDay) }

        var done = rules.firstDayCounts ? started.start - 1 : started.start
        for pause in acceptedPauses {
            guard let pauses = rules.pauses else { break }
            let after = max(pauses.lastCounted(before: pause), done)
            if let to = pause.to, to <= after { continue }
            try enter(&ledger, after: done, through: after)
            guard let to = pause.to else {
                ledger.leaveOpen(from: after + 1, today: today, pause)
                return ledger.segments
            }
            ledger.enter(after + 1, through: to, .paused(pause))
            done = to
        }
        guard let nominalEnd = started.nominalEnd, let due = started.due else { return ledger.segments }
        try enter(&ledger, after: done, through: nominalEnd)
        ledger.enter(nominalEnd + 1, through: due, .rolled)
        ledger.enter(due + 1, through: history.closedOn ?? today, .late)
        return ledger.segments
    }

    private var acceptedPauses: [ClockHistory.Pause] {
        let refused = refusals.map(\.event)
        return
            history.pauses
            .filter { $0.reason != rules.restarts?.reason && !refused.contains(.pause($0)) }
            .sorted { $0.from < $1.from }
    }

    /// Days that count, and the bank holidays among them that do not.
    private func enter(_ ledger: inout Ledger, after start: Day, through end: Day) throws(HolidaysUnknown) {
        var done = start
        if rules.bankHolidaysAddDays {
            for holiday in try holidays.list(after: start, through: end) {
                ledger.enter(done + 1, through: holiday.date - 1, .counting)
                ledger.enter(holiday.date, through: holiday.date, .bankHoliday(holiday.name))
                done = holiday.date
            }
        }
        ledger.enter(done + 1, through: end, .counting)
    }

    /// The segments so far; nothing is entered after the day of closing.
    private struct Ledger {
        let closedOn: Day?
        private(set) var segments: [Segment] = []

        init(closedOn: Day?) {
            self.closedOn = closedOn
        }

        mutating func enter(_ from: Day, through to: Day, _ cause: Cause) {
            let to = min(to, closedOn ?? to)
            guard from <= to else { return }
            let days = to - from + 1
            let counts = cause == .counting
            segments.append(
                Segment(
                    from: from, to: to, daysCounted: counts ? days : 0, daysNotCounted: counts ? 0 : days, cause: cause)
            )
        }

        mutating func leaveOpen(from: Day, today: Day, _ pause: ClockHistory.Pause) {
            guard closedOn == nil else { return enter(from, through: closedOn ?? from, .paused(pause)) }
            segments.append(
                Segment(
                    from: from, to: nil, daysCounted: 0, daysNotCounted: max(0, today - from + 1), cause: .paused(pause)
                ))
        }
    }
}
