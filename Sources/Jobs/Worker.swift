import Logging
import Rights
import ServiceLifecycle
import Store
import Synchronization

/// Does the work that was written down: claims jobs for a time, several at once, tries again what failed, and gives up
/// what failed too often, after telling somebody. Told to stop, it finishes what it has begun and claims no more.
package final class Worker: Service {
    /// How a worker goes about it.
    package struct Pace: Sendable {
        /// How many jobs at once. One lane is left for other kinds: neither does a code by mail wait for long scans, nor
        /// a scan for mails that a server takes minutes to confirm.
        package var lanes = 3
        /// Seconds for which a job is claimed: for so long nobody does what a worker that died has begun. The claim is
        /// renewed in good time while the job is being done.
        package var lease = 30
        /// Attempts before a job is given up; the last of twelve comes about two days after the first.
        package var attempts = 12
        /// Seconds between looks for jobs that other processes have written down, or whose time has come. So short that
        /// nobody need be called from another machine; a look costs one statement.
        package var poll = 1
        /// Waits so many seconds, or until it is cancelled.
        package var sleep: @Sendable (Int) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }

        package init() {}
    }

    private let name: String
    private let store: Store
    private let kinds: [String: any Work]
    private let schedule: Schedule
    private let bell: Bell
    private let pace: Pace
    private let surroundings: Surroundings
    private let logger: Logger
    /// What is being done, and of which kind it is.
    private let inHand = Mutex<[Job.ID: String]>([:])
    private let planned = Mutex<Day?>(nil)
    private let clock = Mutex(ClockWatch())

    /// - Parameters:
    ///   - work: one value for each kind of job.
    ///   - bell: rung by whoever writes jobs down in this process.
    package init(
        store: Store, work: [any Work], schedule: Schedule, bell: Bell, surroundings: Surroundings, logger: Logger,
        pace: Pace = Pace()
    ) {
        // A name of this worker alone: after a restart the claims of the one before are not this one's.
        name = surroundings.identifier(Worker.self).text
        self.store = store
        kinds = Dictionary(work.map { (type(of: $0).kind, $0) }, uniquingKeysWith: { _, last in last })
        self.schedule = schedule
        self.bell = bell
        self.pace = pace
        self.surroundings = surroundings
        self.logger = logger
    }

    /// Works until it is told to stop.
    package func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.tick() }
            for await _ in bell.rings.cancelOnGracefulShutdown() {
                await plan()
                while isFree, !Task.isShuttingDownGracefully, let job = await claim() {
                    group.addTask {
                        await self.carryOut(job)
                        // There may be another job for the lane that is free now.
                        self.bell.ring()
                    }
                }
            }
        }
    }

    /// Does everything that is due now, one after another; returns how many jobs were tried. For a command that does
    /// not stay, and for tests.
    @discardableResult
    package func workOff() async -> Int {
        await plan()
        var count = 0
        while let job = await claim() {
            await carryOut(job)
            count += 1
        }
        return count
    }

    private var isFree: Bool { inHand.withLock { $0.count } < pace.lanes }

    private func tick() async {
        await cancelWhenGracefulShutdown {
            repeat {
                self.bell.ring()
            } while (try? await self.pace.sleep(self.pace.poll)) != nil
        }
    }

    /// Writes down what is to be done today, when the day is new to this worker, and what is to be done at its start.
    private func plan() async {
        let now = surroundings.now()
        let today = surroundings.day(now)
        let isBack = look(at: now)
        let last = planned.withLock { $0 }
        guard isBack || (last != today && !clock.withLock { $0.isInDoubt }) else { return }
        do {
            try await store.write { [schedule, name, pace] transaction in
                try transaction.takeBackFuture(at: now, lease: pace.lease)
                let start = last == nil ? schedule.start(of: name) : []
                for job in start + schedule.today(at: now) { try transaction.enqueue(job, at: now) }
            }
            planned.withLock { $0 = today }
        } catch {
            // Putting right what a wrong clock has done must not wait for the next day.
            if isBack { planned.withLock { $0 = nil } }
            log(.error, "The day's work could not be planned", error)
        }
    }

    /// Says in the log what the machine's clock has done; whether it was set back.
    private func look(at now: Moment) -> Bool {
        switch clock.withLock({ $0.look(at: now) }) {
        case .ordinary, .inDoubt: return false
        case .wentBack(let seconds):
            logger.warning(
                "The clock of this machine was set back. What was written down ahead of time is put right",
                metadata: ["seconds": "\(seconds)"])
            return true
        case .leapt(let seconds):
            logger.warning(
                "The clock of this machine leapt ahead. The day's work waits an hour, in case that is wrong",
                metadata: ["seconds": "\(seconds)"])
            return false
        }
    }

    private func claim() async -> Job? {
        let now = surroundings.now()
        do {
            let jobs = inHand.withLock { $0 }
            let held = jobs.keys.sorted { $0.text < $1.text }
            let crowded = crowded(by: jobs)
            // Somebody may have told it to stop while it looked.
            guard try await store.read({ try $0.isJobDue(at: now, except: crowded) }), !Task.isShuttingDownGracefully
            else { return nil }
            let job = try await store.take { [name, pace] in
                try $0.claimJob(by: name, at: now, lease: pace.lease, inHand: held, except: crowded)
            }
            if let job { inHand.withLock { $0[job.id] = job.kind } }
            return job
        } catch {
            log(.error, "No job could be claimed", error)
            return nil
        }
    }

    /// The kinds that have all lanes but the last.
    private func crowded(by jobs: [Job.ID: String]) -> [String] {
        let most = max(1, pace.lanes - 1)
        return Dictionary(grouping: jobs.values) { $0 }.filter { $0.value.count >= most }.keys.sorted()
    }

    private func carryOut(_ job: Job) async {
        defer { inHand.withLock { _ = $0.removeValue(forKey: job.id) } }
        do {
            let outcome: WorkOutcome
            if let work = kinds[job.kind] {
                outcome = await attempt(work, job)
                if let reason = reasonToGiveUp(outcome, job) { try await work.giveUp(job, because: reason) }
            } else {
                outcome = .never("This version does not know this kind of work.")
            }
            try await settle(job, outcome)
        } catch {
            // The claim runs out, and the job is tried again.
            log(.error, "A job's end could not be written down", error, job)
        }
    }

    private func attempt(_ work: any Work, _ job: Job) async -> WorkOutcome {
        // With a clock that is wrong it would take away what is not old.
        guard !(schedule.isDaily(job.kind) && clock.withLock { $0.isInDoubt }) else {
            return .again("The clock of this machine leapt ahead. This waits until it can be believed.")
        }
        do {
            return try await keepingClaim(of: job) { try await work.perform(job) }
        } catch {
            log(.warning, "A job failed", error, job)
            return .again(String(describing: type(of: error)))
        }
    }

    /// Renews the claim while the work is done; cancels the work when the claim was lost, or could not be renewed
    /// before it ran out.
    private func keepingClaim(
        of job: Job, _ perform: @escaping @Sendable () async throws -> WorkOutcome
    ) async throws -> WorkOutcome {
        try await withThrowingTaskGroup(of: WorkOutcome.self) { group in
            group.addTask { try await perform() }
            group.addTask { [self] in
                var until = surroundings.now() + pace.lease
                while true {
                    try await pace.sleep(pace.lease / 3)
                    do {
                        let later = surroundings.now() + pace.lease
                        let isOurs = try await store.write { [name] in
                            try $0.extendClaim(of: job.id, by: name, until: later)
                        }
                        guard isOurs else { throw ClaimLost() }
                        until = later
                    } catch let error as StoreError {
                        guard surroundings.now() < until else { throw error }
                    }
                }
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .again("The work ended without a result.")
        }
    }

    private func reasonToGiveUp(_ outcome: WorkOutcome, _ job: Job) -> String? {
        switch outcome {
        case .done: nil
        case .again(let reason): job.attempts >= pace.attempts ? reason : nil
        case .never(let reason): reason
        }
    }

    private func settle(_ job: Job, _ outcome: WorkOutcome) async throws {
        let now = surroundings.now()
        switch outcome {
        case .done:
            try await store.write { [name] in try $0.finish(job.id, by: name, at: now) }
        case .again(let reason), .never(let reason):
            let dies = reasonToGiveUp(outcome, job) != nil
            try await store.write { [name] in
                try $0.fail(job, by: name, error: reason, at: now, most: dies ? 0 : .max)
            }
            guard dies else { return }
            logger.error(
                "A job was given up", metadata: ["kind": "\(job.kind)", "job": "\(job.id)", "why": "\(reason)"])
        }
    }

    /// Only the kind of an error is logged: what it says may be about a person.
    private func log(_ level: Logger.Level, _ text: Logger.Message, _ error: any Error, _ job: Job? = nil) {
        var metadata: Logger.Metadata = ["error": "\(type(of: error))"]
        if let job {
            metadata["kind"] = "\(job.kind)"
            metadata["job"] = "\(job.id)"
        }
        logger.log(level: level, text, metadata: metadata)
    }
}

/// Another worker has the job by now.
private struct ClaimLost: Error {}
