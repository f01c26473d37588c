import Rights
import TestSupport
import Testing

@testable import Store

@Suite struct JobTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store.open(in: folder, surroundings: world.surroundings)
    }

    private func enqueue(_ key: String, runAt: Moment? = nil) async throws -> Bool {
        let now = world.now
        return try await store.write {
            try $0.enqueue(NewJob(kind: "scan", body: key, dedupeKey: key, runAt: runAt), at: now)
        }
    }

    private func claim(by worker: String = "a", lease: Int = 60) async throws -> Job? {
        let now = world.now
        return try await store.take { try $0.claimJob(by: worker, at: now, lease: lease) }
    }

    @Test("A job is claimed once, in the order of its time, and done once")
    func claimed() async throws {
        _ = try await enqueue("second", runAt: world.now + -1)
        _ = try await enqueue("first", runAt: world.now + -2)
        _ = try await enqueue("later", runAt: world.now + 5)
        let first = try #require(try await claim())
        #expect(first.body == "first" && first.attempts == 1 && first.error == nil)
        #expect(try await claim()?.body == "second")
        #expect(try await claim() == nil)
        let now = world.now
        #expect(try await store.write { try $0.finish(first.id, by: "a", at: now) })
        #expect(try await store.write { try $0.finish(first.id, by: "a", at: now) } == false)
        world.advance(seconds: 5)
        #expect(try await claim()?.body == "later")
    }

    @Test("The same cause makes one job, also when it is done already")
    func deduplicated() async throws {
        #expect(try await enqueue("one"))
        #expect(try await enqueue("one") == false)
        let job = try #require(try await claim())
        let now = world.now
        try await store.write { try $0.finish(job.id, by: "a", at: now) }
        #expect(try await enqueue("one") == false)
        #expect(try await claim() == nil)
        #expect(try await store.write { try $0.forgetFinishedJobs(before: now + 1) } == 1)
        #expect(try await enqueue("one"))
    }

    @Test("Of many workers, no two have the same job")
    func manyWorkers() async throws {
        for index in 0..<40 { _ = try await enqueue("\(index)") }
        let (store, now) = (store, world.now)
        let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var bodies: [String] = []
                    while let job = try await store.take({ try $0.claimJob(by: "\(worker)", at: now, lease: 60) }) {
                        bodies.append(job.body)
                    }
                    return bodies
                }
            }
            return try await group.reduce(into: [String]()) { $0 += $1 }
        }
        #expect(claimed.count == 40)
        #expect(Set(claimed).count == 40)
    }

    @Test("A job in hand is not taken a second time when the clock jumps, and by another worker only then")
    func clockJumps() async throws {
        _ = try await enqueue("one")
        let job = try #require(try await claim(by: "a", lease: 60))
        world.advance(days: 1)
        let now = world.now
        #expect(try await store.take { try $0.claimJob(by: "a", at: now, lease: 60, inHand: [job.id]) } == nil)
        _ = try await enqueue("two")
        let next = try await store.take { try $0.claimJob(by: "a", at: now, lease: 60, inHand: [job.id]) }
        #expect(next?.body == "two")
        #expect(try await claim(by: "b")?.id == job.id)
    }

    @Test("A worker that died loses its claim by time, and cannot finish what another has now")
    func lostClaim() async throws {
        _ = try await enqueue("one")
        let job = try #require(try await claim(by: "dead", lease: 60))
        world.advance(seconds: 59)
        #expect(try await claim(by: "other") == nil)
        let until = world.now + 60
        #expect(try await store.write { try $0.extendClaim(of: job.id, by: "dead", until: until) })
        world.advance(seconds: 59)
        #expect(try await claim(by: "other") == nil)
        world.advance(seconds: 1)
        let again = try #require(try await claim(by: "other"))
        #expect(again.id == job.id && again.attempts == 2)
        let now = world.now
        #expect(try await store.write { try $0.extendClaim(of: job.id, by: "dead", until: now + 60) } == false)
        #expect(try await store.write { try $0.finish(job.id, by: "dead", at: now) } == false)
        #expect(try await store.write { try $0.fail(job, by: "dead", error: "x", at: now) } == nil)
        #expect(try await store.write { try $0.finish(job.id, by: "other", at: now) })
    }

    @Test("A job that fails waits longer each time, and is dead after the last attempt until a person revives it")
    func failing() async throws {
        _ = try await enqueue("one")
        var waits: [Int] = []
        while let job = try await claim() {
            let now = world.now
            guard
                case .waits(let until)? = try await store.write({
                    try $0.fail(job, by: "a", error: "no answer", at: now, most: 5)
                })
            else { break }
            waits.append(until - now)
            world.advance(seconds: until - now - 1)
            #expect(try await claim() == nil)
            world.advance(seconds: 1)
        }
        #expect(waits == [60, 120, 240, 480])
        let dead = try await store.read { try $0.deadJobs() }
        #expect(dead.map(\.body) == ["one"] && dead.first?.error == "no answer" && dead.first?.attempts == 5)
        world.advance(days: 30)
        #expect(try await claim() == nil)

        let (id, now) = (try #require(dead.first?.id), world.now)
        #expect(try await store.write { try $0.revive(id, at: now) }?.body == "one")
        #expect(try await store.write { try $0.revive(id, at: now) } == nil)
        #expect(try await claim()?.attempts == 1)
    }

    @Test("A dead job that a person dismisses is done with; one that is not dead cannot be dismissed")
    func dismissed() async throws {
        _ = try await enqueue("one")
        let (job, now) = (try #require(try await claim()), world.now)
        #expect(try await store.write { try $0.dismiss(job.id, at: now) } == nil)
        _ = try await store.write { try $0.fail(job, by: "a", error: "no answer", at: now, most: 0) }
        #expect(try await store.read { try $0.countDeadJobs() } == 1)
        #expect(try await store.write { try $0.dismiss(job.id, at: now) }?.id == job.id)
        #expect(try await store.write { try $0.revive(job.id, at: now) } == nil)
        #expect(try await store.read { try $0.countDeadJobs() } == 0)
        world.advance(days: 30)
        #expect(try await claim() == nil)
    }

    @Test("No wait is longer than a day, however often a job may fail")
    func longestWait() async throws {
        _ = try await enqueue("one")
        for _ in 0..<40 {
            let job = try #require(try await claim())
            let now = world.now
            let outcome = try await store.write { try $0.fail(job, by: "a", error: "", at: now, most: 1000) }
            guard case .waits(let until)? = outcome else {
                Issue.record("dead too early")
                return
            }
            #expect(until - now <= 86_400)
            world.advance(seconds: until - now)
        }
    }
}
