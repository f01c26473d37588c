import Jobs
import Logging
import Rights
import ServiceLifecycle
import Store
import TestSupport
import Testing

@Suite("The worker")
struct WorkerTests {
    private let shop: Workshop

    init() throws {
        shop = try Workshop()
    }

    @Test("Does what is due, in order, once; what is for later waits")
    func onceInOrder() async throws {
        let work = Rehearsed(.success(.done))
        let worker = shop.worker(work)
        try await shop.enqueue("one")
        try await shop.enqueue("later", runAt: shop.world.now + 3600)
        try await shop.enqueue("two")
        #expect(await worker.workOff() == 2)
        #expect(work.performed == ["one", "two"])
        #expect(await worker.workOff() == 0)
        shop.world.advance(seconds: 3600)
        #expect(await worker.workOff() == 1)
        #expect(work.performed == ["one", "two", "later"])
    }

    @Test("What failed is tried again, later each time")
    func backOff() async throws {
        let work = Rehearsed(.success(.again("busy")), .success(.again("busy")), .success(.done))
        let worker = shop.worker(work)
        try await shop.enqueue("mail")
        for wait in [0, 60, 120] {
            shop.world.advance(seconds: max(wait - 1, 0))
            if wait > 0 { #expect(await worker.workOff() == 0) }
            shop.world.advance(seconds: min(wait, 1))
            #expect(await worker.workOff() == 1)
        }
        #expect(work.performed.count == 3)
        shop.world.advance(days: 30)
        #expect(await worker.workOff() == 0)
        #expect(work.givenUp.isEmpty)
    }

    @Test("After its attempts a job is dead, and somebody was told before")
    func givesUp() async throws {
        let work = Rehearsed(.success(.again("no such host")))
        let worker = shop.worker(work) { $0.attempts = 3 }
        try await shop.enqueue("mail")
        for _ in 0..<5 {
            await worker.workOff()
            shop.world.advance(days: 1)
        }
        #expect(work.performed.count == 3)
        #expect(work.givenUp == ["mail: no such host"])
        #expect(try await shop.dead.map(\.error) == ["no such host"])
    }

    @Test("What cannot be cured is not tried again")
    func never() async throws {
        let work = Rehearsed(.success(.never("no such mailbox")))
        let worker = shop.worker(work)
        try await shop.enqueue("mail")
        await worker.workOff()
        shop.world.advance(days: 1)
        #expect(await worker.workOff() == 0)
        #expect(work.givenUp == ["mail: no such mailbox"])
        #expect(try await shop.dead.count == 1)
    }

    @Test("A job of a worker that died is done by another when the claim has run out, not before")
    func deadWorker() async throws {
        let work = Rehearsed(.success(.done))
        let worker = shop.worker(work)
        try await shop.enqueue("mail")
        let now = shop.world.now
        let claimed = try await shop.store.take { try $0.claimJob(by: "the one that dies", at: now, lease: 300) }
        #expect(claimed?.body == "mail")
        shop.world.advance(seconds: 299)
        #expect(await worker.workOff() == 0)
        shop.world.advance(seconds: 1)
        #expect(await worker.workOff() == 1)
        #expect(work.performed == ["mail"])
    }

    @Test("What an error says about a person is not kept")
    func noPersonalData() async throws {
        let work = Rehearsed(.failure(Rehearsed.Fault()))
        let worker = shop.worker(work) { $0.attempts = 1 }
        try await shop.enqueue("mail")
        await worker.workOff()
        #expect(try await shop.dead.map(\.error) == ["Fault"])
    }

    @Test("A kind of work that this version does not know is dead at once")
    func unknownKind() async throws {
        let worker = shop.worker(Rehearsed(.success(.done)))
        try await shop.enqueue("x", kind: "from-the-future")
        await worker.workOff()
        #expect(try await shop.dead.map(\.kind) == ["from-the-future"])
    }

    @Test("The bell wakes it, a lasting job holds up no other, and a stop lets begun work end but begins no more")
    func runs() async throws {
        let lasting = Lasting()
        let quick = Signalled()
        let other = OtherLasting()
        let worker = shop.worker(lasting, quick, other) { $0.lanes = 2 }
        let group = ServiceGroup(
            services: [worker], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        async let running: Void = group.run()

        try await shop.enqueue("scan", kind: Lasting.kind)
        shop.bell.ring()
        await lasting.hasBegun()
        try await shop.enqueue("code", kind: Signalled.kind)
        shop.bell.ring()
        await quick.wasDone()
        // With no lane free the worker looks for nothing at the moment of the stop.
        try await shop.enqueue("pages", kind: OtherLasting.kind)
        shop.bell.ring()
        await other.work.hasBegun()

        await group.triggerGracefulShutdown()
        try await shop.enqueue("too late", kind: Signalled.kind)
        shop.bell.ring()
        lasting.letEnd()
        other.work.letEnd()
        try await running

        let now = shop.world.now
        let left = try await shop.store.write { transaction -> [String] in
            var bodies: [String] = []
            while let job = try transaction.claimJob(by: "test", at: now, lease: 1) { bodies.append(job.body) }
            return bodies
        }
        #expect(left == ["too late"])
    }

    @Test("However many jobs of one kind last, another kind has a lane, and they go on when one of theirs is free")
    func oneKindLeavesALane() async throws {
        let lasting = Lasting()
        let quick = Signalled()
        let worker = shop.worker(lasting, quick) { $0.lanes = 3 }
        let group = ServiceGroup(
            services: [worker], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        async let running: Void = group.run()
        for mail in 1...4 { try await shop.enqueue("mail \(mail)", kind: Lasting.kind) }
        shop.bell.ring()
        await lasting.hasBegun()
        await lasting.hasBegun()
        for number in 1...2 {
            try await shop.enqueue("scan \(number)", kind: Signalled.kind)
            shop.bell.ring()
            await quick.wasDone()
        }
        let now = shop.world.now
        #expect(try await shop.store.read { try $0.isJobDue(at: now, except: [Signalled.kind]) })
        for _ in 1...2 {
            lasting.letEnd()
            await lasting.hasBegun()
        }
        await group.triggerGracefulShutdown()
        for _ in 1...2 { lasting.letEnd() }
        try await running
        #expect(try await shop.store.read { try $0.isJobDue(at: now) } == false)
    }

    @Test("While a long job is being done its claim is renewed")
    func renewsClaim() async throws {
        let lasting = Lasting()
        let renewed = AsyncStream<Void>.makeStream()
        let world = shop.world
        let worker = shop.worker(lasting) { pace in
            pace.lease = 300
            let first = AsyncStream<Void>.makeStream()
            first.continuation.yield()
            pace.sleep = { seconds in
                guard seconds == 100 else { return try await Workshop.never(seconds) }
                // The first third of the lease goes by at once; the second look means that the claim was renewed.
                for await _ in first.stream {
                    first.continuation.finish()
                    world.advance(seconds: 100)
                    return
                }
                renewed.continuation.yield()
                try await Workshop.never(seconds)
            }
        }
        try await shop.enqueue("scan", kind: Lasting.kind)
        async let done = worker.workOff()
        for await _ in renewed.stream { break }
        world.advance(seconds: 299)
        let now = world.now
        let taken = try await shop.store.take { try $0.claimJob(by: "another", at: now, lease: 300) }
        #expect(taken == nil)
        lasting.letEnd()
        #expect(await done == 1)
        #expect(try await shop.dead.isEmpty)
    }
}

/// Quick work that says when it was done.
private struct Signalled: Work {
    static let kind = "signalled"

    private let done = AsyncStream<Void>.makeStream()

    func wasDone() async {
        for await _ in done.stream { return }
    }

    func perform(_ job: Job) async throws -> WorkOutcome {
        done.continuation.yield()
        return .done
    }
}
