import Casework
import Desk
import HTTPTypes
import Rights
import Store
import TestSupport
import Testing

@Suite("The administrators' page of work that failed")
struct DeskFailedWorkTests {
    private let world: DeskWorld

    init() async throws {
        world = try await DeskWorld()
    }

    private var store: Store { world.casework.store }

    /// A message to somebody that was tried and given up, as the worker leaves it.
    private func failedMessage(_ number: Int = 1, about id: Case.ID? = nil) async throws {
        let now = world.premises.world.now
        try await store.write { transaction in
            try transaction.post(
                NewMessage(
                    channel: .email, recipient: "ann.secret@example.org", subject: "Confirm your email address",
                    body: "Open https://example.org/secret-link", caseID: id, dedupeKey: "test:\(number)"), at: now)
            while let job = try transaction.claimJob(by: "test", at: now, lease: 60) {
                if let message = OutgoingMessage.ID(job.body) {
                    try transaction.markDead(message, error: "RCPT failed: 550", at: now)
                }
                try transaction.fail(job, by: "test", error: "RCPT failed: 550", at: now, most: 0)
            }
        }
    }

    /// Presses a button of the first row.
    private func press(_ act: String) async throws -> TestBrowser.Answer {
        let job = try #require(try await store.read { try $0.deadJobs() }.first)
        _ = try await world.browser.get("/settings/failed-work")
        return try await world.browser.post("/settings/failed-work/\(job.id)/\(act)", [:])
    }

    private var message: OutgoingMessage {
        get async throws { try #require(try await store.read { try $0.messages(limit: 1) }.first) }
    }

    private func recorded() async throws -> [Access] {
        let actor = "staff:\(world.premises.handler.id)"
        return try await store.read { try $0.accesses(by: actor) }
    }

    @Test("A message of an account that could not be sent is there, without what it says and whom it was for")
    func shown() async throws {
        try await failedMessage()
        #expect(try await world.browser.get("/settings").text.contains("1 to look at"))
        let page = try await world.browser.get("/settings/failed-work")
        #expect(page.status == .ok)
        for words in [
            "Send an email at example.org: “Confirm your email address”", "RCPT failed: 550", "2 March 2026 at 9:30am",
        ] {
            #expect(page.text.contains(words), "\(words)")
        }
        #expect(!page.text.contains("ann.secret") && !page.text.contains("secret-link"))
    }

    @Test("A message of a case leads to the case")
    func aboutCase() async throws {
        let id = try await world.premises.runningCase()
        try await failedMessage(about: id)
        let page = try await world.browser.get("/settings/failed-work")
        #expect(page.text.contains("<a href=\"/cases/\(id)\">SAR-2026-000001</a>"))
        #expect(!page.text.contains("Rahman"))
    }

    @Test("Tried again, it waits to be sent with its text, and the record has who did that")
    func retried() async throws {
        try await failedMessage()
        #expect(try await press("retry").location == "/settings/failed-work?done=retried")
        #expect(try await message.state == .queued)
        #expect(try await message.body.contains("secret-link"))
        let now = world.premises.world.now
        let job = try await store.write { try $0.claimJob(by: "test", at: now, lease: 60) }
        #expect(job?.kind == OutgoingMessage.jobKind && job?.attempts == 1)
        #expect(try await world.browser.get("/settings/failed-work").text.contains("Nothing has failed"))
        #expect(try await recorded().map(\.what) == [.retriedWork])
        #expect(try await recorded().first?.detail == job?.id.text)
    }

    @Test("Dismissed, it is off the list for good, its text is forgotten, and the record has who did that")
    func dismissed() async throws {
        try await failedMessage()
        #expect(try await press("dismiss").location == "/settings/failed-work?done=dismissed")
        #expect(try await message.state == .dead)
        #expect(try await message.body == "")
        let later = world.premises.world.now + 86_400
        #expect(try await store.write { try $0.claimJob(by: "test", at: later, lease: 60) } == nil)
        #expect(try await recorded().map(\.what) == [.dismissedWork])
    }

    @Test("What somebody else has dealt with is said to be, and nothing is recorded")
    func twice() async throws {
        try await failedMessage()
        let job = try #require(try await store.read { try $0.deadJobs() }.first)
        _ = try await press("dismiss")
        for act in ["retry", "dismiss"] {
            _ = try await world.browser.get("/settings/failed-work")
            let answer = try await world.browser.post("/settings/failed-work/\(job.id)/\(act)", [:])
            #expect(answer.status == .conflict && answer.text.contains("Somebody has dealt with this already"))
        }
        #expect(try await recorded().count == 1)
    }

    @Test("A long list has pages, the newest first")
    func pages() async throws {
        for number in 1...26 {
            world.premises.world.advance(seconds: 60)
            try await failedMessage(number)
        }
        let first = try await world.browser.get("/settings/failed-work")
        let second = try await world.browser.get("/settings/failed-work?page=2")
        #expect(first.text.contains("9:56am") && !first.text.contains("9:31am"))
        #expect(second.text.contains("9:31am") && !second.text.contains("9:56am"))
        #expect(first.text.contains("/settings/failed-work?page=2"))
    }

    @Test("Nobody but an administrator sees it or does anything")
    func refused() async throws {
        try await failedMessage()
        let job = try #require(try await store.read { try $0.deadJobs() }.first)
        let others = Set(Permission.allCases).subtracting([.administer])
        let colleague = Premises.staff("S. Patel", permissions: others, world: world.premises.world)
        let browser = await world.browser(as: colleague)
        #expect(try await browser.get("/settings/failed-work").status == .forbidden)
        #expect(!(try await browser.get("/settings").text.contains("Work that failed")))
        for act in ["retry", "dismiss"] {
            _ = try await browser.get("/settings")
            #expect(try await browser.post("/settings/failed-work/\(job.id)/\(act)", [:]).status == .forbidden)
        }
        #expect(try await store.read { try $0.countDeadJobs() } == 1)
        await #expect(throws: Problem.self) { try await world.casework.retry(job.id, by: colleague) }
        await #expect(throws: Problem.self) { try await world.casework.dismiss(job.id, by: colleague) }
    }
}
