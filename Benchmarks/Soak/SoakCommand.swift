import ArgumentParser

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
        let served = try await ServedTrust(seed, behind: served)
        let lists = WebOperation.ofAnySize(served.visitor, cases: served.trust.cases, today: served.today)
        // Twice, so that one request in twenty and not in ten brings or fetches a file.
        let soak = Soak(served.server, lists + lists + served.operations, connections: connections, pace: pace)
        _ = try soak.run(minutes: 1)
        let result = try soak.run(minutes: minutes)
        print(result.text)
        guard result.isFlat else { throw ExitCode.failure }
    }
}
