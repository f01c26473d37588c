import Casework
import Rights
import TestSupport
import Testing

/// Nobody works a case about themselves, or one they made (policy 6.4.1).
@Suite struct OwnCaseTests {
    private let premises: Premises
    private var casework: Casework { premises.casework }

    init() throws {
        premises = try Premises()
    }

    private func member(_ own: OwnIdentity) -> Actor {
        .staff(Premises.staff("A. Member", own: own, world: premises.world))
    }

    @Test(
        "a case is known for one's own by name, number or address, however it is written",
        arguments: [
            OwnIdentity(name: " AISHA  rahman ", email: "a@example.com", dateOfBirth: Day("1979-07-04")),
            OwnIdentity(name: "Aisha Rahman", email: "a@example.com"),
            OwnIdentity(name: "A. Married-Name", email: "a@example.com", nhsNumber: NHSNumber("999 004 1873")),
            OwnIdentity(name: "Somebody", email: "A.Rahman@example.org"),
        ])
    func own(_ own: OwnIdentity) async throws {
        let id = try await premises.runningCase()
        await #expect(throws: Problem.self) { try await casework.open(id, by: member(own)) }
    }

    @Test("two people of one name are told apart by their dates of birth")
    func namesake() async throws {
        let id = try await premises.runningCase()
        let own = OwnIdentity(name: "Aisha Rahman", email: "a@example.com", dateOfBirth: Day("1990-01-01"))
        #expect(try await casework.open(id, by: member(own)).id == id)
    }

    @Test("a case made for somebody else is one's own too")
    func madeForAnother() async throws {
        let id = try await premises.runningCase {
            $0.requester.name = PersonName(given: "Omar", family: "Rahman")
        }
        let own = OwnIdentity(name: "Omar Rahman", email: "o@example.com", dateOfBirth: Day("1981-01-01"))
        await #expect(throws: Problem.self) { try await casework.open(id, by: member(own)) }
    }

    @Test("nobody logs a request about themselves")
    func logging() async throws {
        let own = OwnIdentity(name: "Aisha Rahman", email: "a@example.com", dateOfBirth: Day("1979-07-04"))
        let request = premises.request {
            $0.channel = .letter
            $0.requester.account = nil
        }
        await #expect(throws: Problem.self) { try await casework.begin(request, by: member(own)) }
        #expect(try await casework.begin(request, by: premises.staff).requester.account == nil)
    }

    @Test("a form that was sent before opens the case to nobody who may not open it")
    func usedReceipt() async throws {
        let receipt = try #require(FormReceipt("form-0123456789abcdef"))
        let begun = try await casework.begin(premises.request(), by: premises.requester, receipt: receipt)
        let stranger = Actor.requester(premises.world.surroundings.identifier())
        await #expect(throws: Problem.notFound) {
            try await casework.begin(premises.request(), by: stranger, receipt: receipt)
        }
        await #expect(throws: Problem.notFound) {
            try await casework.perform(WriteToTrust(text: "Me"), on: begun.id, by: stranger, receipt: receipt)
        }
    }
}
