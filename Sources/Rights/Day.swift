/// A calendar date with no time in it: the unit in which every period of the law is counted.
///
/// Kept as days since 1 January 1970 in the proleptic Gregorian calendar, so that adding days never meets a
/// time zone or a change to summer time. Which day it is "now" is asked of `Surroundings`, once, at the edge.
package struct Day: Hashable, Comparable, Sendable {
    /// Days since 1 January 1970; negative before it.
    package let number: Int

    package init(number: Int) {
        self.number = number
    }

    /// Later than any date that is worked with: 31 December 9999.
    package static let distantFuture = Day(number: 2_932_896)

    /// The date with these parts, or nothing when the calendar has no such date (30 February).
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...Day.length(ofMonth: month, year)).contains(day)
        else { return nil }
        // Counting years from March puts the leap day last, so that one formula gives the day of the year.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// Reads `2026-11-21`, the only written form that is stored.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        // A list page reads hundreds of dates, so they are read by their bytes: cutting strings costs ten times as much.
        let read = text.withUTF8 { bytes in bytes.count == 10 ? Day(bytes: bytes, from: 0) : nil }
        guard let read else { return nil }
        self = read
    }

    /// Reads the ten bytes of the written form that begin at an offset.
    init?(bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        guard bytes[start + 4] == Digits.dash, bytes[start + 7] == Digits.dash,
            let year = Digits.read(bytes, start, start + 4), let month = Digits.read(bytes, start + 5, start + 7),
            let day = Digits.read(bytes, start + 8, start + 10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The day of the week.
    package var weekday: Weekday {
        // 1 January 1970 was a Thursday.
        Weekday.allCases[((number + 3) % 7 + 7) % 7]
    }

    /// The same date of a later month; where that month is too short, its last day (31 January + 1 = 28 February).
    package func adding(months: Int) -> Day {
        let (year, month, day) = parts
        let index = year * 12 + (month - 1) + months
        let target = (year: index / 12, month: index % 12 + 1)
        let last = Day.length(ofMonth: target.month, target.year)
        return Day(year: target.year, month: target.month, day: min(day, last)) ?? self
    }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }
    package static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
    package static func - (day: Day, days: Int) -> Day { Day(number: day.number - days) }
    /// Whole days from `right` to `left`; tomorrow minus today is 1.
    package static func - (left: Day, right: Day) -> Int { left.number - right.number }

    private static func length(ofMonth month: Int, _ year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// The days of the week, Monday first.
package enum Weekday: Int, CaseIterable, Sendable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    package var isWeekend: Bool { self == .saturday || self == .sunday }

    /// The name as a person reads it.
    package var name: String {
        switch self {
        case .monday: "Monday"
        case .tuesday: "Tuesday"
        case .wednesday: "Wednesday"
        case .thursday: "Thursday"
        case .friday: "Friday"
        case .saturday: "Saturday"
        case .sunday: "Sunday"
        }
    }
}

extension Day: CustomStringConvertible {
    /// `2026-11-21`: the stored form, which also sorts as text.
    package var description: String {
        String(unsafeUninitializedCapacity: 10) { bytes in
            write(into: bytes)
            return 10
        }
    }

    /// Writes the ten bytes of the stored form. There is none for a year of five digits: it is written as the last
    /// that has one, which still sorts right.
    func write(into bytes: UnsafeMutableBufferPointer<UInt8>) {
        let (year, month, day) = parts
        Digits.write(min(max(year, 0), 9999), digits: 4, into: bytes, at: 0)
        bytes[4] = Digits.dash
        Digits.write(month, digits: 2, into: bytes, at: 5)
        bytes[7] = Digits.dash
        Digits.write(day, digits: 2, into: bytes, at: 8)
    }

    /// `21 November 2026`: months in full, because screen readers read short ones badly.
    package var inWords: String {
        let (year, month, day) = parts
        return "\(day) \(Day.monthNames[month - 1]) \(year)"
    }

    /// `Saturday 21 November 2026`.
    package var withWeekday: String { "\(weekday.name) \(inWords)" }

    package static let monthNames = [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ]
}

extension Day: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no date: \(text)"))
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
