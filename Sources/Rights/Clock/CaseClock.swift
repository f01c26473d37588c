/// Both clocks of a case: the trust's own and the law's. The earlier date governs (law-today.md 1).
package struct CaseClock: Hashable, Sendable {
    package let policy: ClockAccount
    /// Nothing for kinds of request that no statute times.
    package let statute: ClockAccount?

    package var state: ClockAccount.State { policy.state }

    /// The date by which to answer; nothing before the start and while the trust's clock is stopped.
    ///
    /// The statute's date may be known while the policy's is not (the policy waits for more); it is shown beside,
    /// and governs only once the trust's own clock has a date.
    package var due: Day? {
        guard let mine = policy.due else { return nil }
        return min(mine, statute?.due ?? mine)
    }

    /// Today is after one of the dates and the case is open.
    package var isOverdue: Bool { policy.isOverdue || statute?.isOverdue ?? false }

    /// Open after one of the dates, or closed after it.
    package var isBreached: Bool { policy.isBreached || statute?.isBreached ?? false }

    /// The account whose date governs.
    package var governing: ClockAccount {
        if let statute, let law = statute.due, let mine = policy.due, law < mine { statute } else { policy }
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
