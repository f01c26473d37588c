import Rights
import Testing

/// The trust's own clock and the law's, side by side.
@Suite struct CaseClockTests {
    private func clock(_ history: ClockHistory, nation: Nation = .englandAndWales, on today: Day) throws -> CaseClock {
        try CaseClock(
            of: history, policy: Shipped.rules("policy-2017", "access"), statute: Shipped.rules("uk-2026", "access"),
            holidays: Shipped.holidays(nation), on: today)
    }

    @Test("the law governs where bank holidays put the policy's date behind it")
    func lawIsEarlier() throws {
        let start = day(2027, 2, 25)
        let history = ClockHistory(received: start, completeOn: start, relevantTime: .on(start))
        let clock = try clock(history, nation: .northernIreland, on: start)
        #expect(clock.policy.due == day(2027, 3, 27))
        #expect(clock.statute?.due == day(2027, 3, 25))
        #expect(clock.due == day(2027, 3, 25))
        #expect(clock.governing.rules.basis == "UK GDPR Article 12A")
    }

    @Test("the law's clock may run while the policy waits for more, and its date then stands alone")
    func lawAlone() throws {
        let clock = try clock(ClockHistory(received: day(2026, 9, 1)), on: day(2026, 10, 2))
        #expect(clock.state == .awaitingCompleteness)
        #expect(clock.due == day(2026, 10, 1))
        #expect(clock.isOverdue)
    }

    @Test("one notice extends both clocks, each by its own measure; several are one notice to the law")
    func extensions() throws {
        var history = ClockHistory(received: day(2026, 9, 1), completeOn: day(2026, 9, 1))
        history.extensions = [
            .init(amount: .days(20), notifiedOn: day(2026, 9, 10)),
            .init(amount: .days(36), notifiedOn: day(2026, 10, 5)),
        ]
        let clock = try clock(history, on: day(2026, 10, 6))
        #expect(clock.policy.extendedBy == .days(56))
        #expect(clock.policy.due == day(2026, 11, 24))
        #expect(clock.statute?.extendedBy == .months(2))
        #expect(clock.statute?.due == day(2026, 12, 1))
        #expect(clock.statute?.refusals.isEmpty == true)
    }

    @Test("a pause for evidence stops the policy's clock and not the law's")
    func evidence() throws {
        var history = ClockHistory(received: day(2026, 9, 1), completeOn: day(2026, 9, 1))
        history.pauses = [.init(from: day(2026, 9, 10), reason: .evidence)]
        let clock = try clock(history, on: day(2026, 9, 20))
        #expect(clock.policy.due == nil)
        #expect(clock.statute?.due == day(2026, 10, 1))
        #expect(clock.due == day(2026, 10, 1))
    }
}
