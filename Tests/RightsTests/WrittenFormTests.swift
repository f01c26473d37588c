import Foundation
import Rights
import Testing

@Suite struct WrittenFormTests {
    @Test("Every day of four centuries is read as it is written, in the order of its number")
    func days() throws {
        var last = ""
        let first = try #require(Day(year: 1800, month: 1, day: 1))
        for number in first.number..<(first.number + 146_097) {
            let text = Day(number: number).description
            #expect(Day(text)?.number == number)
            #expect(last < text)
            last = text
        }
    }

    @Test(
        "What is no date is not read as one",
        arguments: [
            "", "2026-11-2", "2026-11-211", "2026-11-31", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00",
            "0000-01-01", "2026/11/21", "2026-11 21", "-026-11-21", "2026-1a-21", "２０２６-11-21", "21-11-2026",
        ])
    func noDate(text: String) {
        #expect(Day(text) == nil)
    }

    @Test("A date is read from the middle of a text as well")
    func substring() {
        #expect(Day("on 2026-11-21".dropFirst(3))?.description == "2026-11-21")
    }

    @Test("A year that has no written form does not stop the program")
    func farYears() {
        #expect(Day(number: 10_000_000).description.count == 10)
        #expect(Day(number: -10_000_000).description.count == 10)
    }

    @Test("Instants are written as Foundation writes them and read as they are written")
    func moments() throws {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        for milliseconds: Int64 in stride(from: -2_000_000_000_000, to: 4_000_000_000_000, by: 7_654_321_987) {
            let moment = Moment(milliseconds: milliseconds)
            #expect(Moment(moment.description) == moment)
            let whole = Moment(milliseconds: milliseconds - milliseconds % 1000)
            let date = Date(timeIntervalSince1970: Double(whole.milliseconds) / 1000)
            #expect(whole.description == formatter.string(from: date))
        }
    }

    @Test("An instant without milliseconds is read, and what is no instant is not")
    func instants() {
        #expect(Moment("2026-11-21T09:30:00Z") == Moment("2026-11-21T09:30:00.000Z"))
        for text in [
            "", "2026-11-21", "2026-11-21 09:30:00Z", "2026-11-21T24:00:00Z", "2026-11-21T09:60:00Z",
            "2026-11-21T09:30:60Z", "2026-11-21T09-30-00Z", "2026-11-21T09:30:00.00Z", "2026-11-21T09:30:00,000Z",
            "2026-11-21T09:30:00+0Z", "2026-02-30T09:30:00Z",
        ] {
            #expect(Moment(text) == nil, "\(text)")
        }
    }

    @Test("An identifier is read in its own shape only, and later ones sort after earlier ones")
    func identifiers() {
        let first = Identifier<Self>(at: Moment(milliseconds: 1_780_000_000_000), random: Array(1...10))
        let second = Identifier<Self>(
            at: Moment(milliseconds: 1_780_000_000_001), random: Array(repeating: 0, count: 10))
        #expect(Identifier<Self>(first.text) == first)
        #expect(first < second)
        for text in [
            "", String(first.text.dropLast()), first.text + "0", first.text.uppercased(),
            String(first.text.dropLast()) + "l", String(first.text.dropLast()) + "'",
            String(first.text.dropLast(2)) + "é",
        ] {
            #expect(Identifier<Self>(text) == nil, "\(text)")
        }
    }
}
