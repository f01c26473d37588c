import Casework
import Jobs
import Logging
import Rights
import Store
import TestSupport
import Testing

@Suite("What is not kept too long")
struct ForgettingTests {
    private let premises: Premises

    init() throws {
        premises = try Premises()
    }

    private var store: Store { premises.casework.store }

    /// One night's work of one kind.
    private func night(_ work: any Work) async {
        let daily = Schedule.Daily(type(of: work).kind, hour: 0)
        let worker = Worker(
            store: store, work: [work], schedule: Schedule([daily], surroundings: premises.world.surroundings),
            bell: Bell(), surroundings: premises.world.surroundings,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        await worker.workOff()
    }

    @Test("An address that never proved itself is forgotten a week after its link expired, not before")
    func unprovedAddress() async throws {
        let now = premises.world.now
        try await store.write {
            try $0.addLink(
                "digest", for: .verify, on: .portal, email: "anna@example.org", account: nil, at: now,
                until: now + 86_400)
        }
        let passwords = Passwords(random: premises.world.surroundings.random)
        let work = ForgetAccountRemnants(accounts: Accounts(casework: premises.casework, passwords: passwords))
        premises.world.advance(days: 8)
        await night(work)
        #expect(try await store.read { try $0.link("digest") }?.email == "anna@example.org")
        premises.world.advance(days: 1)
        await night(work)
        #expect(try await store.read { try $0.link("digest") } == nil)
    }

    @Test("A finished job is forgotten after a month; one that waits is not")
    func finishedJobs() async throws {
        let now = premises.world.now
        try await store.write { transaction in
            try transaction.enqueue(NewJob(kind: "rehearsed", body: "done", dedupeKey: "done"), at: now)
            try transaction.enqueue(
                NewJob(kind: "rehearsed", body: "waits", dedupeKey: "waits", runAt: now + 1), at: now)
            let job = try transaction.claimJob(by: "test", at: now, lease: 1)
            try transaction.finish(job!.id, by: "test", at: now)
        }
        let work = ForgetOldWork(store: store, surroundings: premises.world.surroundings)
        premises.world.advance(days: 30)
        await night(work)
        let later = premises.world.now
        #expect(try await isNew("done", at: later) == false)
        premises.world.advance(days: 1)
        await night(work)
        let after = premises.world.now
        #expect(try await isNew("done", at: after))
        #expect(try await isNew("waits", at: after) == false)
    }

    @Test("A draft is forgotten when the policy's days are over since it was last changed, not before")
    func drafts() async throws {
        let days = premises.casework.policies.current.periods.draftDays
        let now = premises.world.now
        try await store.write { try $0.addAccount(premises.account, email: "anna@example.org", password: "x", at: now) }
        _ = try await premises.casework.beginDraft(of: "living", by: premises.account)
        premises.world.advance(days: days)
        await night(ForgetDrafts(casework: premises.casework))
        #expect(try await premises.casework.drafts(of: premises.account).count == 1)
        premises.world.advance(days: 2)
        await night(ForgetDrafts(casework: premises.casework))
        #expect(try await premises.casework.drafts(of: premises.account).isEmpty)
    }

    @Test("An upload that no form has named is forgotten after a day, a case's file never")
    func uploads() async throws {
        let id = try await premises.casework.begin(premises.request(), by: premises.requester).id
        let kept = try await premises.addRecord("Notes", to: id)
        let stray = try await premises.casework.takeIn(
            Chunks(bytes: Array("Nobody asked".utf8), size: 5), named: "stray.txt",
            under: premises.casework.key(of: id), into: nil, from: .staff, by: premises.staff)
        await night(ForgetDrafts(casework: premises.casework))
        #expect(try await store.read { try $0.file(stray.id) } != nil)
        premises.world.advance(days: 2)
        await night(ForgetDrafts(casework: premises.casework))
        #expect(try await store.read { try $0.file(stray.id) } == nil)
        #expect(try await store.read { try $0.file(kept.id) } != nil)
    }

    /// Whether a job with this key is not there (any more).
    private func isNew(_ key: String, at now: Moment) async throws -> Bool {
        try await store.write { try $0.enqueue(NewJob(kind: "rehearsed", body: "x", dedupeKey: key), at: now) }
    }
}
