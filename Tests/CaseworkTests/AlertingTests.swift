import Casework
import Rights
import Store
import TestSupport
import Testing

@Suite("Who is told of a date")
struct AlertingTests {
    private let premises: Premises

    init() throws {
        premises = try Premises()
    }

    private func add(_ name: String, roles: [String], born: String? = nil, endsOn: Day? = nil) async throws -> Staff.ID
    {
        let staff = StoredStaff(
            id: premises.world.surroundings.identifier(), email: "\(name.lowercased())@example.com", name: name,
            department: "medico-legal", roles: roles, dateOfBirth: born.flatMap { Day($0) }, endsOn: endsOn)
        let now = premises.world.now
        try await premises.casework.store.write { try $0.addStaff(staff, at: now) }
        return staff.id
    }

    private func raise(_ told: [String], in id: Case.ID) async throws -> [OutgoingMessage] {
        let alert = AlertRaised(daysLeft: -1, told: told, due: premises.today)
        try await premises.casework.perform(RaiseAlert(raised: alert), on: id, by: .system("Deadline watch"))
        return try await premises.casework.store.read { try $0.messages(about: id) }
    }

    /// A case without mails to its requester.
    private func begin() async throws -> Case.ID {
        let request = premises.request { request in
            request.channel = .letter
            request.requester.account = nil
        }
        return try await premises.casework.begin(request, by: premises.staff).id
    }

    @Test("Those who hold the role, and nobody else, with nothing about the case in the mail")
    func roles() async throws {
        _ = try await add("Siro", roles: ["siro"])
        _ = try await add("Handler", roles: ["medico-legal"])
        let id = try await begin()
        let mails = try await raise(["siro"], in: id)
        #expect(mails.map(\.recipient) == ["siro@example.com"])
        let reference = try await premises.casework.open(id, by: premises.staff).reference
        #expect(mails.allSatisfy { !$0.body.contains("Rahman") && !$0.body.contains(reference) })
        #expect(mails.allSatisfy { $0.body.contains("http://127.0.0.1:8081/cases/\(id)") })
    }

    @Test("Nobody whose last day is over, and nobody about whom the case is")
    func notEverybody() async throws {
        _ = try await add("Left", roles: ["siro"], endsOn: premises.today - 1)
        _ = try await add("Aisha Rahman", roles: ["siro"], born: "1979-07-04")
        _ = try await add("Present", roles: ["siro"])
        let id = try await begin()
        #expect(try await raise(["siro"], in: id).map(\.recipient) == ["present@example.com"])
    }

    @Test("Where nobody holds the role the administrators are told")
    func nobody() async throws {
        let administrators = premises.casework.policies.current.roles.offered.filter {
            $0.permissions.contains(.administer)
        }
        _ = try await add("Admin", roles: [try #require(administrators.first?.code)])
        _ = try await add("Handler", roles: ["medico-legal"])
        let id = try await begin()
        #expect(try await raise(["siro"], in: id).map(\.recipient) == ["admin@example.com"])
    }
}
