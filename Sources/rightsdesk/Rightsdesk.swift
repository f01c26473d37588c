import ArgumentParser
import Foundation

/// The command. Each subcommand is a file of its own; this one only knows their names and how a run ends.
@main
struct Rightsdesk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rightsdesk", abstract: "An information-rights desk for NHS trusts.", version: "0.1.0",
        subcommands: [
            DemoCommand.self, ServeCommand.self, WorkCommand.self, BootstrapCommand.self, PolicyCommand.self,
            ClockCommand.self, VerifyCommand.self, RebuildCommand.self, BackupCommand.self, RestoreCommand.self,
            CopyCommand.self, MoveFilesCommand.self, ExportCommand.self, ImportCommand.self, DoctorCommand.self,
            KeyCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            Console.tell(failure.message)
            Foundation.exit(failure.status.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}
