import Foundation
import Synchronization

/// A mixed load at a steady pace, and what the server holds meanwhile.
struct Soak {
    /// What the server held at one time.
    struct Sample: Sendable {
        let memory: Int
        let handles: Int
    }

    /// What several connections write down at once.
    private final class Tally: Sendable {
        struct Counts {
            var asked = 0
            var faults: [String] = []
            var samples: [Sample] = []
        }

        let counts = Mutex(Counts())
    }

    private let server: ServerProcess
    private let operations: [WebOperation]
    private let connections: Int
    private let pace: Int
    private let numbers = Numbers()

    init(_ server: ServerProcess, _ operations: [WebOperation], connections: Int, pace: Int) {
        self.server = server
        self.operations = operations
        self.connections = connections
        self.pace = max(pace, 1)
    }

    /// Asks for one thing after another for so long.
    func run(minutes: Int) throws -> SoakResult {
        let tally = Tally()
        let end = ContinuousClock.now + .seconds(60 * minutes)
        let watch = Thread { [id = server.id] in
            while ContinuousClock.now < end {
                if let memory = try? ServerProcess.memory(of: id).resident,
                    let handles = try? ServerProcess.handles(of: id)
                {
                    tally.counts.withLock { $0.samples.append(Sample(memory: memory, handles: handles)) }
                }
                Thread.sleep(forTimeInterval: 2)
            }
        }
        watch.start()
        let cpu = try server.cpuSeconds()
        try server.together(connections) { [operations, numbers, connections, pace, port = server.port] first, place in
            var connection = first
            var next = ContinuousClock.now
            while ContinuousClock.now < end {
                let number = numbers.next()
                let operation = operations[number % operations.count]
                do {
                    try operation.perform(connection, number / operations.count)
                    tally.counts.withLock { $0.asked += 1 }
                } catch {
                    tally.counts.withLock { $0.faults.append("\(operation.name): \(error)") }
                    connection = try KeptConnection(port: port)
                }
                // A connection that fell behind does not hurry afterwards: people do not either.
                next = max(next + .milliseconds(1000 * connections / pace), ContinuousClock.now)
                let wait = (next - ContinuousClock.now) / .seconds(1)
                if wait > 0 { Thread.sleep(forTimeInterval: wait) }
            }
        }
        let counts = tally.counts.withLock { $0 }
        return SoakResult(
            minutes: minutes, asked: counts.asked, faults: counts.faults, cpuSeconds: try server.cpuSeconds() - cpu,
            samples: counts.samples)
    }
}

/// Counts up, whoever asks.
private final class Numbers: Sendable {
    private let last = Mutex(0)

    func next() -> Int {
        last.withLock { number in
            number += 1
            return number
        }
    }
}

/// What came of it.
struct SoakResult {
    let minutes: Int
    let asked: Int
    let faults: [String]
    let cpuSeconds: Double
    let samples: [Soak.Sample]

    private var first: ArraySlice<Soak.Sample> { samples.prefix(samples.count / 3) }
    private var last: ArraySlice<Soak.Sample> { samples.suffix(samples.count / 3) }

    private func mean(_ samples: ArraySlice<Soak.Sample>, _ value: (Soak.Sample) -> Int) -> Double {
        Double(samples.reduce(0) { $0 + value($1) }) / Double(max(samples.count, 1))
    }

    /// Whether nothing failed, and the last third of the time needed no more than a tenth above the first.
    var isFlat: Bool {
        faults.isEmpty && mean(last, \.memory) <= mean(first, \.memory) * 1.1
            && mean(last, \.handles) <= mean(first, \.handles) * 1.1
    }

    var text: String {
        func line(_ name: String, _ samples: ArraySlice<Soak.Sample>) -> String {
            String(
                format: "%@ memory %6.1f MB (at most %6.1f), handles %5.1f (at most %d)", name,
                mean(samples, \.memory) / 1_000_000, Double(samples.map(\.memory).max() ?? 0) / 1_000_000,
                mean(samples, \.handles), samples.map(\.handles).max() ?? 0)
        }
        return """
            \(minutes) minutes, \(asked) requests, \(faults.count) failed, \
            \(String(format: "%.0f", cpuSeconds)) s of CPU
            \(line("first third:", first))
            \(line("last third: ", last))
            \(isFlat ? "flat" : "NOT FLAT")
            \(faults.prefix(10).joined(separator: "\n"))
            """
    }
}
