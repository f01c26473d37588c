import Rights
import Testing

/// The tables that ship against the standing rules, the moves and the one-off days that are known.
@Suite struct BankHolidayTests {
    @Test("the table of a nation is what the rules and the proclamations give", arguments: Nation.allCases)
    func tables(nation: Nation) {
        let table = Shipped.holidays(nation)
        for year in table.years {
            let shipped = table.holidays.map(\.date).filter { $0.parts.year == year }
            #expect(shipped == BankHolidayRules.days(of: nation, year: year), "\(nation.name) \(year)")
        }
    }

    @Test("a table says nothing about a year that it does not cover")
    func outside() {
        let table = Shipped.holidays(.scotland)
        #expect(throws: HolidaysUnknown.self) { try table.contains(day(2010, 12, 31)) }
        #expect(throws: HolidaysUnknown.self) { try table.count(after: day(2029, 12, 30), through: day(2030, 1, 1)) }
        #expect(throws: Never.self) { try table.contains(day(2011, 1, 1)) }
        #expect(throws: Never.self) { try table.contains(day(2029, 12, 31)) }
    }

    @Test("a working day is found across a weekend and a holiday")
    func workingDays() throws {
        let table = Shipped.holidays(.englandAndWales)
        #expect(try table.workingDay(onOrAfter: day(2026, 12, 25)) == day(2026, 12, 29))
        #expect(try table.workingDay(onOrBefore: day(2026, 12, 28)) == day(2026, 12, 24))
        #expect(try table.workingDay(onOrAfter: day(2026, 12, 24)) == day(2026, 12, 24))
    }

    @Test("counting and listing agree with asking day by day", arguments: Nation.allCases)
    func counting(nation: Nation) throws {
        let table = Shipped.holidays(nation)
        let start = day(2020, 12, 20)
        for length in 0..<400 {
            let end = start + length
            let listed = try table.list(after: start, through: end).map(\.date)
            let asked = try (0..<length).map { start + $0 + 1 }.filter { try table.contains($0) }
            #expect(listed == asked)
            #expect(try table.count(after: start, through: end) == asked.count)
        }
    }

    @Test("a table with faults is refused, every fault named")
    func faults() throws {
        let new = day(2026, 1, 1)
        let problem = try #require(throws: Problem.self) {
            try BankHolidays(
                nation: .scotland, version: "1", source: "test", years: 2026...2027,
                holidays: [
                    .init(date: new, name: "New Year's Day"), .init(date: new, name: "Again"),
                    .init(date: day(2026, 12, 26), name: "Boxing Day"), .init(date: day(2031, 1, 1), name: "Later"),
                ])
        }
        guard case .refused(let reasons) = problem else {
            Issue.record("not a list of reasons")
            return
        }
        #expect(
            Set(reasons.map(\.code)) == [
                "holiday-twice", "holiday-at-weekend", "holiday-outside-years", "holiday-year-empty",
            ])
    }
}

/// Bank holidays by rule, made without looking at the tables.
enum BankHolidayRules {
    static func days(of nation: Nation, year: Int) -> [Day] {
        var days = firstWeekdays(nation == .scotland ? 2 : 1, from: day(year, 1, 1))
        let easter = easterSunday(year)
        days += [easter - 2, early(year), spring(year)]
        switch nation {
        case .englandAndWales: days += [easter + 1, last(.monday, of: 8, year)]
        case .scotland:
            days += [first(.monday, of: 8, year)] + firstWeekdays(1, from: day(year, 11, 30))
            if year == 2026 { days.append(day(2026, 6, 15)) }
        case .northernIreland:
            days += [easter + 1, last(.monday, of: 8, year)]
            days += firstWeekdays(1, from: day(year, 3, 17)) + firstWeekdays(1, from: day(year, 7, 12))
        }
        days += firstWeekdays(2, from: day(year, 12, 25))
        days += proclaimed.filter { $0.parts.year == year }
        return days.sorted()
    }

    /// Wedding, two jubilees, the State Funeral, the Coronation.
    private static let proclaimed = [
        day(2011, 4, 29), day(2012, 6, 5), day(2022, 6, 3), day(2022, 9, 19), day(2023, 5, 8),
    ]

    private static func early(_ year: Int) -> Day {
        year == 2020 ? day(2020, 5, 8) : first(.monday, of: 5, year)
    }

    private static func spring(_ year: Int) -> Day {
        switch year {
        case 2012: day(2012, 6, 4)
        case 2022: day(2022, 6, 2)
        default: last(.monday, of: 5, year)
        }
    }

    private static func firstWeekdays(_ count: Int, from day: Day) -> [Day] {
        Array((0..<10).map { day + $0 }.filter { !$0.weekday.isWeekend }.prefix(count))
    }

    private static func first(_ weekday: Weekday, of month: Int, _ year: Int) -> Day {
        let start = day(year, month, 1)
        return start + (weekday.rawValue - start.weekday.rawValue + 7) % 7
    }

    private static func last(_ weekday: Weekday, of month: Int, _ year: Int) -> Day {
        first(weekday, of: month + 1, year) - 7
    }

    /// Gauss's rule as Lichtenberg states it.
    private static func easterSunday(_ year: Int) -> Day {
        let century = year / 100
        let moonShift = 15 + (3 * century + 3) / 4 - (8 * century + 13) / 25
        let sunShift = 2 - (3 * century + 3) / 4
        let moon = (19 * (year % 19) + moonShift) % 30
        let correction = (moon + (year % 19) / 11) / 29
        let border = 21 + moon - correction
        let sunday = 7 - (year + year / 4 + sunShift) % 7
        let distance = 7 - (border - sunday) % 7
        return day(year, 3, 1) + (border + distance - 1)
    }
}
