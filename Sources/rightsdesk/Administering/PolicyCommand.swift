import ArgumentParser
import Foundation
import PolicyFiles
import Rights

/// What an administrator does with policy folders.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check a trust's policy folder.", subcommands: [PolicyCheckCommand.self])
}

/// Lists every fault of a policy folder at once, with file, line and advice.
struct PolicyCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "List every fault of a policy folder, with file, line and advice.")

    @Argument(help: "The policy folder, for example policies/poole-2017.")
    var folder: String

    func run() async throws {
        let url = URL(fileURLWithPath: folder)
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw CommandFailure(status: .inputMissing, message: "There is no folder \(folder).")
        }
        let faults = PolicyFiles.check(url)
        for fault in faults { print(fault) }
        guard faults.isEmpty else {
            throw CommandFailure(
                status: .badInput, message: faults.count == 1 ? "1 fault." : "\(faults.count) faults.")
        }
        let policy = try PolicyFiles.load(url)
        print("\(policy.edition.name), \(policy.edition.version): no faults.")
    }
}
