import Casework
import Rights
import Store

/// A made-up trust behind a server of its own, and somebody who is signed in to its desk.
struct ServedTrust {
    let trust: SeededTrust
    let door: OpenDoor
    let today: Day
    let server: ServerProcess
    let visitor: Visitor

    init(_ seed: SeedOptions, behind served: ServedOptions) async throws {
        trust = try await seed.trust()
        door = try await trust.opened()
        today = trust.casework.surroundings.today
        // The server's process is the only one that uses the folder.
        try trust.casework.store.close()
        server = try served.start(data: seed.data, database: seed.database)
        visitor = try Visitor(port: server.port, session: door.desk)
    }

    /// Everything that `Benchmarks web` measures, but the plain answer.
    var operations: [WebOperation] { WebOperation.all(of: door, visitor, today: today) }
}
