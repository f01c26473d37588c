/// Both clocks of a case: the trust's own and the law's. The earlier date governs (law-today.md 1).
package struct CaseClock: Hashable, Sendable {
    package let policy: ClockAccount
    /// Nothing for kinds of request that no statute times.
    package let statute: ClockAccount?

    /// Counts one history by both sets of rules. Throws as `StatutoryClock.account` does.
    package init(
        of history: ClockHistory, policy: ClockRules, statute: ClockRules?, holidays: BankHolidays, on today: Day
    ) throws(HolidaysUnknown) {
        self.policy = try StatutoryClock.account(
            of: history.restated(for: policy), under: policy, holidays: holidays, on: today)
        guard let statute else {
            self.statute = nil
            return
        }
        self.statute = try StatutoryClock.account(
            of: history.restated(for: statute), under: statute, holidays: holidays, on: today)
    }

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
        return try CaseClock(
            of: history(under: policy), policy: rules,
            statute: policy.statute(for: received.regime, received.right, receivedOn: receivedOn),
            holidays: holidays, on: today)
    }

    /// The dates of this case as both clocks read them.
    func history(under policy: Policy) -> ClockHistory {
        ClockHistory(
            received: receivedOn, completeOn: completeOn, relevantTime: relevantTime,
            pauses: pauses.map { pause in
                ClockHistory.Pause(
                    from: pause.from, to: pause.to,
                    reason: policy.pauseReasons[pause.paused.reason]?.kind ?? .clarification, entry: pause.entry)
            },
            extensions: extensions.map { extended, day in
                ClockHistory.Extension(amount: extended.amount, notifiedOn: day)
            },
            lastEntry: lastEntry?.lastEntry, firstMade: lastEntry?.firstEntry, closedOn: closedOn)
    }

    /// From when the statute counts: what the trust may wait for is proof of identity and, by the regulator's
    /// guidance, of authority, where it has asked for it (UK GDPR Art. 12A(2); C-02). What it did not ask for, and
    /// how long it then takes to look at what came, are no reason to wait.
    private var relevantTime: ClockHistory.RelevantTime {
        var latest: Day?
        for check in [Check.identity, .authority] {
            let asked = conversations.filter { $0.sent.check == check && $0.sent.asks != .nothing }
            guard !asked.isEmpty else { continue }
            if let accepted = standing(of: check).acceptedOn {
                latest = max(latest ?? accepted, accepted)
                continue
            }
            guard !asked.contains(where: \.isWaiting), let came = asked.compactMap(\.replies.first?.on).max() else {
                return .awaited
            }
            latest = max(latest ?? came, came)
        }
        return latest.map { .on($0) } ?? .receipt
    }
}

extension ClockHistory {
    /// The same history for rules that extend in another unit. A notice to the requester counts under both texts, once:
    /// the other clock is moved by what its own rules allow, and the date that the requester was given is kept by the
    /// clock in whose unit the notice was.
    func restated(for rules: ClockRules) -> ClockHistory {
        guard let longest = rules.extensions?.longest else { return self }
        let foreign = extensions.filter { !$0.amount.hasUnit(of: longest) }
        guard let first = foreign.min(by: { $0.notifiedOn < $1.notifiedOn }) else { return self }
        var restated = self
        restated.extensions.removeAll { !$0.amount.hasUnit(of: longest) }
        restated.extensions.append(Extension(amount: longest, notifiedOn: first.notifiedOn, entry: first.entry))
        return restated
    }
}

extension Period {
    fileprivate func hasUnit(of other: Period) -> Bool {
        switch (self, other) {
        case (.days, .days), (.months, .months): true
        case (.days, .months), (.months, .days): false
        }
    }
}
