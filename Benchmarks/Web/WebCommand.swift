import ArgumentParser
import Foundation

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
        let served = try await ServedTrust(seed, behind: served)
        var measurement = WebMeasurement(of: served.server, connections: connections, rounds: rounds)
        try measurement.report(.plaintext(served.visitor), served.operations)
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
