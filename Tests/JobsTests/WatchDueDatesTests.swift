import Casework
import Jobs
import Logging
import Rights
import Store
import TestSupport
import Testing

@Suite("The watch over due dates")
struct WatchDueDatesTests {
    private let premises: Premises

    init() throws {
        premises = try Premises()
    }

    /// One morning's watch.
    private func watch() async throws {
        let worker = Worker(
            store: premises.casework.store, work: [WatchDueDates(casework: premises.casework, logger: silent)],
            schedule: Schedule([.init(WatchDueDates.kind, hour: 6)], surroundings: premises.world.surroundings),
            bell: Bell(), surroundings: premises.world.surroundings,
            logger: silent)
        await worker.workOff()
    }

    private var silent: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }

    private func alerts(of id: Case.ID) async throws -> [AlertRaised] {
        try await premises.casework.open(id, by: premises.staff).alerts
    }

    private func due(_ id: Case.ID) async throws -> Day {
        let matter = try await premises.casework.open(id, by: premises.staff)
        return try #require(try premises.casework.clock(of: matter)?.due)
    }

    private func go(to day: Day) {
        premises.world.advance(days: day - premises.today)
    }

    @Test("Warnings come 7, 3, 1 and 0 days before the date, each once, and the breach on the first day after")
    func everyMorning() async throws {
        let id = try await premises.runningCase()
        let due = try await due(id)
        let rules = premises.casework.policies.current.alerts
        #expect(rules.warningDays == [7, 3, 1, 0])
        go(to: due - 9)
        var told: [Day: [Int]] = [:]
        while premises.today <= due + 2 {
            let before = try await alerts(of: id).count
            try await watch()
            try await watch()
            let new = try await alerts(of: id).dropFirst(before).filter { $0.due == due }
            if !new.isEmpty { told[premises.today] = new.map(\.daysLeft) }
            premises.world.advance(days: 1)
        }
        #expect(told == [due - 7: [7], due - 3: [3], due - 1: [1], due: [0], due + 1: [-1]])
        let alerts = try await alerts(of: id).filter { $0.due == due }
        #expect(alerts.map(\.told) == Array(repeating: rules.warned, count: 4) + [rules.breachTold])
    }

    @Test("Mornings on which nothing ran are made up for, without the warnings that have become pointless")
    func missedMornings() async throws {
        let id = try await premises.runningCase()
        let due = try await due(id)
        go(to: due - 2)
        try await watch()
        #expect(try await alerts(of: id).map(\.daysLeft) == [3])
        go(to: due + 4)
        try await watch()
        #expect(try await alerts(of: id).filter { $0.due == due }.map(\.daysLeft) == [3, -1])
    }

    @Test("A date that moves is warned of anew")
    func movedDate() async throws {
        let id = try await premises.runningCase()
        let first = try await due(id)
        go(to: first - 7)
        try await watch()
        try await premises.casework.perform(
            PauseClock(reason: "clarification", question: "Which years do you need?", asks: .reply), on: id,
            by: premises.staff)
        premises.world.advance(days: 3)
        try await premises.casework.perform(
            ResumeClock(pause: 1, answeredOn: premises.today, note: "By telephone", question: .answeredOtherwise),
            on: id, by: premises.staff)
        let second = try await due(id)
        try #require(second > first)
        go(to: second - 7)
        try await watch()
        #expect(try await alerts(of: id).map(\.due) == [first, second])
        #expect(try await alerts(of: id).map(\.daysLeft) == [7, 7])
    }

    @Test("A case that cannot be read hides none of the others, and the watch is tried again for it")
    func oneBadCase() async throws {
        let first = try await premises.runningCase()
        let middle = try await premises.runningCase()
        let last = try await premises.runningCase()
        go(to: try await due(middle) - 3)
        for bad in [first, last] { try await premises.damage(bad) }
        try await watch()
        #expect(try await alerts(of: middle).map(\.daysLeft) == [3])
        let soon = premises.world.now + 60
        let again = try await premises.casework.store.write { try $0.claimJob(by: "test", at: soon, lease: 1) }
        #expect(again?.kind == WatchDueDates.kind)
    }

    @Test("A closed case is nobody's breach")
    func closed() async throws {
        let id = try await premises.runningCase()
        let due = try await due(id)
        try await premises.casework.perform(
            WithdrawRequest(how: "By telephone"), on: id, by: premises.staff)
        go(to: due + 1)
        try await watch()
        #expect(try await alerts(of: id).isEmpty)
    }
}
