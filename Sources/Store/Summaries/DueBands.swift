import Rights

/// How near the day is on which a case is due, as lists tell it. Within a band what is urgent comes first (policy
/// 5.3(b)), so that it never overtakes what breaches before it by more than a band.
enum DueBand: CaseIterable {
    case late, week, fortnight, later, stopped

    /// The days of the band, or nothing for a range that is none.
    func days(on today: Day) -> ClosedRange<Day> {
        switch self {
        case .late: Day(number: 0)...(today - 1)
        case .week: today...(today + 7)
        case .fortnight: (today + 8)...(today + 14)
        case .later: (today + 15)...(Day.distantFuture - 1)
        case .stopped: Day.distantFuture...Day.distantFuture
        }
    }
}

extension Transaction {
    /// One page of the open cases by what breaches next, urgent ones first within each band.
    ///
    /// Band by band, because each is a walk along an index; one order over all of them would read and sort every
    /// open case for a page of fifty.
    package func summariesByUrgency(
        _ filter: SummaryFilter, descending: Bool = false, on today: Day, offset: Int = 0, limit: Int
    ) throws -> [Summary] {
        var parts = DueBand.allCases.flatMap { band -> [SummaryFilter] in
            var days = band.days(on: today)
            if let wanted = filter.due {
                guard days.overlaps(wanted) else { return [] }
                days = days.clamped(to: wanted)
            }
            return [true, false].map { isUrgent in
                var part = filter
                part.openness = .open
                part.due = days
                part.isUrgent = isUrgent
                return part
            }
        }
        if descending { parts.reverse() }
        var (found, skip): ([Summary], Int) = ([], offset)
        for part in parts where found.count < limit {
            if skip > 0 {
                let size = try count(part, most: skip)
                guard size > skip else {
                    skip -= size
                    continue
                }
            }
            found += try summaries(
                part, by: SummaryOrder(.due, descending: descending), offset: skip, limit: limit - found.count)
            skip = 0
        }
        return found
    }
}
