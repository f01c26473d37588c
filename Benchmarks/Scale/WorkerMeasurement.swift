import Casework
import Foundation
import Jobs
import Logging
import Rights
import Store

/// How many jobs a worker does in a second of CPU: written down, claimed, done and settled, each durably. The work
/// itself is nothing, because that is not the worker's.
struct WorkerMeasurement {
    let jobs: Int
    let worker: Double
    let database: Double

    var text: String {
        String(
            format: "worker: %.0f jobs per second of CPU, %.3f ms each (%.3f of it the database's)",
            Double(jobs) / (worker + database), (worker + database) * 1000 / Double(jobs),
            database * 1000 / Double(jobs))
    }

    static func run(on trust: SeededTrust, _ work: DatabaseWork?) async throws -> WorkerMeasurement {
        let (store, surroundings, count) = (trust.casework.store, trust.casework.surroundings, 1000)
        let worker = Worker(
            store: store, work: [NoWork()], schedule: Schedule([], surroundings: surroundings), bell: Bell(),
            surroundings: surroundings, logger: Logger(label: "measurement") { _ in SwiftLogNoOpLogHandler() })
        let now = surroundings.now()
        let own = Measurement.cpuTime()
        let other = try work?.cpuSeconds() ?? 0
        for number in 0..<count {
            try await store.write { transaction in
                try transaction.enqueue(
                    NewJob(kind: NoWork.kind, body: "", dedupeKey: "measurement:\(now):\(number)"), at: now)
            }
        }
        let tried = await worker.workOff()
        let result = WorkerMeasurement(
            jobs: max(tried, 1), worker: Measurement.cpuTime() - own,
            database: (try work?.cpuSeconds() ?? 0) - other)
        try await store.write { try $0.forgetFinishedJobs(before: surroundings.now()) }
        return result
    }
}

/// A job that is done as soon as it is begun.
private struct NoWork: Work {
    static let kind = "measurement"

    func perform(_ job: Job) async throws -> WorkOutcome { .done }
}
