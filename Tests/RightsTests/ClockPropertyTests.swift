import Rights
import Testing

/// What must hold for every history (clock.md 2.1), tried on 100,000 of them: ten runs of 10,000, always the same.
@Suite struct ClockPropertyTests {
    @Test("random histories keep the invariants and agree with a walk over the days", arguments: 1...10)
    func invariants(seed: Int) throws {
        var chance = Chance(seed: UInt64(seed))
        for number in 0..<10_000 {
            let sample = Sample(&chance)
            do {
                try check(sample, &chance)
            } catch {
                Issue.record("seed \(seed), history \(number): \(sample): \(error)")
                return
            }
        }
    }

    private func check(_ sample: Sample, _ chance: inout Chance) throws {
        let account = try sample.account()
        let walk = ClockWalk(sample.history, rules: sample.rules, nation: sample.nation)
        try hold(account.due == walk.due, "the walk says \(String(describing: walk.due)), not \(account)")
        if account.start != nil {
            try hold(account.refusals.count == walk.refused, "the walk refuses \(walk.refused)")
        }

        try hold(try sample.account(on: sample.today + chance.below(400)).due == account.due, "looking moved the date")
        try holdUnderPauses(sample, account, &chance)
        try holdWithoutRefused(sample, account)
        try holdInSegments(account)
    }

    private func holdUnderPauses(_ sample: Sample, _ account: ClockAccount, _ chance: inout Chance) throws {
        var longer = sample
        let pause = sample.pause(&chance)
        longer.history.pauses.append(pause)
        let later = try longer.account()
        try hold(isNotEarlier(later.due, account.due), "a pause made the date earlier: \(pause)")

        longer.history.pauses.append(pause)
        try hold(try longer.account().due == later.due, "a pause counted twice: \(pause)")

        // In two parts that overlap it is the same pause.
        guard let to = pause.to, to > pause.from, pause.reason != sample.rules.restarts?.reason else { return }
        let middle = pause.from + chance.below(to - pause.from + 1)
        longer.history.pauses.removeLast(2)
        longer.history.pauses.append(.init(from: pause.from, to: middle, reason: pause.reason))
        longer.history.pauses.append(.init(from: pause.from, to: to, reason: pause.reason))
        try hold(try longer.account().due == later.due, "two overlapping pauses counted as more than one")

        longer.history.pauses.removeLast(2)
        try hold(try longer.account() == account, "taking an event out did not restore the account")
    }

    private func holdWithoutRefused(_ sample: Sample, _ account: ClockAccount) throws {
        var fewer = sample
        for refusal in account.refusals {
            switch refusal.event {
            case .pause(let pause): fewer.history.pauses.removeAll { $0 == pause }
            case .extension(let notice): fewer.history.extensions.removeAll { $0 == notice }
            }
        }
        // Equal events on equal days may be taken and refused; then the comparison says nothing.
        let removed =
            sample.history.pauses.count - fewer.history.pauses.count
            + sample.history.extensions.count - fewer.history.extensions.count
        guard removed == account.refusals.count else { return }
        let left = try fewer.account()
        try hold(left.due == account.due && left.refusals.isEmpty, "a refused event had an effect")
    }

    private func holdInSegments(_ account: ClockAccount) throws {
        try hold(account.usedDays >= 0 && account.remainingDays >= 0, "days below nothing")
        let segments = try account.segments()
        for (earlier, later) in zip(segments, segments.dropFirst()) {
            try hold(earlier.to.map { later.from == $0 + 1 } ?? false, "the account of days has a gap")
        }
        if account.due != nil, account.history.closedOn == nil {
            let counted = segments.map(\.daysCounted).reduce(0, +)
            try hold(counted == account.totalDays, "\(counted) days of the account count, not \(account.totalDays)")
        }
        let used = segments.filter { $0.cause == .counting && $0.from <= account.today }
            .map { min($0.to ?? account.today, account.today) - $0.from + 1 }.reduce(0, +)
        if account.start != nil, !account.rules.firstDayCounts {
            try hold(used == account.usedDays, "\(used) days of the account are used, not \(account.usedDays)")
        }
    }

    private func isNotEarlier(_ later: Day?, _ earlier: Day?) -> Bool {
        guard let later else { return true }
        guard let earlier else { return false }
        return later >= earlier
    }
}

/// One random history with the rules that count it.
private struct Sample {
    var history: ClockHistory
    let rules: ClockRules
    let nation: Nation
    let today: Day

    private static let choices: [ClockRules] = ["policy-2017", "uk-2018", "uk-2026"].flatMap { profile in
        ["access", "erasure", "deceased"].map { Shipped.rules(profile, $0) }
    }

    init(_ chance: inout Chance) {
        let received = day(2012, 1, 1) + chance.below(5_800)
        rules = Sample.choices[chance.below(Sample.choices.count)]
        nation = Nation.allCases[chance.below(3)]
        today = received + chance.below(200)
        let complete = chance.below(10) == 0 ? nil : received + chance.below(30) - 2
        history = ClockHistory(received: received, completeOn: complete)
        switch chance.below(10) {
        case 0: history.relevantTime = .awaited
        case 1...3: history.relevantTime = .on(received + chance.below(20))
        default: break
        }
        history.pauses = (0..<chance.below(6)).map { _ in pause(&chance) }
        history.extensions = (0..<chance.below(4)).map { _ in
            let unit = chance.below(2)
            return .init(
                amount: unit == 0 ? .days(chance.below(60)) : .months(chance.below(4)),
                notifiedOn: received + chance.below(80) - 3)
        }
        if chance.below(4) > 0 { history.lastEntry = received - chance.below(60) }
        if chance.below(4) > 0 { history.firstMade = received - chance.below(60) }
        if chance.below(5) == 0 { history.closedOn = received + chance.below(120) }
    }

    func pause(_ chance: inout Chance) -> ClockHistory.Pause {
        let from = history.received + chance.below(70) - 3
        let to = chance.below(12) == 0 ? nil : from + chance.below(25) - (chance.below(50) == 0 ? 30 : 0)
        let reasons = PauseReason.Kind.allCases
        return .init(from: from, to: to, reason: reasons[chance.below(reasons.count)])
    }

    func account(on day: Day? = nil) throws -> ClockAccount {
        try StatutoryClock.account(
            of: history, under: rules, holidays: Shipped.holidays(nation), on: day ?? today)
    }
}
