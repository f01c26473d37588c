import ArgumentParser
import Foundation

/// Runs a worker alone: on a machine beside those that serve.
struct WorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "Run the worker without the sites.",
        discussion: "Any number of them share the work of one database. Settings as for serve. SIGTERM lets jobs end.")

    func run() async throws {
        if let folder = TrustsFolder(environment: ProcessInfo.processInfo.environment) {
            let hosted = try HostedTrusts(folder, isServed: false)
            Console.say("Working.")
            return try await hosted.work()
        }
        let installation = try Installation.open(try Settings.fromEnvironment())
        try await installation.work { Console.say("Working.") }
    }
}
