import Rights
import Testing

/// What staff and requesters are told about a clock, and what may be done to it.
@Suite struct ClockAccountTests {
    private let england = Shipped.holidays(.englandAndWales)
    private let start = day(2026, 9, 1)
    private let due = day(2026, 9, 29)

    private func account(
        _ change: (inout ClockHistory) -> Void = { _ in },
        under rules: ClockRules = Shipped.rules("policy-2017", "access"),
        on today: Day = day(2026, 9, 10)
    ) throws -> ClockAccount {
        var history = ClockHistory(received: day(2026, 8, 25), completeOn: day(2026, 9, 1))
        change(&history)
        return try StatutoryClock.account(of: history, under: rules, holidays: england, on: today)
    }

    // MARK: States and flags

    @Test("days used and days left follow the day that is asked for, the due date does not")
    func used() throws {
        for (today, used) in [(day(2026, 8, 30), 0), (start, 0), (start + 1, 1), (due, 28), (due + 9, 28)] {
            let account = try account(on: today)
            #expect(account.due == due)
            #expect(account.usedDays == used)
            #expect(account.remainingDays == 28 - used)
        }
    }

    @Test("a clock waits for what is missing, runs, stops and closes")
    func states() throws {
        #expect(try account { $0.completeOn = nil }.state == .awaitingCompleteness)
        #expect(try account().state == .running)
        #expect(try account { $0.pauses = [.init(from: day(2026, 9, 8), reason: .fee)] }.state == .paused)
        #expect(try account { $0.closedOn = day(2026, 9, 9) }.state == .closed)
    }

    @Test("a date is overdue from the day after it, and a breach stays one when the case is closed")
    func late() throws {
        #expect(try !account(on: due).isOverdue)
        #expect(try account(on: due + 1).isOverdue)
        #expect(try account(on: due + 1).isBreached)
        let inTime = try account({ $0.closedOn = day(2026, 9, 29) }, on: due + 30)
        #expect(!inTime.isBreached && !inTime.isOverdue)
        let late = try account({ $0.closedOn = day(2026, 9, 30) }, on: due + 30)
        #expect(late.isBreached && !late.isOverdue)
        #expect(late.inWords == "The case was closed on 30 September 2026, 1 day after it was due.")
    }

    @Test(
        "the warning level is the nearest one that has been reached",
        arguments: [(8, nil), (7, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 0), (-1, nil)] as [(Int, Int?)])
    func warnings(left: Int, level: Int?) throws {
        #expect(try account(on: due - left).warning(among: [7, 3, 1, 0]) == level)
    }

    @Test("the last working day stands beside a date at a weekend")
    func lastWorkingDay() throws {
        let account = try account { $0.completeOn = day(2026, 8, 30) }
        #expect(account.due == day(2026, 9, 28))
        #expect(account.lastWorkingDay == day(2026, 9, 28))
        let sunday = try self.account { $0.completeOn = day(2026, 9, 6) }
        #expect(sunday.due == day(2026, 10, 4))
        #expect(sunday.lastWorkingDay == day(2026, 10, 2))
    }

    @Test("the latest date is the one with the longest extension that is left, until it is too late to give notice")
    func latest() throws {
        #expect(try account().latestIfExtended() == due + 56)
        let part = try account { $0.extensions = [.init(amount: .days(20), notifiedOn: day(2026, 9, 8))] }
        #expect(part.extendedBy == .days(20))
        #expect(try part.latestIfExtended() == due + 56)
        #expect(try account(on: due + 1).latestIfExtended() == nil)
        #expect(try account({ $0.closedOn = day(2026, 9, 9) }).latestIfExtended() == nil)
        #expect(try account(under: Shipped.rules("policy-2017", "deceased")).latestIfExtended() == nil)
    }

    @Test("a day for which no table of bank holidays holds is an error, not a day without holidays")
    func outsideTables() {
        #expect(throws: HolidaysUnknown.self) { try account { $0.completeOn = day(2029, 12, 20) } }
    }

    // MARK: The account in words

