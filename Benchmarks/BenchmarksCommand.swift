import ArgumentParser
import Foundation
import Store

/// Measures what the program promises about speed, as CPU time of a process and as a ratio to a loop that never
/// changes, so that runs on different machines can be compared.
@main
struct BenchmarksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Benchmarks", abstract: "Measure the speed of the rules and of a desk with many cases.",
        subcommands: [MeasureCommand.self, WebCommand.self, ScaleCommand.self, SoakCommand.self, SeedCommand.self],
        defaultSubcommand: MeasureCommand.self)
}

/// The data folder that the measurements work on.
struct SeedOptions: ParsableArguments {
    @Option(help: "The folder for the made-up cases. It is filled once, and used again in later runs.")
    var data = FileManager.default.temporaryDirectory.appending(path: "rightsdesk-benchmarks").path

    @Option(help: "How many cases of some 80 facts it has.")
    var cases = 10_000

    @Option(help: "The PostgreSQL database to keep them in; SQLite in the folder if there is none.")
    var database: String?

    func trust() async throws -> SeededTrust {
        try await SeededTrust.open(in: data, on: database.map { try PostgreSQLAddress($0) }, cases: cases)
    }
}

/// Runs the measurements in this process, one after the other.
struct MeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Run the measurements that need no server.")

    @OptionGroup var seed: SeedOptions

    @Argument(help: "The beginnings of the names of those to run; all if there are none.")
    var names: [String] = []

    func run() async throws {
        var benchmarks: [Benchmark] = [.clockAccounts, .clockCases]
        if names.isEmpty || names.contains(where: { !$0.hasPrefix("clock") }) {
            let trust = try await seed.trust()
            benchmarks += Benchmark.cases(of: trust) + Benchmark.files(of: trust)
        }
        let chosen = benchmarks.filter { benchmark in
            names.isEmpty || names.contains { benchmark.name.hasPrefix($0) }
        }
        try await Measurement.report(of: chosen)
    }
}

/// Fills a folder for a server to be measured on, and says how to get in.
struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Fill a data folder, open a session for each site, and print them as JSON.")

    @OptionGroup var seed: SeedOptions

    func run() async throws {
        let door = try await seed.trust().opened()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        print(String(decoding: try encoder.encode(door), as: UTF8.self))
    }
}
