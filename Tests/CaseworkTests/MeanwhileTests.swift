import Casework
import Rights
import Store
import TestSupport
import Testing

/// Two people who work one case at once, and what is written down of their looking.
@Suite struct MeanwhileTests {
    private let premises: Premises
    private var casework: Casework { premises.casework }

    init() throws {
        premises = try Premises()
    }

    private func colleague(_ name: String) -> Actor {
        .staff(
            Premises.staff(
                name, own: OwnIdentity(name: name, email: "\(name)@example.com"), world: premises.world))
    }

    @Test("of two who decide upon the same state, at the same time, one acts and the other is told")
    func oneWins() async throws {
        let id = try await premises.runningCase()
        let seen = try await casework.open(id, by: premises.staff).sequence
        let casework = casework
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 1...8 {
                let actor = colleague("colleague-\(number)")
                group.addTask {
                    do {
                        try await casework.perform(AddNote(text: "By \(number)"), on: id, by: actor, seen: seen)
                        return true
                    } catch Problem.conflict {
                        return false
                    } catch {
                        Issue.record(error)
                        return false
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 }.count == 1)
        let matter = try await casework.open(id, by: premises.staff)
        #expect(matter.sequence == seen + 1)
        #expect(matter.news(since: seen, for: premises.staff).count == 1)
    }

    @Test("what oneself did, what machines did and what readers left behind stops nobody")
    func own() async throws {
        let id = try await casework.begin(premises.request(), by: premises.requester).id
        let seen = try await casework.open(id, by: premises.staff).sequence
        _ = try await premises.addRecord("Volume 1", to: id)
        try await casework.perform(
            SendMessage(text: "We have begun.", asks: .nothing), on: id, by: premises.staff, seen: seen)
        try await casework.perform(ReadMessage(number: 1), on: id, by: premises.requester)
        try await casework.perform(AddNote(text: "Still here"), on: id, by: premises.staff, seen: seen)
        try await casework.perform(WriteToTrust(text: "Thank you"), on: id, by: premises.requester)
        await #expect(throws: Problem.conflict("Somebody else worked on this case while you had this page open.")) {
            try await casework.perform(AddNote(text: "And now"), on: id, by: premises.staff, seen: seen)
        }
    }

    @Test("an act shows nobody the case, so that it is no view; an act that may not be is on record")
    func glances() async throws {
        let id = try await premises.runningCase()
        _ = try await casework.glance(id, by: premises.staff)
        #expect(try await casework.store.read { try $0.accesses(of: id) }.isEmpty)
        let own = OwnIdentity(name: "Aisha Rahman", email: "aisha@example.com", dateOfBirth: Day("1979-07-04"))
        let subject = Actor.staff(Premises.staff("A. Rahman", own: own, world: premises.world))
        await #expect(throws: Problem.self) { try await casework.glance(id, by: subject) }
        #expect(try await casework.store.read { try $0.accesses(of: id) }.map(\.what) == [.viewRefused])
    }

    @Test("summaries that are missing are made anew, and only then")
    func rebuilds() async throws {
        let id = try await premises.runningCase { $0.urgency = "A hearing" }
        let kept = try await casework.store.read { try $0.summary(of: id) }
        #expect(kept?.urgency == "A hearing")
        #expect(kept?.hasStarted == true)
        #expect(kept?.requesterEmail == "a.rahman@example.org")
        try await casework.store.write { try $0.clearSummaries() }
        try await casework.rebuildIfIncomplete()
        #expect(try await casework.store.read { try $0.summary(of: id) } == kept)
        try await casework.rebuildIfIncomplete { _, _ in Issue.record("made anew what was there") }
    }

    @Test("nodes that start together where summaries are missing leave each of them there once, and none fails")
    func rebuildsTogether() async throws {
        var ids: [Case.ID] = []
        for _ in 0..<5 { ids.append(try await premises.runningCase()) }
        let kept = try await casework.store.read { [ids] transaction in try ids.map { try transaction.summary(of: $0) }
        }
        try await casework.store.write { try $0.clearSummaries() }
        let nodes = try (0..<3).map { _ in
            Casework(
                store: try Store.open(in: premises.folder, surroundings: premises.world.surroundings),
                vault: casework.vault, policies: casework.policies, trust: casework.trust,
                surroundings: premises.world.surroundings)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for node in nodes { group.addTask { try await node.rebuildIfIncomplete() } }
            try await group.waitForAll()
        }
        let made = try await casework.store.read { [ids] transaction in try ids.map { try transaction.summary(of: $0) }
        }
        #expect(made == kept)
    }
}
