import ArgumentParser
import Casework
import Foundation
import Rights
import Store

/// Runs the measurements of a server, which is a process of its own.
struct WebCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "web", abstract: "Measure what a server needs for each thing asked of it, and its memory.")

    @OptionGroup var seed: SeedOptions

    @OptionGroup var served: ServedOptions

    @Option(help: "How many connections ask at once.")
    var connections = 4

    @Option(help: "How many rounds; the median of them counts.")
    var rounds = 5

    func run() async throws {
        let trust = try await seed.trust()
        let (door, today) = (try await trust.opened(), trust.casework.surroundings.today)
        try trust.casework.store.close()
        let server = try served.start(data: seed.data, database: seed.database)
        let visitor = try Visitor(port: server.port, session: door.desk)
        var measurement = WebMeasurement(of: server, connections: connections, rounds: rounds)
        try measurement.report(.plaintext(visitor), WebOperation.all(of: door, visitor, today: today))
    }
}

/// The program that is measured.
struct ServedOptions: ParsableArguments {
    @Option(help: "The program to measure, built for release.")
    var program = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appending(path: "rightsdesk").path

    @Option(help: "The folder of the NHS library.")
    var assets = "assets"

    /// Starts it and waits until it has nothing to do.
    func start(data: String, database: String?) throws -> ServerProcess {
        let server = try ServerProcess(program, data: data, database: database, assets: assets)
        try server.waitUntilQuiet()
        return server
    }
}
