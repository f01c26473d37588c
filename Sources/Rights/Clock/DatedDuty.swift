/// A duty with one date and no clock that stops: the acknowledgement of a complaint, the age of an opinion on serious
/// harm, the review of a closed case, the days for which a medical report is held back. Data, read from the policy.
package struct DatedDuty: Hashable, Sendable {
    /// The section or statute it comes from.
    package var basis: String
    package var gives: Meaning
    package var period: Period
    package var direction: Direction
    package var missingDate: MissingDate
    package var rollsToWorkingDay: Bool

    package init(
        basis: String, gives: Meaning, period: Period, direction: Direction = .after,
        missingDate: MissingDate = .lastOfMonth, rollsToWorkingDay: Bool = false
    ) {
        self.basis = basis
        self.gives = gives
        self.period = period
        self.direction = direction
        self.missingDate = missingDate
        self.rollsToWorkingDay = rollsToWorkingDay
    }

    /// What the date means.
    package enum Meaning: String, CaseIterable, Hashable, Sendable {
        /// The last day on which the duty is done in time.
        case lastDay = "last-day"
        /// From this day the closed case is reviewed (policy 5.3(h)).
        case reviewFrom = "review-from"
        /// The first day on which the report may go (Access to Medical Reports Act 1988 s.4(2)(b)).
        case earliestSupply = "earliest-supply"
        /// The first day on which an opinion can have been given that may still be relied on (DPA 2018 Sch. 3).
        case earliestOpinion = "earliest-opinion"
    }

    package enum Direction: String, CaseIterable, Hashable, Sendable {
        /// The period begins on the day after the given one, and the date is its last day.
        case after
        /// The period ends with the given day, and the date is its first day.
        case before
    }

    /// What stands for a date that the later month or year does not have.
    package enum MissingDate: String, CaseIterable, Hashable, Sendable {
        case lastOfMonth = "last-of-month"
        /// Where a full period must have passed: 29 February and three years give 1 March (clock.md 2.2).
        case nextDay = "next-day"
    }

    /// The date, counted from a day. Throws where it rolls and the table of bank holidays does not reach it.
    package func date(from day: Day, holidays: BankHolidays) throws(HolidaysUnknown) -> Day {
        let date =
            switch (direction, period) {
            case (.after, .days(let count)): day + count
            case (.before, .days(let count)): day - count + 1
            case (.after, .months(let count)): moved(day, by: count)
            case (.before, .months(let count)): moved(day, by: -count) + 1
            }
        return rollsToWorkingDay ? try holidays.workingDay(onOrAfter: date) : date
    }

    private func moved(_ day: Day, by months: Int) -> Day {
        let moved = day.adding(months: months)
        let isMissing = moved.parts.day < day.parts.day
        return isMissing && missingDate == .nextDay ? moved + 1 : moved
    }
}
