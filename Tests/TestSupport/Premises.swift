import Casework
import Foundation
import NIOPosix
import PolicyFiles
import Rights
import Store

/// A whole trust in a temporary folder, on the policies that ship: what a test needs to work cases for real.
package struct Premises: Sendable {
    package let folder: TemporaryFolder
    package let world: FixedWorld
    package let casework: Casework
    /// A handler who may do everything that is done to cases.
    package let handler: Staff

    package static let meadowbank = Trust(
        name: "Meadowbank Hospitals NHS Foundation Trust", portal: "http://127.0.0.1:8080",
        desk: "http://127.0.0.1:8081", contact: "records@example.org", isDemo: false)

    /// - Parameters:
    ///   - at: the instant at which the test begins.
    ///   - chance: where chance begins to count.
    package init(
        at instant: String = "2026-03-02T09:30:00.000Z", policy: String = "poole-2017", trust: Trust = meadowbank,
        chance: UInt64 = 0
    ) throws {
        folder = try TemporaryFolder()
        world = FixedWorld(at: instant, chance: chance)
        let policies = Self.root.appending(path: "policies")
        let current = try PolicyFiles.load(policies.appending(path: policy))
        let tables = try PolicyFiles.holidays(
            policies.appending(path: "bank-holidays"), on: world.surroundings.today)
        casework = Casework(
            store: try Store.open(in: folder, surroundings: world.surroundings),
            vault: try Vault(in: folder.path, threads: .singleton, surroundings: world.surroundings),
            policies: Policies(current: current, holidays: Array(tables.values)),
            trust: trust, surroundings: world.surroundings)
        handler = Self.staff("M. Hughes, Medico-Legal", world: world)
    }

    /// A member of staff with these permissions.
    package static func staff(
        _ label: String, department: String = "medico-legal", permissions: Set<Permission> = Set(Permission.allCases),
        own: OwnIdentity = OwnIdentity(name: "Mary Hughes", email: "m.hughes@example.com"), world: FixedWorld
    ) -> Staff {
        Staff(
            id: world.surroundings.identifier(), label: label, department: department, permissions: permissions,
            own: own)
    }

    /// The checkout, found from this file.
    package static var root: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    package var today: Day { world.surroundings.today }

    /// A living patient asks for their own records through the portal.
    package func request(_ change: (inout NewRequest) -> Void = { _ in }) -> NewRequest {
        var request = NewRequest(
            applicationType: "living", channel: .portal, receivedOn: today,
            requester: Requester(
                name: PersonName(given: "Aisha", family: "Rahman"), email: "a.rahman@example.org", capacity: "patient",
                account: account),
            subject: Subject(
                name: PersonName(given: "Aisha", family: "Rahman"), dateOfBirth: Day("1979-07-04"),
                nhsNumber: NHSNumber("999 004 1873")),
            scope: Scope(description: "All my records"))
        change(&request)
        return request
    }

    /// The account of the requester in `request`.
    package var account: Account.ID {
        guard let account = Account.ID("01arz3ndektsv4rrffq69g5fav") else { preconditionFailure("no identifier") }
        return account
    }

    package var requester: Actor { .requester(account) }
    package var staff: Actor { .staff(handler) }

    /// Gives the requester of `request` the account that mails go to.
    package func openAccount() async throws {
        let (id, now) = (account, world.now)
        try await casework.store.write {
            try $0.addAccount(id, email: "a.rahman@example.org", password: "no password", at: now)
        }
    }

    /// A case whose proofs are all accepted, so that the clock runs from today.
    package func runningCase(_ change: (inout NewRequest) -> Void = { _ in }) async throws -> Case.ID {
        let id = try await casework.begin(request(change), by: requester).id
        try await accept(.identity, of: id, document: "passport")
        try await accept(.address, of: id, document: "council-tax")
        try await accept(.authority, of: id)
        return id
    }

    package func accept(_ check: Check, of id: Case.ID, document: String? = nil) async throws {
        try await casework.perform(
            AcceptCheck(
                check: check, arrivedOn: today, document: document, issued: today - 30, expires: today + 900),
            on: id, by: staff)
    }

    /// A file taken in for a case, and known to be clean once it is added.
    package func takeIn(_ text: String, named name: String = "notes.txt", for id: Case.ID) async throws -> StoredFile {
        let key = try await casework.key(of: id)
        return try await casework.takeIn(
            Chunks(bytes: Array(text.utf8), size: 7), named: name, under: key, into: id, from: .staff, by: staff)
    }

    /// A record file, added and clean.
    package func addRecord(_ text: String, named name: String = "notes.txt", to id: Case.ID) async throws -> StoredFile
    {
        let file = try await takeIn(text, named: name, for: id)
        try await casework.perform(AddFiles(files: [file], purpose: .record, arrivedOn: today), on: id, by: staff)
        try await casework.perform(
            InspectFile(inspected: FileInspected(file: file.id, result: .clean)), on: id, by: .system("Virus check"))
        return file
    }

    /// Alters a case's history behind the program's back, so that nobody can read the case any more.
    package func damage(_ id: Case.ID) async throws {
        try await casework.store.write { transaction in
            switch TestEngine.current {
            case .sqlite: try transaction.execute("DROP TRIGGER IF EXISTS fact_is_never_changed")
            case .postgresql: try transaction.execute("SET LOCAL session_replication_role = replica")
            }
            try transaction.execute("UPDATE fact SET actor = 'nobody' WHERE case_id = $1 AND sequence = 1", id)
        }
    }

    /// The release check with every statement confirmed.
    package func confirmRelease(of id: Case.ID) async throws {
        let matter = try await casework.open(id, by: staff)
        let statements = casework.policies.current.releaseChecks(in: matter.received.regime).map(\.code)
        try await casework.perform(ConfirmRelease(statements: statements), on: id, by: staff)
    }
}
