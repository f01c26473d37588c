import ArgumentParser
import Casework
import Rights

/// Lets the first administrator in. There is no default password: the link is good once, for an hour, and leads to
/// choosing a password and a second factor.
struct BootstrapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bootstrap", abstract: "Print a one-time link for the first administrator.")

    @Option(help: "The administrator's email address.")
    var email: String

    @Option(help: "The administrator's name, as colleagues will see it.")
    var name: String

    @Option(help: "The code of the administrator's department.")
    var department = "information-governance"

    @OptionGroup var trust: TrustOption

    func run() async throws {
        let installation = try Installation.open(try trust.settings())
        do {
            let made = try await installation.staff.bootstrap(
                StaffDetails(email: email, name: name, department: department, roles: ["administrator"]))
            let until = installation.surroundings.timeOfDay(made.until)
            Console.tell("Open this link before \(until). It can be used once.")
            print("\(installation.settings.deskAddress)/sign-in/set-up/\(made.link.text)")
        } catch Problem.refused(let reasons) {
            throw CommandFailure(
                status: .badInput, message: reasons.map { $0.text + "." }.joined(separator: "\n"))
        }
    }
}
