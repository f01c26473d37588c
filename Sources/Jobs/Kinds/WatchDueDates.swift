import Casework
import Logging
import Rights
import Store

/// Each morning: warns of dates that come near, and of a breach on the first day after (policy 7.2.6, 3.4; S2-189,
/// S2-012). Whether somebody was told already is read from the case, so that doing it twice tells nobody twice, and a
/// day on which nothing ran is made up for.
package struct WatchDueDates: Work {
    package static let kind = WorkKind.watchDueDates.rawValue

    private let casework: Casework
    private let logger: Logger

    package init(casework: Casework, logger: Logger) {
        self.casework = casework
        self.logger = logger
    }

    package func perform(_ job: Job) async throws -> WorkOutcome {
        let today = casework.surroundings.today
        var round = Round(logger)
        // The farthest warning of any policy: cases keep the one they came in under.
        let horizon = today + 60
        var offset = 0
        while true {
            var filter = SummaryFilter(.open, for: .nobody)
            filter.due = Day(number: 0)...horizon
            let page = try await casework.store.read { [filter, offset] in
                try $0.summaries(filter, by: SummaryOrder(.due), offset: offset, limit: 200)
            }
            for summary in page {
                try await round.visit(summary.id) { try await watch(summary.id, on: today) }
            }
            guard page.count == 200 else { return round.outcome }
            offset += page.count
        }
    }

    private func watch(_ id: Case.ID, on today: Day) async throws {
        guard let matter = try await casework.store.read({ try $0.matter(id) }) else { return }
        let rules = try casework.policy(of: matter).alerts
        guard let clock = try casework.clock(of: matter) else { return }
        for alert in rules.alerts(for: clock, after: matter.alerts, on: today) {
            try await casework.perform(RaiseAlert(raised: alert), on: id, by: .system("Deadline watch"))
        }
    }
}

extension AlertRules {
    /// What is to be told today of a case whose clocks stand so.
    ///
    /// Warnings are about the earlier date, the one that governs. A breach is told once for each date, since missing
    /// the statute is another thing than missing the trust's own promise.
    func alerts(for clock: CaseClock, after raised: [AlertRaised], on today: Day) -> [AlertRaised] {
        var alerts: [AlertRaised] = []
        if let due = clock.due, due >= today {
            let left = due - today
            let known = raised.filter { $0.due == due }.map(\.daysLeft).min() ?? .max
            // The nearest level reached; the ones before it have become pointless if they were missed.
            if let level = warningDays.filter({ left <= $0 }).min(), level < known {
                alerts.append(AlertRaised(daysLeft: level, told: warned, due: due))
            }
        }
        for due in Set([clock.policy.due, clock.statute?.due].compactMap { $0 }).sorted() where due < today {
            guard !raised.contains(where: { $0.due == due && $0.daysLeft < 0 }) else { continue }
            alerts.append(AlertRaised(daysLeft: -1, told: breachTold, due: due))
        }
        return alerts
    }
}
