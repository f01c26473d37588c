/// One nation's bank holidays for an unbroken run of years: data with a source and a version, because tables go
/// stale (a one-off day is proclaimed, a day is moved).
///
/// Outside its years a table knows nothing, and says so: "no holidays" would be a wrong due date.
package struct BankHolidays: Hashable, Sendable {
    /// One day on which banks are closed. Where a holiday falls at a weekend, this is its substitute.
    package struct Holiday: Hashable, Sendable {
        package let date: Day
        package let name: String

        package init(date: Day, name: String) {
            self.date = date
            self.name = name
        }
    }

    package let nation: Nation
    /// Which edition of the table this is, as its file names it.
    package let version: String
    /// Where the dates come from, in words.
    package let source: String
    /// The calendar years for which the table is complete.
    package let years: ClosedRange<Int>
    /// In order of date.
    package let holidays: [Holiday]

    private let first: Day
    private let last: Day
    /// `running[n]` holidays fall before the day `first + n`. Any question is then two look-ups, which is what
    /// keeps a clock of many pauses at a microsecond.
    private let running: [UInt16]

    /// Checks the table and prepares it for counting.
    ///
    /// Throws `Problem.refused` with every fault: a date outside the years, twice in the list or at a weekend
    /// (the substitute is what counts: listing both counts Christmas 2021 twice), and a year without any holiday.
    package init(
        nation: Nation, version: String, source: String, years: ClosedRange<Int>, holidays: [Holiday]
    ) throws(Problem) {
        guard let first = Day(year: years.lowerBound, month: 1, day: 1),
            let last = Day(year: years.upperBound, month: 12, day: 31)
        else {
            throw .refused([Reason("holiday-years", "The years of a bank holiday table must be from 1 to 9999.")])
        }
        let sorted = holidays.sorted { $0.date < $1.date }
        let faults = BankHolidays.faults(in: sorted, years: years)
        guard faults.isEmpty else { throw .refused(faults) }

        self.nation = nation
        self.version = version
        self.source = source
        self.years = years
        self.holidays = sorted
        self.first = first
        self.last = last
        var running = [UInt16](repeating: 0, count: last - first + 2)
        for holiday in sorted { running[holiday.date - first + 1] = 1 }
        for index in running.indices.dropFirst() { running[index] += running[index - 1] }
        self.running = running
    }

    /// How many holidays fall after `start` and not after `end`. Throws where the table does not reach.
    package func count(after start: Day, through end: Day) throws(HolidaysUnknown) -> Int {
        guard end > start else { return 0 }
        guard start + 1 >= first else { throw HolidaysUnknown(nation: nation, day: start + 1, years: years) }
        guard end <= last else { throw HolidaysUnknown(nation: nation, day: end, years: years) }
        return Int(running[end - first + 1]) - Int(running[start - first + 1])
    }

    /// Whether the day is a bank holiday. Throws where the table does not reach.
    package func contains(_ day: Day) throws(HolidaysUnknown) -> Bool {
        try count(after: day - 1, through: day) > 0
    }

    /// The holidays after `start` and not after `end`, in order. Throws where the table does not reach.
    package func list(after start: Day, through end: Day) throws(HolidaysUnknown) -> ArraySlice<Holiday> {
        let count = try count(after: start, through: end)
        guard count > 0 else { return [] }
        let before = Int(running[start - first + 1])
        return holidays[before..<(before + count)]
    }

    /// The day itself if it is a working day, else the next one that is. Throws where the table does not reach.
    package func workingDay(onOrAfter day: Day) throws(HolidaysUnknown) -> Day {
        var day = day
        while try !isWorkingDay(day) { day = day + 1 }
        return day
    }

    /// The day itself if it is a working day, else the last one before it. Throws where the table does not reach.
    package func workingDay(onOrBefore day: Day) throws(HolidaysUnknown) -> Day {
        var day = day
        while try !isWorkingDay(day) { day = day - 1 }
        return day
    }

    /// Monday to Friday and no bank holiday. Throws where the table does not reach, at weekends too: a caller that
    /// walks over the edge of the table must hear of it on the first day.
    package func isWorkingDay(_ day: Day) throws(HolidaysUnknown) -> Bool {
        let isHoliday = try contains(day)
        return !isHoliday && !day.weekday.isWeekend
    }

    private static func faults(in sorted: [Holiday], years: ClosedRange<Int>) -> [Reason] {
        var faults: [Reason] = []
        var seen: Set<Day> = []
        var covered: Set<Int> = []
        for holiday in sorted {
            let day = holiday.date
            let year = day.parts.year
            if !years.contains(year) {
                faults.append(
                    Reason(
                        "holiday-outside-years",
                        "\(holiday.name), \(day.inWords), is outside the years \(years.lowerBound) to "
                            + "\(years.upperBound). Change the years, or take the date out."))
            }
            if !seen.insert(day).inserted {
                faults.append(Reason("holiday-twice", "\(day.inWords) is listed twice. Keep one of the two."))
            }
            if day.weekday.isWeekend {
                faults.append(
                    Reason(
                        "holiday-at-weekend",
                        "\(holiday.name), \(day.inWords), is a \(day.weekday.name). List the substitute day instead."))
            }
            covered.insert(year)
        }
        for year in years where !covered.contains(year) {
            faults.append(
                Reason(
                    "holiday-year-empty",
                    "There is no holiday in \(year). Add them, or take the year out of the table."))
        }
        return faults
    }
}

/// A date was needed for which the table of bank holidays says nothing.
package struct HolidaysUnknown: Error, Hashable, Sendable, CustomStringConvertible {
    package let nation: Nation
    /// The first day that was asked about in vain.
    package let day: Day
    /// The years that the table covers.
    package let years: ClosedRange<Int>

    package init(nation: Nation, day: Day, years: ClosedRange<Int>) {
        self.nation = nation
        self.day = day
        self.years = years
    }

    /// What happened and what to do, for the staff.
    package var reason: Reason {
        Reason(
            "holidays-unknown",
            "The bank holidays of \(nation.name) are known from \(years.lowerBound) to \(years.upperBound), so a date "
                + "on \(day.inWords) cannot be worked out. Ask your administrator to add the year to the table.")
    }

    package var description: String { reason.text }
}
