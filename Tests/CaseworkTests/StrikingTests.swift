import Casework
import Rights
import TestSupport
import Testing

/// What may be struck out of a history, and what may not because something rests on it.
@Suite struct StrikingTests {
    private let premises: Premises
    private var casework: Casework { premises.casework }

    init() throws {
        premises = try Premises()
    }

    private func entry(of id: Case.ID, _ kind: Fact.Kind) async throws -> Int {
        let matter = try await casework.open(id, by: premises.staff)
        return try #require(matter.entries.last { $0.fact.kind == kind }).sequence
    }

    private func reasons(against kind: Fact.Kind, of id: Case.ID) async throws -> [String] {
        let act = StrikeEntry(entry: try await entry(of: id, kind), reason: "A mistake")
        let matter = try await casework.open(id, by: premises.staff)
        return try casework.reasonsAgainst(act, on: matter, by: premises.staff).map(\.code)
    }

    private func strike(_ kind: Fact.Kind, of id: Case.ID) async throws -> Case {
        try await casework.perform(
            StrikeEntry(entry: try await entry(of: id, kind), reason: "A mistake"), on: id, by: premises.staff)
    }

    @Test("a pause is struck out from its end")
    func pauseFromItsEnd() async throws {
        let id = try await premises.runningCase()
        try await casework.perform(
            PauseClock(reason: "clarification", question: "Which years?", asks: .reply), on: id, by: premises.staff)
        premises.world.advance(days: 2)
        try await casework.perform(
            ResumeClock(pause: 1, answeredOn: premises.today, note: "By telephone", question: .answeredOtherwise),
            on: id, by: premises.staff)
        #expect(try await reasons(against: .clockPaused, of: id) == ["pause-ended"])
        #expect(try await strike(.clockResumed, of: id).openPauses.count == 1)
        #expect(try await strike(.clockPaused, of: id).pauses.isEmpty)
    }

    @Test("an acceptance stays once files were released on the strength of it")
    func releasedUpon() async throws {
        let id = try await premises.runningCase()
        let file = try await premises.addRecord("Seen in clinic.", to: id)
        try await premises.confirmRelease(of: id)
        #expect(try await reasons(against: .checkAccepted, of: id).isEmpty)
        try await casework.perform(
            ReleasePart(files: [file.id], note: "A first part", isFinal: false), on: id, by: premises.staff)
        #expect(try await reasons(against: .checkAccepted, of: id) == ["released-upon"])
    }

    @Test("the dates of a closed case stay, unless the closing itself was the mistake")
    func closedDates() async throws {
        let id = try await premises.runningCase()
        try await casework.perform(
            CloseCase(cause: .redirected, reason: "Another trust's patient"), on: id, by: premises.staff)
        #expect(try await reasons(against: .checkAccepted, of: id) == ["closed"])
        #expect(try await strike(.closed, of: id).isOpen)
        #expect(try await reasons(against: .checkAccepted, of: id).isEmpty)
    }

    @Test("what a requester did themselves is struck out by nobody")
    func requestersOwn() async throws {
        let id = try await premises.runningCase()
        try await casework.perform(WithdrawRequest(how: "In the portal"), on: id, by: premises.requester)
        #expect(try await reasons(against: .withdrawn, of: id) == ["cannot-be-undone"])
    }
}