    @Test("the account names every day, what it was and why")
    func words() throws {
        let account = try account(
            {
                $0.completeOn = day(2026, 8, 28)
                $0.pauses = [.init(from: day(2026, 9, 2), to: day(2026, 9, 6), reason: .clarification, entry: 7)]
            }, on: day(2026, 10, 2))
        let segments = try account.segments()
        #expect(
            segments.map(\.inWords) == [
                "From 25 August 2026 to 27 August 2026: not counted (3 days). "
                    + "The clock had not started: something needed was missing.",
                "28 August 2026: not counted. The clock starts here, and the count begins on the day after.",
                "From 29 August 2026 to 30 August 2026: 2 days counted.",
                "31 August 2026: not counted. Bank holiday: Summer bank holiday.",
                "From 1 September 2026 to 2 September 2026: 2 days counted.",
                "From 3 September 2026 to 6 September 2026: not counted (4 days). The clock was stopped: waiting for "
                    + "an answer to a question about the request, asked for on 2 September 2026, "
                    + "answered on 6 September 2026.",
                "From 7 September 2026 to 30 September 2026: 24 days counted.",
                "From 1 October 2026 to 2 October 2026: 2 days late.",
            ])
        #expect(segments.compactMap(\.entry) == [7])
        #expect(
            account.inWords == "Due on Wednesday 30 September 2026, counted from 28 August 2026. That was 2 days ago.")
    }

    @Test("a clock that stands still says what is left and since when")
    func stopped() throws {
        let account = try account({ $0.pauses = [.init(from: day(2026, 9, 8), reason: .fee)] }, on: day(2026, 9, 12))
        #expect(account.due == nil)
        #expect(account.inWords == "The clock is stopped: 7 days used, 21 days left.")
        let last = try #require(account.segments().last)
        #expect(last.to == nil)
        #expect(last.daysNotCounted == 4)
        #expect(last.inWords.hasSuffix("waiting for the fee, asked for on 8 September 2026, not answered yet."))
    }

    // MARK: What may be done

    @Test("a question is in time until the day before the due date")
    func pauseInTime() throws {
        #expect(try account(on: due - 1).whyNot(.pause(.init(from: due - 1, reason: .fee))) == nil)
        let reason = try account(on: due).whyNot(.pause(.init(from: due, reason: .fee)), field: "day")
        #expect(reason?.code == "pause-late")
        #expect(reason?.field == "day")
        #expect(reason?.text.contains("28 September 2026") == true)
    }

    @Test("nothing is stopped before it runs, after it is closed, in the future or for a reason the rules do not know")
    func pauseRefused() throws {
        let today = ClockRefusal.Event.pause(.init(from: day(2026, 9, 10), reason: .evidence))
        #expect(try account { $0.completeOn = nil }.whyNot(today)?.code == "clock-not-started")
        #expect(try account { $0.completeOn = day(2026, 9, 12) }.whyNot(today)?.code == "pause-before-start")
        #expect(try account { $0.closedOn = day(2026, 9, 9) }.whyNot(today)?.code == "clock-closed")
        let tomorrow = ClockRefusal.Event.pause(.init(from: day(2026, 9, 11), reason: .evidence))
        #expect(try account().whyNot(tomorrow)?.code == "date-in-future")
        let early = ClockRefusal.Event.pause(.init(from: day(2026, 8, 24), reason: .evidence))
        #expect(try account().whyNot(early)?.code == "date-before-receipt")
        let statute = Shipped.rules("uk-2026", "access")
        #expect(try account(under: statute).whyNot(today)?.code == "pause-not-available")
    }

    @Test("a notice is in time on the due date, and adds no more than the rules allow")
    func extensions() throws {
        func reason(_ amount: Period, _ change: (inout ClockHistory) -> Void = { _ in }, on today: Day) throws
            -> String?
        {
            try account(change, on: today).whyNot(.extension(.init(amount: amount, notifiedOn: today)))?.code
        }
        #expect(try reason(.days(56), on: due) == nil)
        #expect(try reason(.days(56), on: due + 1) == "extension-late")
        #expect(try reason(.days(57), on: start) == "extension-too-long")
        #expect(try reason(.days(0), on: start) == "extension-too-long")
        #expect(try reason(.months(2), on: start) == "extension-unit")
        let half = { (history: inout ClockHistory) in
            history.extensions = [.init(amount: .days(28), notifiedOn: day(2026, 9, 5))]
        }
        #expect(try reason(.days(28), half, on: due + 28) == nil)
        #expect(try reason(.days(29), half, on: due) == "extension-too-long")
        #expect(
            try account(under: Shipped.rules("policy-2017", "deceased")).whyNot(
                .extension(.init(amount: .days(1), notifiedOn: start)))?.code
                == "extension-not-available")
    }

    @Test("further information may be asked for before the clock of the Health Records Act runs again")
    func furtherInformation() throws {
        let question = ClockRefusal.Event.pause(.init(from: day(2026, 9, 7), reason: .furtherInformation))
        #expect(try account(under: Shipped.rules("uk-2026", "deceased")).whyNot(question) == nil)
        let late = ClockRefusal.Event.pause(.init(from: day(2026, 9, 8), reason: .furtherInformation))
        #expect(try account(under: Shipped.rules("uk-2026", "deceased")).whyNot(late)?.code == "restart-late")
    }
}
