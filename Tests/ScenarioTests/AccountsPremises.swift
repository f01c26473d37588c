import Desk
import Foundation
import Portal
import Rights
import Store
import TestSupport
import Testing
import Web

@testable import Casework

/// A trust whose two doors are those that are served, with the real outbox, and browsers before them.
struct AccountsPremises {
    let premises: Premises
    let portal: AccountPages
    let desk: StaffPages
    let staff: StaffAccounts
    let accounts: Accounts

    static let good = "pelican teapot gravel"
    static let better = "lantern walnut harbour"

    init(_ premises: Premises? = nil) throws {
        let premises = try premises ?? Premises()
        self.premises = premises
        let passwords = Passwords(
            cost: Passwords.Cost(logRounds: 2, blockSize: 1, parallelism: 1),
            random: premises.world.surroundings.random)
        accounts = Accounts(casework: premises.casework, passwords: passwords)
        staff = StaffAccounts(casework: premises.casework, passwords: passwords)
        portal = AccountPages(accounts: accounts)
        desk = StaffPages(staff: staff, requesters: accounts)
    }

    var world: FixedWorld { premises.world }

    /// A new browser before the portal, with a page behind every link that signing in leads to.
    func portalBrowser() async -> TestBrowser {
        let pages = portal
        let site = TestSite.make(
            .portal, world: world, navigation: { _ in Portal.navigation }, recognise: { try await pages.recognise($0) })
        return TestBrowser(site, portalRoutes)
    }

    /// Everything that the portal answers.
    var portalRoutes: [Route] { portal.routes + Portal(casework: premises.casework).routes }

    /// A new browser before the desk.
    func deskBrowser() async -> TestBrowser {
        let pages = desk
        let site = TestSite.make(
            .desk, at: "http://127.0.0.1:8081", world: world,
            paths: Site.Paths(home: "/profile", signIn: "/sign-in", signOut: "/sign-out"),
            recognise: { try await pages.recognise($0) })
        return TestBrowser(site, desk.routes)
    }

    /// The messages to somebody, the newest first.
    func messages(to recipient: String) async throws -> [OutgoingMessage] {
        try await premises.casework.store.read { try $0.messages(limit: 1_000) }.filter { $0.recipient == recipient }
    }

    /// The path of the link in the newest mail to somebody.
    func link(to recipient: String) async throws -> String {
        let body = try #require(try await messages(to: recipient).first).body
        let line = try #require(body.split(separator: "\n").first { $0.contains("://") })
        let address = try #require(line.firstRange(of: "://")).lowerBound
        return "/" + line[address...].split(separator: "/").dropFirst(2).joined(separator: "/")
    }

    /// The code in the newest text message to a number.
    func code(to phone: String) async throws -> String {
        String(try #require(try await messages(to: phone).first).body.prefix(6))
    }

    /// Registers and sets a password, all through pages.
    func register(_ email: String, in browser: TestBrowser) async throws {
        _ = try await browser.get("/Account/Register")
        _ = try await browser.post("/Account/Register", ["email": email, "confirm": email])
        _ = try await browser.get(try await link(to: email))
        _ = try await browser.post("/Account/SetPassword", ["password": Self.good, "confirm": Self.good])
        world.advance(seconds: 3600)
    }

    /// Signs in with a password; returns the answer to it.
    func signIn(
        _ email: String, password: String = Self.good, in browser: TestBrowser
    ) async throws -> TestBrowser.Answer {
        _ = try await browser.get("/Account/Login")
        return try await browser.post("/Account/Login", ["email": email, "password": password])
    }

    /// The first administrator, set up and signed in with an app through pages.
    func administrator(
        in browser: TestBrowser, email: String = "first.admin@example.org", name: String = "Ada Example",
        roles: [String] = ["administrator"]
    ) async throws {
        let details = StaffDetails(email: email, name: name, department: "medico-legal", roles: roles)
        let link = try await staff.bootstrap(details).link
        try await setUp("/sign-in/set-up/\(link.text)", email: details.email, in: browser)
    }

    /// Sets up an account with an app behind a link and signs in.
    func setUp(_ path: String, email: String, in browser: TestBrowser) async throws {
        _ = try await browser.get(path)
        _ = try await browser.post(path, ["password": Self.good, "confirm": Self.good, "factor": "app"])
        let link = try #require(Token(path.split(separator: "/").last ?? ""))
        guard case .app(_, let codes, _) = try await staff.setUpStage(of: link) else {
            throw Unexpected(what: "no app to add")
        }
        _ = try await browser.get(path)
        _ = try await browser.post("\(path)/code", ["code": code(of: codes)])
        world.advance(seconds: 60)
        _ = try await browser.get("/sign-in")
        _ = try await browser.post("/sign-in", ["email": email, "password": Self.good])
        _ = try await browser.get("/sign-in/code")
        _ = try await browser.post("/sign-in/code", ["code": code(of: codes)])
        world.advance(seconds: 60)
    }

    /// What an app shows now.
    func code(of codes: TimeCodes) -> String { codes.code(step: TimeCodes.step(at: world.now)) }
}

extension TestBrowser.Answer {
    /// Where the link with these words leads.
    func link(_ words: String) -> String? {
        for part in text.components(separatedBy: "href=\"") where part.contains("\">\(words)") {
            return part.components(separatedBy: "\"").first
        }
        return nil
    }
}

struct Unexpected: Error {
    let what: String
}
