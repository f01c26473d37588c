import Rights
import Testing

@Suite struct DatedDutyTests {
    private func date(_ kind: String, from day: Day) throws -> Day {
        let duty = Shipped.duty("uk-2026", kind)
        return try #require(duty).date(from: day, holidays: Shipped.holidays(.englandAndWales))
    }

    @Test("an opinion on serious harm may be as old as the six months that end with the day of use")
    func harmOpinion() throws {
        #expect(try date("harm-opinion", from: day(2026, 9, 15)) == day(2026, 3, 16))
        #expect(try date("harm-opinion", from: day(2026, 8, 31)) == day(2026, 3, 1))
        #expect(try date("harm-opinion", from: day(2028, 8, 29)) == day(2028, 3, 1))
        #expect(try date("harm-opinion", from: day(2027, 1, 1)) == day(2026, 7, 2))
    }

    @Test("a full three years pass before a closed case is reviewed")
    func retention() throws {
        #expect(try date("retention-review", from: day(2024, 2, 29)) == day(2027, 3, 1))
        #expect(try date("retention-review", from: day(2025, 2, 28)) == day(2028, 2, 28))
    }

    @Test("a duty that moves to a working day needs the holidays of that year, another does not")
    func holidays() throws {
        #expect(try date("complaint-ack", from: day(2026, 11, 25)) == day(2026, 12, 29))
        #expect(throws: HolidaysUnknown.self) { try date("complaint-ack", from: day(2029, 12, 25)) }
        #expect(try date("amra-hold", from: day(2029, 12, 25)) == day(2030, 1, 15))
    }
}
