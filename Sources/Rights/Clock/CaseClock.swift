/// Both clocks of a case: the trust's own and the law's. The earlier date governs (law-today.md 1).
package struct CaseClock: Hashable, Sendable {
    package let policy: ClockAccount
    /// Nothing for kinds of request that no statute times.
    package let statute: ClockAccount?

    package var state: ClockAccount.State { policy.state }

    /// The date by which to answer: the earlier of those that run. The law's date may run while the trust's own clock
    /// waits for more or stands still, and then it alone governs (law-today.md 1); nothing while neither runs.
    package var due: Day? {
        [policy.due, statute?.due].compactMap { $0 }.min()
    }

    /// Today is after one of the dates and the case is open.
    package var isOverdue: Bool { policy.isOverdue || statute?.isOverdue ?? false }

    /// Open after one of the dates, or closed after it.
    package var isBreached: Bool { policy.isBreached || statute?.isBreached ?? false }

    /// The account whose date governs.
    package var governing: ClockAccount {
        if let statute, let law = statute.due, law < policy.due ?? .distantFuture { statute } else { policy }
    }
}

extension Case {
    /// Where both clocks of this case stand on a day.
    ///
    /// - Throws: where the table of bank holidays does not reach a day that the rules need.
    package func clock(under policy: Policy, holidays: BankHolidays, on today: Day) throws(HolidaysUnknown)
        -> CaseClock?
    {
        guard let rules = policy.clock(for: received.regime, received.right) else { return nil }
        let mine = try StatutoryClock.account(
            of: history(under: rules, policy: policy), under: rules, holidays: holidays, on: today)
        var law: ClockAccount?
        if let rules = policy.statute(for: received.regime, received.right, receivedOn: receivedOn) {
            law = try StatutoryClock.account(
                of: history(under: rules, policy: policy), under: rules, holidays: holidays, on: today)
        }
        return CaseClock(policy: mine, statute: law)
    }

    /// The dates of this case as one clock reads them.
    func history(under rules: ClockRules, policy: Policy) -> ClockHistory {
        ClockHistory(
            received: receivedOn, completeOn: completeOn, relevantTime: relevantTime,
            pauses: pauses.map { pause in
                ClockHistory.Pause(
                    from: pause.from, to: pause.to,
                    reason: policy.pauseReasons[pause.paused.reason]?.kind ?? .clarification)
            },
            extensions: extensions.map { extended, day in
                ClockHistory.Extension(amount: extended.amount(under: rules), notifiedOn: day)
            },
            lastEntry: lastEntry?.lastEntry, firstMade: lastEntry?.firstEntry, closedOn: closedOn)
    }

    /// From when the statute counts: what the trust may wait for is proof of identity and, by the regulator's
    /// guidance, of authority, once it has asked (UK GDPR Art. 12A(2); C-02).
    private var relevantTime: ClockHistory.RelevantTime {
        let awaited: [Check] = [.identity, .authority]
        let asked = conversations.contains { $0.sent.check.map(awaited.contains) ?? false }
        let days = awaited.map { standing(of: $0).acceptedOn }
        if days.contains(nil) { return asked ? .awaited : .receipt }
        return days.compactMap { $0 }.max().map { .on($0) } ?? .receipt
    }
}

extension ClockExtended {
    /// The extension in the unit of these rules. A notice to the requester counts under both texts; the law's clock
    /// is moved by what the law allows.
    func amount(under rules: ClockRules) -> Period {
        switch (amount, rules.extensions?.longest) {
        case (.days, .months(let longest)): .months(longest)
        case (.months, .days(let longest)): .days(longest)
        case (.days, _), (.months, _): amount
        }
    }
}
