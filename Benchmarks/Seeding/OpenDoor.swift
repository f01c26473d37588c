import Casework
import Rights
import Store

/// What a client needs to use both sites of a seeded trust: sessions that are open already, because signing in is
/// slow on purpose, and things to ask for.
struct OpenDoor: Codable {
    /// The session's token of the requester, and of the member of staff.
    let portal: String
    let desk: String
    /// Cases that staff may open.
    let cases: [String]
    /// A case of the requester whose first part has one file of ten megabytes, and that file.
    let releasedCase: String
    let releasedFile: String
}

extension SeededTrust {
    /// Opens sessions of a day and releases a file that is really there.
    func opened() async throws -> OpenDoor {
        let released = try await releaseTenMegabytes()
        return OpenDoor(
            portal: try await session(of: .requester(requester)), desk: try await session(of: .staff(handler.id)),
            cases: cases.map(\.text), releasedCase: released.matter.id.text, releasedFile: released.file.text)
    }

    /// The token of a session for a member of staff.
    func deskSession() async throws -> String { try await session(of: .staff(handler.id)) }

    private func session(of holder: Holder) async throws -> String {
        let surroundings = casework.surroundings
        let (now, token) = (surroundings.now(), Token(random: surroundings.random(32)))
        let session = StoredSession(
            id: surroundings.identifier(), account: holder, createdAt: now, seenAt: now, idleSeconds: 86_400,
            endsAt: now + 86_400, isKept: false, device: "Measurements")
        try await casework.store.write { try $0.addSession(session, digest: token.digest) }
        return token.text
    }

    private func releaseTenMegabytes() async throws -> (matter: Case, file: StoredFile.ID) {
        let (staff, today, person) = (Actor.staff(handler), casework.surroundings.today, MadeUpPerson(2_000_000))
        let request = NewRequest(
            applicationType: "living", channel: .portal, receivedOn: today,
            requester: Requester(
                name: person.subject.name, email: person.email, capacity: "patient", account: requester),
            subject: person.subject, scope: Scope(description: "All my records"))
        let id = try await casework.begin(request, by: .requester(requester)).id
        for (check, document) in zip(Check.allCases, ["passport", "council-tax", nil]) {
            let act = AcceptCheck(
                check: check, arrivedOn: today, document: document, issued: today - 30, expires: today + 900)
            try await casework.perform(act, on: id, by: staff)
        }
        let key = try await casework.key(of: id)
        let file = try await casework.takeIn(
            Chunks(of: Benchmark.pdf(size: 10_000_000)), named: "records.pdf", under: key, into: id, from: .staff,
            by: staff)
        try await casework.perform(AddFiles(files: [file], purpose: .record, arrivedOn: today), on: id, by: staff)
        let clean = FileInspected(file: file.id, result: .clean)
        try await casework.perform(InspectFile(inspected: clean), on: id, by: .system("Virus check"))
        let statements = casework.policies.current.releaseChecks(in: .living).map(\.code)
        try await casework.perform(ConfirmRelease(statements: statements), on: id, by: staff)
        let part = ReleasePart(files: [file.id], note: "Your records.", isFinal: true)
        return (try await casework.perform(part, on: id, by: staff), file.id)
    }
}
