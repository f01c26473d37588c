import ArgumentParser
import Casework
import Store

/// Checks every case's chain of facts and says which fact is not what was kept.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that no fact was changed, removed or swapped.")

    func run() async throws {
        let installation = try Installation.open(try Settings.fromEnvironment())
        let report = try await installation.casework.store.read { try $0.verify() }
        for finding in report.findings { print(finding) }
        guard report.findings.isEmpty else {
            throw CommandFailure(
                status: .badInput,
                message: "\(report.findings.count) faults found. Keep a copy of the data folder as it is, and restore "
                    + "the last backup that verifies.")
        }
        print("Verified: \(report.cases) cases, \(report.facts) facts, nothing changed.")
    }
}

/// Makes the lists and the search index anew from the facts.
struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make the summaries and the search index anew from the facts.")

    func run() async throws {
        let installation = try Installation.open(try Settings.fromEnvironment())
        let count = try await installation.casework.rebuild { done, all in
            Console.tell("\(done) of \(all) cases")
        }
        print("Rebuilt: \(count) cases.")
    }
}
