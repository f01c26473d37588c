import ArgumentParser
import Casework

/// Makes the lists and the search index anew from the facts.
struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make the summaries and the search index anew from the facts.")

    @OptionGroup var trust: TrustOption

    func run() async throws {
        let installation = try Installation.open(try trust.settings())
        let count = try await installation.casework.rebuild { done, all in
            Console.tell("\(done) of \(all) cases")
        }
        print("Rebuilt: \(count) cases.")
    }
}
