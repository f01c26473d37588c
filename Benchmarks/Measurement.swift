import Foundation
import Synchronization

/// CPU time of the process, because the machine has other things to do.
struct Measurement {
    let benchmark: Benchmark
    let cpuSeconds: Double
    let found: Int

    var microsecondsEach: Double { cpuSeconds * 1_000_000 / Double(benchmark.operations) }

    /// The best of three runs: what disturbs a run only ever makes it slower.
    init(_ benchmark: Benchmark) async throws {
        self.benchmark = benchmark
        let work = try await benchmark.prepare()
        var best = Double.infinity
        var found = 0
        for _ in 0..<3 {
            let start = Measurement.cpuTime()
            found = try await work()
            best = min(best, Measurement.cpuTime() - start)
        }
        cpuSeconds = best
        self.found = found
    }

    /// Runs the benchmarks one after the other and prints a line for each. `ratio` is one operation over 1,000 steps
    /// of the reference loop.
    static func report(of benchmarks: [Benchmark]) async throws {
        let reference = try await Measurement(.reference)
        print(reference.line(against: reference))
        for benchmark in benchmarks {
            print(try await Measurement(benchmark).line(against: reference))
        }
        print("most memory at any time: \(mostMemory() / 1_000_000) MB")
    }

    /// The largest this process has been, in bytes.
    private static func mostMemory() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }

    private func line(against reference: Measurement) -> String {
        let ratio = microsecondsEach / (reference.microsecondsEach * 1000)
        let numbers = String(
            format: "%10d operations %8.3f CPU s %10.3f µs each %10.3f ratio", benchmark.operations, cpuSeconds,
            microsecondsEach, ratio)
        return benchmark.name.padding(toLength: 24, withPad: " ", startingAt: 0) + numbers + "   sum \(found)"
    }

    /// Seconds of CPU that this process has used.
    static func cpuTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
    }
}

extension Benchmark {
    /// Mixing of 64-bit numbers, each from the one before: no memory, no branches, nothing to vectorise. Its text is
    /// fixed, since every ratio is over it.
    fileprivate static let reference = Benchmark(name: "reference", operations: 100_000_000) {
        // Kept from run to run: a loop that always starts alike is worked out once and left out afterwards.
        let kept = Mutex<UInt64>(1)
        return {
            kept.withLock { state in
                for _ in 0..<100_000_000 {
                    state ^= state << 13
                    state ^= state >> 7
                    state ^= state << 17
                }
                return Int(state & 0xffff)
            }
        }
    }
}
