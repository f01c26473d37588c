import Jobs
import Rights
import Store
import TestSupport
import Testing

@Suite("What is done once a day")
struct ScheduleTests {
    private let daily = [Schedule.Daily(Rehearsed.kind, hour: 6)]

    @Test("Two workers plan the same day, and it is done once; the next day once more")
    func twoWorkers() async throws {
        let shop = try Workshop()
        let work = Rehearsed(.success(.done))
        let workers = [shop.worker(work, daily: daily), shop.worker(work, daily: daily)]
        for worker in workers { await worker.workOff() }
        #expect(work.performed == ["2026-03-02"])
        shop.world.advance(days: 1)
        for worker in workers { await worker.workOff() }
        #expect(work.performed == ["2026-03-02", "2026-03-03"])
    }

    @Test("What is done at a start is done once by each worker that starts, whatever the day")
    func start() async throws {
        let shop = try Workshop()
        let work = Rehearsed(.success(.done))
        for _ in 0..<2 {
            let worker = shop.worker(work, atStart: [Rehearsed.kind])
            await worker.workOff()
            shop.world.advance(days: 1)
            await worker.workOff()
        }
        #expect(work.performed == ["start", "start"])
    }

    @Test(
        "It waits for its hour on the trust's clocks",
        arguments: [("2026-03-02T00:30:00.000Z", 5 * 3600 + 1800), ("2026-07-02T00:30:00.000Z", 4 * 3600 + 1800)])
    func hour(now: String, wait: Int) async throws {
        let shop = try Workshop(at: now)
        let work = Rehearsed(.success(.done))
        let worker = shop.worker(work, daily: daily)
        #expect(await worker.workOff() == 0)
        shop.world.advance(seconds: wait - 1)
        #expect(await worker.workOff() == 0)
        shop.world.advance(seconds: 1)
        #expect(await worker.workOff() == 1)
    }

    @Test("A new day begins at midnight in London, also in summer")
    func londonMidnight() async throws {
        let shop = try Workshop(at: "2026-07-01T23:30:00.000Z")
        let work = Rehearsed(.success(.done))
        let worker = shop.worker(work, daily: [Schedule.Daily(Rehearsed.kind, hour: 0)])
        await worker.workOff()
        #expect(work.performed == ["2026-07-02"])
    }
}
