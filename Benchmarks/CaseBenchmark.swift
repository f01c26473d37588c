import Casework
import Rights
import Store

extension Benchmark {
    /// What staff do all day on a trust that holds many cases, without the web: that is measured over HTTP.
    static func cases(of trust: SeededTrust) -> [Benchmark] {
        [openCold(trust), openWarm(trust), list(trust), search(trust), perform(trust)]
    }

    /// Cases that nobody looked at lately: their facts are read, opened and folded. The view is recorded.
    private static func openCold(_ trust: SeededTrust) -> Benchmark {
        let operations = min(trust.cases.count, 2000)
        return Benchmark(name: "case-open-cold", operations: operations) {
            // Each run is a process that has just begun.
            { try await trust.reopened().openEach(trust.cases.prefix(operations)) }
        }
    }

    /// Cases that were looked at a moment ago.
    private static func openWarm(_ trust: SeededTrust) -> Benchmark {
        let some = trust.cases.prefix(100)
        let rounds = 20
        return Benchmark(name: "case-open-warm", operations: some.count * rounds) {
            _ = try await trust.openEach(some)
            return {
                var sum = 0
                for _ in 0..<rounds { sum += try await trust.openEach(some) }
                return sum
            }
        }
    }

    /// The first page of today's work, and how many there are.
    private static func list(_ trust: SeededTrust) -> Benchmark {
        Benchmark(name: "case-list-50", operations: 1000) {
            {
                var sum = 0
                for _ in 0..<1000 {
                    sum += try await trust.casework.store.read { transaction in
                        let filter = SummaryFilter(.open, for: Benchmark.viewer)
                        let today = trust.casework.surroundings.today
                        return try transaction.summariesByUrgency(filter, on: today, limit: 50).count
                            + transaction.count(filter)
                    }
                }
                return sum
            }
        }
    }

    /// A name that many have, with how many there are.
    private static func search(_ trust: SeededTrust) -> Benchmark {
        let words = ["smith", "grace ad", "o’neill siân", "999 00", "rah"]
        return Benchmark(name: "case-search", operations: words.count * 200) {
            {
                var sum = 0
                for _ in 0..<200 {
                    for word in words {
                        sum += try await trust.casework.store.read { transaction in
                            let filter = SummaryFilter(for: Benchmark.viewer)
                            return try transaction.search(word, filter, limit: 50).count
                                + transaction.countFound(word, filter)
                        }
                    }
                }
                return sum
            }
        }
    }

    /// A note on each of some cases: loaded, decided, kept under the case's key, summed up, durable.
    private static func perform(_ trust: SeededTrust) -> Benchmark {
        let operations = min(trust.cases.count, 500)
        return Benchmark(name: "case-perform", operations: operations) {
            {
                var sum = 0
                let desk = trust.reopened()
                for id in trust.cases.suffix(operations) {
                    let note = AddNote(text: "The archive answered: nothing before 1998.")
                    sum += try await desk.casework.perform(note, on: id, by: .staff(trust.handler)).isOpen ? 1 : 0
                }
                return sum
            }
        }
    }
}

extension SeededTrust {
    /// Opens cases as their page does, with both clocks and what stands before a release.
    fileprivate func openEach(_ ids: some Sequence<Case.ID> & Sendable) async throws -> Int {
        var sum = 0
        for id in ids {
            let matter = try await casework.open(id, by: .staff(handler))
            let due = try casework.clock(of: matter)?.due
            let gates = matter.gates(under: try casework.policy(of: matter))
            sum += matter.conversations.count + gates.count + (due == nil ? 0 : 1)
        }
        return sum
    }
}

extension Benchmark {
    /// Who looks at the lists: hiding their own cases is part of the work.
    fileprivate static let viewer = SummaryFilter.Viewer.staff(
        OwnIdentity(name: "Mary Hughes", email: "m.hughes@example.com", dateOfBirth: Day(number: 0)))
}
