import Casework
import Correspondence
import Jobs
import Logging
import Rights
import Store
import Synchronization
import TestSupport
import Testing

@Suite("Sending what is in the outbox")
struct DeliverMessageTests {
    private let premises: Premises
    private let carrier = Carrier()

    init() throws {
        premises = try Premises()
    }

    private var worker: Worker {
        var pace = Worker.Pace()
        pace.sleep = Workshop.never
        pace.attempts = 3
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let work = DeliverMessage(casework: premises.casework, mail: carrier, texts: carrier, logger: logger)
        return Worker(
            store: premises.casework.store, work: [work],
            schedule: Schedule([], surroundings: premises.world.surroundings), bell: Bell(),
            surroundings: premises.world.surroundings, logger: logger, pace: pace)
    }

    private func post(
        _ channel: OutgoingMessage.Channel = .email, to recipient: String = "a.rahman@example.org",
        about id: Case.ID? = nil, key: String = "test"
    ) async throws {
        let now = premises.world.now
        let message = NewMessage(
            channel: channel, recipient: recipient, subject: channel == .email ? "Your request" : "",
            body: "https://records.example.org/secret-link\n", caseID: id, dedupeKey: key)
        try await premises.casework.store.write { try $0.post(message, at: now) }
    }

    private func message() async throws -> OutgoingMessage? {
        try await premises.casework.store.read { try $0.messages(limit: 1).first }
    }

    @Test("A mail goes out once, and its text with the link is forgotten")
    func once() async throws {
        try await post()
        await worker.workOff()
        await worker.workOff()
        #expect(carrier.mails.map(\.to.text) == ["a.rahman@example.org"])
        #expect(carrier.mails.first?.subject.text == "Your request")
        #expect(carrier.mails.first?.body == "https://records.example.org/secret-link\n")
        let kept = try #require(try await message())
        #expect(kept.state == .sent)
        #expect(kept.body.isEmpty)
        #expect(kept.settled == premises.world.now)
    }

    @Test("A text message goes out too")
    func text() async throws {
        try await post(.text, to: "07700 900123")
        await worker.workOff()
        #expect(carrier.texts.map(\.to.text) == ["+447700900123"])
    }

    @Test("Without a server the message stays readable in the outbox")
    func demo() async throws {
        carrier.answer(.success(.keptInOutbox))
        try await post()
        await worker.workOff()
        let kept = try #require(try await message())
        #expect(kept.state == .sent)
        #expect(kept.body.contains("secret-link"))
    }

    @Test("A mail that had to be sent again keeps its Message-ID")
    func sameIdentifier() async throws {
        carrier.answer(.failure(.passing("connection lost after the text")), .success(.handedOver))
        try await post()
        await worker.workOff()
        #expect(try await message()?.state == .queued)
        premises.world.advance(seconds: 60)
        await worker.workOff()
        #expect(carrier.mails.count == 2)
        #expect(carrier.mails[0] == carrier.mails[1])
        #expect(try await message()?.state == .sent)
    }

    @Test("A refused recipient becomes one task of the case's department, and the message is dead")
    func deadMessage() async throws {
        let id = try await premises.casework.begin(
            premises.request { $0.requester.email = nil }, by: premises.requester
        ).id
        carrier.answer(.failure(.permanent("RCPT failed: 550")))
        try await post(about: id)
        await worker.workOff()
        let dead = try #require(try await message())
        #expect(dead.state == .dead)
        let matter = try await premises.casework.open(id, by: premises.staff)
        #expect(matter.tasks.map(\.given.title) == ["An email could not be sent"])
        #expect(matter.tasks.map(\.given.department) == [matter.received.department])
        #expect(matter.tasks[0].given.details?.contains("550") == true)
    }

    @Test("A job that is given up twice makes one task")
    func givenUpTwice() async throws {
        let id = try await premises.casework.begin(
            premises.request { $0.requester.email = nil }, by: premises.requester
        ).id
        try await post(about: id)
        let now = premises.world.now
        let job = try #require(
            try await premises.casework.store.write { try $0.claimJob(by: "test", at: now, lease: 60) })
        let work = DeliverMessage(
            casework: premises.casework, mail: carrier, texts: carrier,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let posted = try #require(try await message())
        try await work.giveUp(job, because: "no such mailbox")
        // As after a crash between the task and the end of the message.
        try await premises.casework.store.write {
            try $0.execute(
                "UPDATE outbox SET state = 'queued', settled_at = NULL WHERE message_id = $1", posted.id)
        }
        try await work.giveUp(job, because: "no such mailbox")
        let matter = try await premises.casework.open(id, by: premises.staff)
        #expect(matter.tasks.count == 1)
    }

    @Test("Wrong settings are tried again, and in the end somebody is told")
    func misconfigured() async throws {
        let id = try await premises.casework.begin(
            premises.request { $0.requester.email = nil }, by: premises.requester
        ).id
        carrier.answer(.failure(.misconfigured("login denied")))
        try await post(about: id)
        for _ in 0..<3 {
            #expect(try await message()?.state == .queued)
            await worker.workOff()
            premises.world.advance(days: 1)
        }
        #expect(carrier.mails.count == 3)
        #expect(try await message()?.state == .dead)
        #expect(try await premises.casework.open(id, by: premises.staff).tasks.count == 1)
    }

    @Test("A mail server that does not answer is not asked at once about every other mail, and texts go on")
    func away() async throws {
        carrier.answer(.failure(.away("no answer")), .success(.handedOver))
        let worker = worker
        for number in 0..<3 { try await post(key: "mail \(number)") }
        try await post(.text, to: "07700 900123", key: "text")
        #expect(await worker.workOff() == 4)
        #expect(carrier.mails.count == 1 && carrier.texts.count == 1)
        premises.world.advance(seconds: 60)
        #expect(await worker.workOff() == 3)
        #expect(Set(carrier.mails.map(\.id)).count == 3, "each of them went")
        #expect(carrier.mails.count == 4, "and only the first was tried twice")
    }

    @Test("An address that is none is never handed over")
    func noAddress() async throws {
        try await post(to: "a@example.org\r\nBcc: b@example.org")
        await worker.workOff()
        #expect(carrier.mails.isEmpty)
        #expect(try await message()?.state == .dead)
    }
}

/// A carrier that answers as told and remembers what it was given.
private final class Carrier: MailTransport, TextTransport {
    private struct State {
        var answers: [Result<Delivery, DeliveryFailure>] = [.success(.handedOver)]
        var mails: [Email] = []
        var texts: [TextMessage] = []
    }

    private let state = Mutex(State())

    var mails: [Email] { state.withLock { $0.mails } }
    var texts: [TextMessage] { state.withLock { $0.texts } }

    /// The next answers; the last stands for all that follow.
    func answer(_ answers: Result<Delivery, DeliveryFailure>...) {
        state.withLock { $0.answers = answers }
    }

    func send(_ email: Email) async throws(DeliveryFailure) -> Delivery {
        try next { $0.mails.append(email) }
    }

    func send(_ text: TextMessage) async throws(DeliveryFailure) -> Delivery {
        try next { $0.texts.append(text) }
    }

    private func next(_ remember: (inout State) -> Void) throws(DeliveryFailure) -> Delivery {
        let answer = state.withLock { state in
            remember(&state)
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
        }
        return try answer.get()
    }
}
