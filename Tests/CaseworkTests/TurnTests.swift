import Casework
import Rights
import Store
import TestSupport
import Testing

/// Whose turn it is: what the requester is told, and who may do what with whose work.
@Suite struct TurnTests {
    private let premises: Premises
    private var casework: Casework { premises.casework }

    init() throws {
        premises = try Premises()
    }

    private func pausedCase() async throws -> Case.ID {
        let id = try await premises.runningCase()
        try await casework.perform(
            PauseClock(reason: "clarification", question: "Which years?", asks: .reply), on: id, by: premises.staff)
        return id
    }

    @Test("after the answer it is the trust's turn, though the pause has not been ended yet")
    func answered() async throws {
        let id = try await pausedCase()
        #expect(try await casework.open(id, by: premises.staff).stage == .waitingForYou)
        let answered = try await casework.perform(
            AnswerQuestion(number: 1, text: "All"), on: id, by: premises.requester)
        #expect(answered.stage == .inProgress)
        #expect(answered.nextAction(under: casework.policies.current) == .confirmEndOfPause)
    }

    @Test("the end of a pause on another day than that of the answer needs a word of explanation")
    func anotherDay() async throws {
        let id = try await pausedCase()
        premises.world.advance(days: 2)
        let answeredOn = premises.today
        try await casework.perform(AnswerQuestion(number: 1, text: "All"), on: id, by: premises.requester)
        premises.world.advance(days: 5)
        let later = premises.today
        await #expect(throws: Problem.self) {
            try await casework.perform(ResumeClock(pause: 1, answeredOn: later), on: id, by: premises.staff)
        }
        let resumed = try await casework.perform(
            ResumeClock(pause: 1, answeredOn: answeredOn), on: id, by: premises.staff)
        #expect(resumed.openPauses.isEmpty)
    }

    @Test("a question that was open when the case was closed asks nothing more of anybody")
    func closedQuestion() async throws {
        let id = try await pausedCase()
        try await casework.perform(ReadMessage(number: 1), on: id, by: premises.requester)
        let closed = try await casework.perform(
            CloseCase(cause: .lapsed, reason: "No answer"), on: id, by: premises.staff)
        #expect(!closed.awaitsRequester)
        #expect(try await casework.store.read { try $0.summary(of: id) }?.awaitsRequester == false)
    }

    @Test("a requester is mailed when the request is closed or withdrawn")
    func closingMail() async throws {
        try await premises.openAccount()
        let id = try await premises.runningCase()
        let before = try await casework.store.read { try $0.messages(about: id) }.count
        try await casework.perform(
            CloseCase(cause: .redirected, reason: "Another trust's patient"), on: id, by: premises.staff)
        #expect(try await casework.store.read { try $0.messages(about: id) }.count == before + 1)
    }

    @Test("a department returns its own tasks; whoever gives tasks may return any")
    func tasks() async throws {
        let id = try await premises.runningCase()
        try await casework.perform(
            GiveTask(title: "Find the notes", department: "medical-records", dueOn: premises.today), on: id,
            by: premises.staff)
        let back = ReturnTask(number: 1, isDone: true, outcome: "Found")
        func member(of department: String) -> Actor {
            .staff(
                Premises.staff(
                    "P. Nwosu", department: department, permissions: [.viewCases, .returnTask],
                    own: OwnIdentity(name: "Pat Nwosu", email: "p.nwosu@example.com"), world: premises.world))
        }
        await #expect(throws: Problem.self) { try await casework.perform(back, on: id, by: member(of: "x-ray")) }
        let returned = try await casework.perform(back, on: id, by: member(of: "medical-records"))
        #expect(returned.openTasks.isEmpty)
    }

    @Test(
        "a letter with something left to fill in is not sent",
        arguments: [
            "We searched [searched]. You can complain to us and to the Information Commissioner.",
            "Dear [requester-name]",
        ])
    func unfilled(_ letter: String) async throws {
        let id = try await premises.runningCase()
        let matter = try await casework.open(id, by: premises.staff)
        func codes(_ act: some Act) throws -> [String] {
            try casework.reasonsAgainst(act, on: matter, by: premises.staff).map(\.code)
        }
        #expect(try codes(SendMessage(text: letter, asks: .nothing)) == ["text-unfilled"])
        #expect(
            try codes(PauseClock(reason: "clarification", question: letter, asks: .reply)) == ["question-unfilled"])
        #expect(try codes(ExtendClock(amount: .days(14), reason: "Many", letter: letter)) == ["letter-unfilled"])
        #expect(try codes(ReleasePart(files: [], note: letter, isFinal: true)).contains("note-unfilled"))
        let search = NotHeld.Search(place: "Library", result: "Nothing")
        #expect(try codes(DeclareNotHeld(searches: [search], letter: letter)).contains("letter-unfilled"))
        #expect(
            try codes(RefuseRequest(ground: "", reason: "Why", letter: letter)).contains("letter-unfilled"))
    }

    @Test("a letter that says that nothing is held says how to complain")
    func notHeldComplaint() async throws {
        let id = try await premises.runningCase()
        let matter = try await casework.open(id, by: premises.staff)
        let act = DeclareNotHeld(searches: [.init(place: "Library", result: "Nothing")], letter: "Nothing is held.")
        let reasons = try casework.reasonsAgainst(act, on: matter, by: premises.staff)
        #expect(reasons.map(\.code) == ["no-complaint-right", "no-regulator"])
    }
}
