import Foundation
import PolicyFiles
import Rights

extension Benchmark {
    /// Accounts by the policy of 2017 of one history: received, three checks accepted, three pauses opened and ended,
    /// two of them overlapping, one extension. The promise is one million in seconds.
    static let clockAccounts = Benchmark(name: "clock-accounts", operations: 1_000_000) {
        let shipped = try ShippedClock()
        let base = shipped.history
        return {
            var sum = 0
            for number in 0..<1_000_000 {
                // Another case each time: the same facts, received on another day of the year.
                let shift = number % 365
                var history = base
                history.received = base.received + shift
                history.completeOn = base.completeOn.map { $0 + shift }
                let account = try StatutoryClock.account(
                    of: history, under: shipped.rules, holidays: shipped.holidays, on: base.received + 60 + shift)
                sum &+= (account.due ?? base.received) - base.received + account.usedDays
            }
            return sum
        }
    }

    /// The same from the twelve entries themselves: the case is folded from them and both its clocks are counted.
    static let clockCases = Benchmark(name: "clock-cases", operations: 100_000) {
        let shipped = try ShippedClock()
        let entries = try shipped.entries()
        let id = Case.ID(at: Moment(milliseconds: 0), random: Array(repeating: 7, count: 10))
        return {
            var sum = 0
            for number in 0..<100_000 {
                let matter = try Case(id: id, entries: entries)
                let clock = try matter.clock(
                    under: shipped.policy, holidays: shipped.holidays, on: shipped.received + number % 90)
                sum &+= (clock?.due ?? shipped.received) - shipped.received
            }
            return sum
        }
    }
}

/// The policy and the bank holidays that ship, read from `policies` in the working folder, and one case of twelve
/// facts to count by them.
private struct ShippedClock: Sendable {
    let policy: Policy
    let rules: ClockRules
    let holidays: BankHolidays
    let received = Day(number: 20_698)  // 2 September 2026

    init() throws {
        let folder = URL(filePath: "policies")
        policy = try PolicyFiles.load(folder.appending(path: "poole-2017"))
        let tables = try PolicyFiles.holidays(folder.appending(path: "bank-holidays"), on: received)
        guard let table = tables[policy.nation], let rules = policy.clock(for: .living, .access) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        holidays = table
        self.rules = rules
    }

    /// Question, answer, reason.
    private static let pauses: [(from: Int, to: Int, reason: PauseReason.Kind)] = [
        (10, 17, .clarification), (15, 19, .evidence), (40, 52, .fee),
    ]

    var history: ClockHistory {
        ClockHistory(
            received: received, completeOn: received + 6,
            pauses: ShippedClock.pauses.map {
                ClockHistory.Pause(from: received + $0.from, to: received + $0.to, reason: $0.reason)
            },
            extensions: [.init(amount: .days(56), notifiedOn: received + 30)])
    }

    func entries() throws -> [Entry] {
        let somebody = PersonName(given: "Ann", family: "Example")
        var facts: [(Fact, Int)] = [
            (
                .received(
                    Received(
                        reference: "SAR-2026-000001", applicationType: "living", right: .access, regime: .living,
                        policy: PolicyStamp(code: policy.edition.code, version: policy.edition.version),
                        nation: policy.nation, channel: .letter,
                        requester: Requester(name: somebody, capacity: "patient"), subject: Subject(name: somebody),
                        scope: Scope(description: "Everything"), department: "medico-legal")), 0
            )
        ]
        facts += Check.allCases.enumerated().map { (.checkAccepted(CheckAccepted(check: $1)), 2 * $0 + 2) }
        for (index, pause) in ShippedClock.pauses.enumerated() {
            let paused = ClockPaused(number: index + 1, reason: pause.reason.rawValue, message: index + 1)
            facts.append((.clockPaused(paused), pause.from))
            facts.append((.clockResumed(ClockResumed(pause: index + 1)), pause.to))
        }
        facts.append((.clockExtended(ClockExtended(amount: .days(56), reason: "complex", letter: "…")), 30))
        facts.append((.alertRaised(AlertRaised(daysLeft: 7, told: [], due: received + 90)), 83))
        let author = Author(kind: .staff, id: "", label: "Staff")
        return facts.sorted { $0.1 < $1.1 }.enumerated().map { index, dated in
            Entry(
                sequence: index + 1, recorded: Moment(milliseconds: 0), effective: received + dated.1, by: author,
                fact: dated.0)
        }
    }
}
