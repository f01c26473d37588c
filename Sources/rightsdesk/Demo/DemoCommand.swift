import ArgumentParser
import Casework
import Foundation
import Rights
import Store

/// Runs everything on made-up data, on this machine only.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Run the portal and the desk on made-up data, on this machine only.",
        discussion: "The first start fills the data folder with made-up people and cases. Mails and texts stay in an "
            + "outbox page.")

    @Option(help: "The folder for the demonstration's data.")
    var data = "data/demo"

    @Option(help: "The portal's port; the desk has the next one.")
    var port = 8080

    @Option(help: "The folder that has the NHS style and script.")
    var assets = "assets"

    func run() async throws {
        guard (1...65_534).contains(port) else {
            throw CommandFailure(
                status: .configuration, message: "\(port) is not a port; say a number from 1 to 65534.")
        }
        guard TrustsFolder(environment: ProcessInfo.processInfo.environment) == nil else {
            throw CommandFailure(
                status: .configuration, message: "The demonstration is of one trust. Unset RIGHTSDESK_TRUSTS.")
        }
        var settings = try Settings.fromEnvironment()
        settings.data = data
        settings.assets = assets
        settings.portalListen = .init(host: "127.0.0.1", port: port)
        settings.deskListen = .init(host: "127.0.0.1", port: port + 1)
        settings.portalAddress = "http://127.0.0.1:\(port)"
        settings.deskAddress = "http://127.0.0.1:\(port + 1)"
        let installation = try Installation.open(settings, isDemo: true)
        let people = try await people(of: installation)
        let link = try await administratorLink(installation)
        try await installation.serve { portal, desk in
            Console.say(DemoCommand.welcome(portal: portal, desk: desk, link: link, people: people))
        }
    }

    /// The people of this data folder, made with their cases if it is new.
    private func people(of installation: Installation) async throws -> DemoAccounts {
        if let people = DemoAccounts.read(from: data) { return people }
        let known = try await installation.casework.store.read { try $0.count(SummaryFilter(for: .nobody), most: 1) }
        guard known == 0 else {
            throw CommandFailure(
                status: .badInput,
                message: "\(data) holds cases that the demonstration did not make. Choose another folder with --data.")
        }
        Console.tell("Filling \(data) with made-up people and cases …")
        let people = try await DemoAccounts.make(in: installation)
        let staff = try await installation.members(of: people)
        guard let medicoLegal = staff.first, let xRay = staff.dropFirst().first else {
            throw CommandFailure(status: .configuration, message: "The policy lacks the roles of the demonstration.")
        }
        try await DemoSeeding(
            desk: DemoDesk(
                casework: installation.casework, today: installation.surroundings.today, medicoLegal: medicoLegal,
                xRay: xRay),
            people: people
        ) { done, all in
            if done % 10 == 0 || done == all { Console.tell("  \(done) of \(all) cases") }
        }.run()
        try await installation.settleDemoMail()
        try people.write(to: data)
        return people
    }

    /// A link for the first administrator, unless there is one.
    private func administratorLink(_ installation: Installation) async throws -> String? {
        do {
            let made = try await installation.staff.bootstrap(
                StaffDetails(
                    email: "administrator@example.org", name: "First Administrator",
                    department: "information-governance", roles: ["administrator"]))
            return "\(installation.settings.deskAddress)/sign-in/set-up/\(made.link.text)"
        } catch Problem.refused(let reasons) where reasons.contains(where: { $0.code == "already-set-up" }) {
            return nil
        }
    }

    static func welcome(portal: String, desk: String, link: String?, people: DemoAccounts) -> String {
        var lines = [
            "", "DEMO: made-up people, on this machine only.", "", "  Portal  \(portal)", "  Desk    \(desk)",
            "  Mails and texts  \(portal)/demo/outbox", "",
        ]
        if let link {
            lines += ["  The first administrator's link, good for one hour and one use:", "  \(link)", ""]
        }
        lines.append("  Sign in to the portal as")
        lines += people.requesters.map { "    \($0.email)   \($0.password)   \($0.role)" }
        lines.append("  Sign in to the desk as (the code comes as a text: see the outbox)")
        lines += people.staff.map { "    \($0.email)   \($0.password)   \($0.role)" }
        lines += ["", "  Stop with Ctrl-C.", ""]
        return lines.joined(separator: "\n")
    }
}

extension Installation {
    /// The demonstration's staff as the law knows them, in the order in which they were made.
    fileprivate func members(of people: DemoAccounts) async throws -> [Staff] {
        let stored = try await casework.store.read { try $0.allStaff() }
        return people.staff.compactMap { person in stored.first { $0.id.text == person.id }.map(staff.member) }
    }

    /// What the seeding itself wrote to people is history: it was sent long ago.
    fileprivate func settleDemoMail() async throws {
        let now = surroundings.now()
        try await casework.store.write { transaction in
            for message in try transaction.messages(limit: 10_000) {
                try transaction.markSent(message.id, at: now, keepingBody: true)
            }
        }
    }
}
