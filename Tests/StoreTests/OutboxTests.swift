import Rights
import TestSupport
import Testing

@testable import Store

@Suite struct OutboxTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store.open(in: folder, surroundings: world.surroundings)
    }

    private func post(_ key: String, about id: Case.ID? = nil) async throws -> Bool {
        let now = world.now
        return try await store.write {
            try $0.post(
                NewMessage(
                    channel: .email, recipient: "ann@example.org", subject: "Your request", body: "Hello", caseID: id,
                    dedupeKey: key), at: now)
        }
    }

    private func claimMessage() async throws -> OutgoingMessage? {
        let now = world.now
        return try await store.write { transaction in
            guard let job = try transaction.claimJob(by: "a", at: now, lease: 60) else { return nil }
            #expect(job.kind == OutgoingMessage.jobKind)
            return try OutgoingMessage.ID(job.body).flatMap { try transaction.message($0) }
        }
    }

    @Test("A message comes with the job that sends it, and the same cause sends one")
    func posted() async throws {
        let id = try await store.openCase(world)
        #expect(try await post("a", about: id))
        #expect(try await post("a", about: id) == false)
        let message = try #require(try await claimMessage())
        #expect(message.recipient == "ann@example.org" && message.body == "Hello" && message.state == .queued)
        #expect(message.channel == .email && message.caseID == id && message.queued == world.now)
        #expect(try await claimMessage() == nil)
        #expect(try await store.read { try $0.messages(about: id) } == [message])
    }

    @Test("A message of a unit of work that fails is not there, nor its job")
    func rolledBack() async throws {
        struct Refused: Error {}
        let now = world.now
        await #expect(throws: Refused.self) {
            try await store.write {
                try $0.post(
                    NewMessage(
                        channel: .text, recipient: "07700 900123", subject: "", body: "x", caseID: nil, dedupeKey: "a"),
                    at: now)
                throw Refused()
            }
        }
        #expect(try await claimMessage() == nil)
        #expect(try await store.read { try $0.messages(limit: 9) } == [])
    }

    @Test("A message about a case that does not exist is refused")
    func unknownCase() async throws {
        let id: Case.ID = world.surroundings.identifier()
        await #expect {
            _ = try await post("a", about: id)
        } throws: { isRefused($0) { $0.isWrongReference } }
    }

    @Test(
        "A sent message is settled once, and its text is forgotten unless it shall be shown", arguments: [true, false])
    func sent(keepingBody: Bool) async throws {
        _ = try await post("a")
        let message = try #require(try await claimMessage())
        let now = world.now
        #expect(try await store.write { try $0.markSent(message.id, at: now, keepingBody: keepingBody) })
        #expect(try await store.write { try $0.markSent(message.id, at: now, keepingBody: keepingBody) } == false)
        #expect(try await store.write { try $0.markDead(message.id, error: "x", at: now) } == false)
        let after = try #require(try await store.read { try $0.message(message.id) })
        #expect(after.state == .sent && after.settled == now && after.body == (keepingBody ? "Hello" : ""))
    }

    @Test("A message that was given up can be sent after all, or its text is forgotten")
    func dead() async throws {
        _ = try await post("a")
        let message = try #require(try await claimMessage())
        let now = world.now
        #expect(try await store.write { try $0.markDead(message.id, error: "550 no such mailbox", at: now) })
        let dead = try await store.read { try $0.message(message.id) }
        #expect(dead?.state == .dead && dead?.error == "550 no such mailbox")
        try await store.write { try $0.requeue(message.id) }
        #expect(try await store.read { try $0.message(message.id) } == message)
        try await store.write { try $0.forgetText(of: message.id) }
        #expect(try await store.read { try $0.message(message.id) }?.body == "Hello", "it is not dead")
        #expect(try await store.write { try $0.markDead(message.id, error: "550 no such mailbox", at: now) })
        try await store.write { try $0.forgetText(of: message.id) }
        #expect(try await store.read { try $0.message(message.id) }?.body == "")
    }
}

@Suite struct AccessLogTests {
    @Test("Each access is a line that can be neither changed nor removed")
    func lines() async throws {
        let folder = try TemporaryFolder()
        let world = FixedWorld()
        let store = try Store.open(in: folder, surroundings: world.surroundings)
        let id = try await store.openCase(world)
        for (what, actor) in [(AccessKind.viewed, "staff:1"), (.downloaded, "requester:2"), (.viewed, "staff:1")] {
            world.advance(seconds: 1)
            let now = world.now
            try await store.write { try $0.recordAccess(what, of: id, by: actor, detail: "page", at: now) }
        }
        let ofCase = try await store.read { try $0.accesses(of: id) }
        #expect(ofCase.map(\.what) == [.viewed, .downloaded, .viewed])
        #expect(ofCase.first?.at == world.now && ofCase.first?.detail == "page" && ofCase.first?.caseID == id)
        #expect(try await store.read { try $0.accesses(by: "staff:1") }.count == 2)
        await #expect(throws: StoreError.constraintViolated("the access log is never changed")) {
            try await store.write { try $0.execute("UPDATE access SET actor = 'staff:2'") }
        }
        await #expect(throws: StoreError.constraintViolated("the access log is never cut")) {
            try await store.write { try $0.execute("DELETE FROM access") }
        }
    }
}
