import Jobs
import Rights
import Store
import TestSupport
import Testing

/// The machine's clock does what clocks do not.
@Suite("The worker when the clock is wrong")
struct ClockTests {
    private static let year = 365 * 86_400
    private let shop: Workshop

    init() throws {
        shop = try Workshop()
    }

    @Test("What failed while the clock was a year ahead does not wait for a year")
    func retries() async throws {
        let work = Rehearsed(.success(.again("busy")), .success(.done))
        let worker = shop.worker(work)
        await worker.workOff()
        shop.world.advance(seconds: Self.year)
        try await shop.enqueue("mail")
        #expect(await worker.workOff() == 1)
        shop.world.advance(seconds: -Self.year)
        #expect(await worker.workOff() == 1)
        #expect(work.performed == ["mail", "mail"])
    }

    @Test("What a worker had claimed when the clock was ahead, and died, is another's after the usual time")
    func claims() async throws {
        let work = Rehearsed(.success(.done))
        let worker = shop.worker(work) { $0.lease = 300 }
        await worker.workOff()
        try await shop.enqueue("mail")
        let ahead = shop.world.now + Self.year
        _ = try await shop.store.write { try $0.claimJob(by: "another", at: ahead, lease: 300) }
        shop.world.advance(seconds: -3600)
        #expect(await worker.workOff() == 0)
        shop.world.advance(seconds: 300)
        #expect(await worker.workOff() == 1)
    }

    @Test("What deletes waits an hour when the clock leaps ahead, and is done then if nobody sets it back")
    func leap() async throws {
        let work = Rehearsed(.success(.done))
        let worker = shop.worker(work, daily: [Schedule.Daily(Rehearsed.kind, hour: 12)])
        await worker.workOff()
        shop.world.advance(seconds: Self.year)
        await worker.workOff()
        shop.world.advance(seconds: 3599)
        await worker.workOff()
        #expect(work.performed == [], "neither the work of the day nor what had been planned for its afternoon")
        shop.world.advance(seconds: 1)
        await worker.workOff()
        shop.world.advance(seconds: 1800)
        await worker.workOff()
        #expect(work.performed.contains("2026-03-02"))
    }

    @Test("When the clock that has leapt is set back within the hour, nothing was deleted")
    func leapAndBack() async throws {
        let work = Rehearsed(.success(.done))
        let worker = shop.worker(work, daily: [Schedule.Daily(Rehearsed.kind, hour: 12)])
        await worker.workOff()
        shop.world.advance(seconds: Self.year)
        await worker.workOff()
        shop.world.advance(seconds: 60 - Self.year)
        await worker.workOff()
        #expect(work.performed == ["2026-03-02"] || work.performed == [])
        shop.world.advance(days: 1)
        await worker.workOff()
        #expect(work.performed.filter { $0 == "2026-03-02" }.count == 1, "it was done once, by the right clock")
    }
}
