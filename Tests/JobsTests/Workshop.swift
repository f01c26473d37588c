import Jobs
import Logging
import Rights
import Store
import Synchronization
import TestSupport

/// Work whose outcomes a test decides, and which remembers what it was asked.
final class Rehearsed: Work {
    static let kind = "rehearsed"

    struct Fault: Error {
        let patient = "Anna Example"
    }

    private struct State {
        var outcomes: [Result<WorkOutcome, Fault>]
        var performed: [String] = []
        var givenUp: [String] = []
    }

    private let state: Mutex<State>

    /// - Parameter outcomes: one for each attempt; the last stands for all that follow.
    init(_ outcomes: Result<WorkOutcome, Fault>...) {
        state = Mutex(State(outcomes: outcomes))
    }

    var performed: [String] { state.withLock { $0.performed } }
    var givenUp: [String] { state.withLock { $0.givenUp } }

    func perform(_ job: Job) async throws -> WorkOutcome {
        try state.withLock { state in
            state.performed.append(job.body)
            return state.outcomes.count > 1 ? state.outcomes.removeFirst() : state.outcomes[0]
        }.get()
    }

    func giveUp(_ job: Job, because reason: String) async throws {
        state.withLock { $0.givenUp.append("\(job.body): \(reason)") }
    }
}

/// Work that lasts until the test lets it end.
struct Lasting: Work {
    static let kind = "lasting"

    private let begun = AsyncStream<Void>.makeStream()
    private let ended = AsyncStream<Void>.makeStream()

    /// Waits until an attempt has begun.
    func hasBegun() async {
        for await _ in begun.stream { return }
    }

    func letEnd() {
        ended.continuation.yield()
    }

    func perform(_ job: Job) async throws -> WorkOutcome {
        begun.continuation.yield()
        for await _ in ended.stream { return .done }
        throw CancellationError()
    }
}

/// The same as work of another kind, because a signal is heard by one.
struct OtherLasting: Work {
    static let kind = "other-lasting"

    let work = Lasting()

    func perform(_ job: Job) async throws -> WorkOutcome { try await work.perform(job) }
}

/// A store in a folder of its own, and workers on it.
struct Workshop {
    let folder: TemporaryFolder
    let world: FixedWorld
    let store: Store
    let bell = Bell()

    init(at text: String = "2026-03-02T09:30:00.000Z") throws {
        folder = try TemporaryFolder()
        world = FixedWorld(at: text)
        store = try Store.open(in: folder, surroundings: world.surroundings)
    }

    /// Waits for ever, or until it is cancelled: time passes only when the test says so.
    static let never: @Sendable (Int) async throws -> Void = { _ in try await Task.sleep(for: .seconds(86_400)) }

    func worker(
        _ work: any Work..., on node: Store? = nil, daily: [Schedule.Daily] = [], atStart: [String] = [],
        change: (inout Worker.Pace) -> Void = { _ in }
    ) -> Worker {
        var pace = Worker.Pace()
        pace.sleep = Workshop.never
        change(&pace)
        return Worker(
            store: node ?? store, work: work,
            schedule: Schedule(daily, atStart: atStart, surroundings: world.surroundings),
            bell: bell,
            surroundings: world.surroundings, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            pace: pace)
    }

    func enqueue(_ body: String, kind: String = Rehearsed.kind, runAt: Moment? = nil) async throws {
        let now = world.now
        try await store.write {
            try $0.enqueue(NewJob(kind: kind, body: body, dedupeKey: "\(kind):\(body)", runAt: runAt), at: now)
        }
    }

    var dead: [Job] {
        get async throws { try await store.read { try $0.deadJobs() } }
    }
}
