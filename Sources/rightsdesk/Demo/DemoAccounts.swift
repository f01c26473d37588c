import Casework
import Foundation
import Rights
import Store

/// The made-up people who can sign in to the demonstration. Their passwords are made for this data folder alone and
/// kept beside it, so that the next start can print them again.
struct DemoAccounts: Codable, Sendable {
    struct Person: Codable, Sendable {
        let id: String
        let role: String
        let email: String
        let password: String
    }

    var requesters: [Person]
    var staff: [Person]

    static func file(in folder: String) -> URL { URL(fileURLWithPath: folder).appending(path: "demo-people.json") }

    static func read(from folder: String) -> DemoAccounts? {
        (try? Data(contentsOf: file(in: folder))).flatMap { try? JSONDecoder().decode(DemoAccounts.self, from: $0) }
    }

    func write(to folder: String) throws {
        let file = Self.file(in: folder)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(self).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// The staff: email, name, department, roles.
    private static let team: [(email: String, name: String, department: String, roles: [String])] = [
        ("m.hughes@example.org", "M. Hughes", "medico-legal", ["medico-legal", "manager"]),
        ("s.patel@example.org", "S. Patel", "x-ray", ["x-ray"]),
        ("g.owen@example.org", "G. Owen", "information-governance", ["information-governance"]),
        ("d.clarke@example.org", "D. Clarke", "information-governance", ["siro"]),
    ]

    private static let askers: [(role: String, email: String)] = [
        ("A patient", "aisha.rahman@example.org"),
        ("A solicitor with many requests", "records@marsh-pryce.example.org"),
        ("An executor", "ellen.birtwhistle@example.org"),
    ]

    /// Makes the accounts. A member of staff's codes go to a telephone whose messages the outbox page shows.
    static func make(in installation: Installation) async throws -> DemoAccounts {
        var made = DemoAccounts(requesters: [], staff: [])
        let casework = installation.casework
        let now = casework.surroundings.now()
        for asker in askers {
            let id: Account.ID = casework.surroundings.identifier()
            let password = installation.phrase()
            let hash = try await installation.passwords.hash(password)
            try await casework.store.write { try $0.addAccount(id, email: asker.email, password: hash, at: now) }
            made.requesters.append(Person(id: id.text, role: asker.role, email: asker.email, password: password))
        }
        for (index, member) in team.enumerated() {
            let password = installation.phrase()
            let hash = try await installation.passwords.hash(password)
            let stored = StoredStaff(
                id: casework.surroundings.identifier(), email: member.email, name: member.name,
                department: member.department, roles: member.roles)
            try await casework.store.write { transaction in
                try transaction.addStaff(stored, at: now)
                try transaction.setUp(
                    stored.id, password: hash, factor: .text(phone: "+4477009000\(10 + index)"))
            }
            let roles = member.roles.compactMap { casework.policies.current.roles[$0]?.label }.joined(separator: ", ")
            made.staff.append(Person(id: stored.id.text, role: roles, email: member.email, password: password))
        }
        return made
    }
}

extension Installation {
    /// Four short words and a number: easy to type, 40 bits of chance.
    fileprivate func phrase() -> String {
        let words = [
            "amber", "birch", "candle", "dapple", "ember", "fennel", "gravel", "harbour", "island", "juniper", "kettle",
            "lantern", "meadow", "nettle", "orchard", "pebble", "quarry", "rowan", "saddle", "thistle", "umber",
            "velvet", "willow", "yarrow", "zephyr", "beacon", "cobble", "drizzle", "falcon", "gannet", "heather",
            "ivory",
        ]
        let drawn = surroundings.random(6)
        let chosen = drawn.prefix(4).map { words[Int($0) % words.count] }
        return chosen.joined(separator: "-") + "-\(Int(drawn[4]) * 256 + Int(drawn[5]))"
    }
}
