import Casework
import Rights
import Store
import TestSupport
import Testing

/// Proofs that are refused, sent again, taken out, and what the clocks make of them.
@Suite struct ProofTests {
    private let premises: Premises
    private var casework: Casework { premises.casework }

    init() throws {
        premises = try Premises()
    }

    private func refusal(_ check: Check) -> RefuseCheck {
        RefuseCheck(check: check, reason: "We cannot read it. Please send a clearer copy.")
    }

    @Test("a better proof after a refused one is to be checked, not to be asked for")
    func betterProof() async throws {
        let id = try await casework.begin(premises.request(), by: premises.requester).id
        let file = try await premises.takeIn("A clearer copy", for: id)
        try await casework.perform(refusal(.identity), on: id, by: premises.staff)
        try await casework.perform(
            AnswerQuestion(number: 1, text: "Here it is", files: [file]), on: id, by: premises.requester)
        let seen = try await casework.perform(AddNote(text: "Looked"), on: id, by: premises.staff)
        #expect(seen.nextAction(under: casework.policies.current) == .check(.identity))
    }

    @Test("an accepted proof is not refused behind its own acceptance, which would set the clock back")
    func acceptedThenRefused() async throws {
        let id = try await premises.runningCase()
        await #expect(throws: Problem.self) {
            try await casework.perform(refusal(.identity), on: id, by: premises.staff)
        }
        #expect(try await casework.open(id, by: premises.staff).completeOn == premises.today)
    }

    @Test("a proof with a virus that was taken out does not stand in the way of the one that came by post")
    func removedProof() async throws {
        let id = try await casework.begin(premises.request(), by: premises.requester).id
        let file = try await premises.takeIn("Bad", for: id)
        try await casework.perform(
            AddFiles(files: [file], purpose: .evidence, check: .identity, arrivedOn: premises.today), on: id,
            by: premises.staff)
        try await casework.perform(
            InspectFile(inspected: FileInspected(file: file.id, result: .infected("Eicar"))), on: id,
            by: .system("Virus check"))
        await #expect(throws: Problem.self) { try await premises.accept(.identity, of: id, document: "passport") }
        try await casework.perform(RemoveFile(file: file.id, reason: "A virus"), on: id, by: premises.staff)
        try await premises.accept(.identity, of: id, document: "passport")
        #expect(try await casework.open(id, by: premises.staff).standing(of: .identity).isAccepted)
    }

    @Test("the law's clock waits only for what was asked, and only until it came")
    func relevantTime() async throws {
        let received = premises.today
        let id = try await casework.begin(premises.request(), by: premises.requester).id
        func start(_ matter: Case) throws -> Day? { try casework.clock(of: matter)?.statute?.start }

        let asked = try await casework.perform(
            SendMessage(text: "Please send a passport", asks: .document, check: .identity), on: id,
            by: premises.staff)
        #expect(try start(asked) == nil)
        premises.world.advance(days: 5)
        let file = try await premises.takeIn("Passport", for: id)
        let answered = try await casework.perform(
            AnswerQuestion(number: 1, text: "Here", files: [file]), on: id, by: premises.requester)
        // Nobody has looked at it yet, and nobody ever asked for proof of authority.
        #expect(try start(answered) == received + 5)
        premises.world.advance(days: 5)
        let refused = try await casework.perform(refusal(.identity), on: id, by: premises.staff)
        #expect(try start(refused) == nil)
    }

    @Test("what was never asked for does not move the law's clock, whenever it is accepted")
    func neverAsked() async throws {
        let received = premises.today
        let id = try await casework.begin(premises.request(), by: premises.requester).id
        premises.world.advance(days: 9)
        for check in Check.allCases {
            let document = check == .identity ? "passport" : check == .address ? "council-tax" : nil
            try await premises.accept(check, of: id, document: document)
        }
        let clock = try #require(try casework.clock(of: try await casework.open(id, by: premises.staff)))
        #expect(clock.policy.start == received + 9)
        #expect(clock.statute?.start == received)
    }

    @Test("a day of receipt of which no bank holidays are known is refused in words")
    func longAgo() throws {
        let request = premises.request {
            $0.receivedOn = Day(year: 1926, month: 11, day: 2) ?? premises.today
            $0.channel = .letter
        }
        let reasons = try casework.reasonsAgainst(request, by: premises.staff)
        #expect(reasons.map(\.code) == ["too-long-ago"])
    }
}
