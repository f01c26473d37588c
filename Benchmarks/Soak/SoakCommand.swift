import ArgumentParser
import Casework
import Rights
import Store

/// Uses a server as people do for a long time, and tells whether it needs more and more to do the same.
struct SoakCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak", abstract: "Keep a server under mixed load and see whether its memory and handles grow.")

    @OptionGroup var seed: SeedOptions
    @OptionGroup var served: ServedOptions

    @Option(help: "How long, in minutes, after one of warming up.")
    var minutes = 30

    @Option(help: "How many connections ask at once.")
    var connections = 4

    @Option(help: "How many requests a second all of them make together.")
    var pace = 20

    func run() async throws {
        let trust = try await seed.trust()
        let (door, today) = (try await trust.opened(), trust.casework.surroundings.today)
        try trust.casework.store.close()
        let server = try served.start(data: seed.data, database: seed.database)
        let visitor = try Visitor(port: server.port, session: door.desk)
        let lists = WebOperation.ofAnySize(visitor, cases: trust.cases, today: today)
        // Twice, so that one request in twenty and not in ten brings or fetches a file.
        let operations = lists + lists + WebOperation.all(of: door, visitor, today: today)
        let soak = Soak(server, operations, connections: connections, pace: pace)
        _ = try soak.run(minutes: 1)
        let result = try soak.run(minutes: minutes)
        print(result.text)
        guard result.isFlat else { throw ExitCode.failure }
    }
}
