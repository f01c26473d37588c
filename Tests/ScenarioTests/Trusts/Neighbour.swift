import Casework
import Desk
import Foundation
import HTTPTypes
import Portal
import Rights
import Store
import TestSupport
import Testing
import Web

/// One of the trusts of a process: a requester and a member of staff who are signed in, a case with a question, a file
/// and a release, a draft, and links that nobody has used. Its words stand nowhere else.
struct Neighbour {
    /// What tells one trust from the other.
    struct Names {
        let trust: String
        let host: String
        let person: PersonName
        let requester: String
        let staff: String
        let administrator: String
        let word: String
        let chance: UInt64
    }

    /// One of the two sites, and somebody's way into it.
    struct Door {
        let site: Site
        let routes: [Route]
        let host: String
        /// The cookies of somebody who is signed in.
        let cookies: [String: String]
        /// A form's token that these cookies yield.
        let token: String
        /// What stands for the parameters of paths.
        let values: [String: String]
    }

    let names: Names
    let doors: AccountsPremises
    let log: LogLines
    let portal: Door
    let desk: Door
    let matter: Case.ID
    /// The address of a released file.
    let download: String

    var store: Store { doors.premises.casework.store }

    /// What only this trust's people may ever read.
    var secrets: [String] {
        [names.person.family, names.requester, names.administrator, names.staff, names.word, "SAR-2026-000002"]
    }

    init(_ names: Names) async throws {
        self.names = names
        let portalHost = "records.\(names.host)"
        let deskHost = "desk.\(names.host)"
        let premises = try Premises(
            trust: Trust(
                name: names.trust, portal: "https://\(portalHost)", desk: "https://\(deskHost)",
                contact: "records@\(names.host)", isDemo: false), chance: names.chance)
        doors = try AccountsPremises(premises)
        log = LogLines()
        let (portalPages, deskPages) = (doors.portal, doors.desk)
        let portalSite = TestSite.make(
            .portal, at: "https://\(portalHost)", world: premises.world, logger: log.logger, name: names.trust,
            navigation: { _ in Portal.navigation }, recognise: { try await portalPages.recognise($0) })
        let deskSite = TestSite.make(
            .desk, at: "https://\(deskHost)", world: premises.world, logger: log.logger,
            paths: Site.Paths(home: "/", signIn: "/sign-in", signOut: "/sign-out"), name: names.trust,
            recognise: { try await deskPages.recognise($0) })
        let portalRoutes = doors.portalRoutes + [.alive]
        let deskRoutes =
            Desk(casework: premises.casework, accounts: doors.staff).routes + doors.desk.routes + [.alive]

        let requester = TestBrowser(portalSite, portalRoutes)
        try await doors.register(names.requester, in: requester)
        _ = try await doors.signIn(names.requester, in: requester)
        let member = TestBrowser(deskSite, deskRoutes)
        try await doors.administrator(
            in: member, email: names.administrator, name: names.staff,
            roles: premises.casework.policies.current.roles.all.map(\.code))

        let account = try await Neighbour.account(of: names.requester, in: premises)
        // The first case is nobody's, so that the references of two trusts' cases do not say the same.
        _ = try await premises.casework.begin(premises.request(), by: premises.requester)
        let request = premises.request { request in
            request.requester = Requester(
                name: names.person, email: names.requester, capacity: "patient", account: account)
            request.subject = Subject(
                name: names.person, dateOfBirth: Day("1968-03-11"), nhsNumber: NHSNumber("999 004 1873"))
            request.scope = Scope(description: "Notes of the ward \(names.word)")
        }
        matter = try await premises.casework.begin(request, by: .requester(account)).id
        try await premises.accept(.identity, of: matter, document: "passport")
        try await premises.accept(.address, of: matter, document: "council-tax")
        try await premises.accept(.authority, of: matter)
        let (id, staff) = (matter, premises.staff)
        let file = try await premises.addRecord("Seen at \(names.word)", named: "\(names.word).txt", to: id)
        try await premises.confirmRelease(of: id)
        try await premises.casework.perform(
            ReleasePart(files: [file.id], note: "Enclosed: \(names.word).", isFinal: false), on: id, by: staff)
        try await premises.casework.perform(
            SendMessage(text: "Do you mean \(names.word)?", asks: .reply), on: id, by: staff)
        download = "/requests/\(id)/parts/1/files/\(file.id)"

        _ = try await requester.get("/new-request")
        let begun = try await requester.post("/new-request", ["type": "living"])
        let draft = try #require(begun.location?.split(separator: "/").last.map(String.init))
        let session = try await premises.casework.store.read { [now = premises.world.now] in
            try $0.sessions(of: .requester(account), at: now).first?.id.text
        }
        let portalLink = try await doors.unusedPortalLink(at: portalSite, portalRoutes, for: "late@\(names.host)")
        let deskLink = try await doors.unusedDeskLink(in: member, for: "new@\(names.host)")
        let colleague = try #require(
            try await premises.casework.store.read { try $0.allStaff().first { $0.email == names.administrator } })
        let values = [
            "request": id.text, "case": id.text, "other": id.text, "draft": draft, "file": file.id.text,
            "session": try #require(session), "staff": colleague.id.text, "check": "identity", "page": "about-you",
        ]
        portal = try await Door(
            site: portalSite, routes: portalRoutes, host: portalHost, cookies: requester.cookies,
            token: Neighbour.token(in: requester, at: "/new-request"),
            values: values.merging(["link": portalLink]) { $1 })
        desk = try await Door(
            site: deskSite, routes: deskRoutes, host: deskHost, cookies: member.cookies,
            token: Neighbour.token(in: member, at: "/cases/\(id)/notes"),
            values: values.merging(["link": deskLink]) { $1 })
    }

    private static func account(of email: String, in premises: Premises) async throws -> Account.ID {
        let found = try await premises.casework.store.read { try $0.account(email: email, on: .portal) }
        guard case .requester(let account) = try #require(found).id else { throw Unexpected(what: "no requester") }
        return account
    }

    private static func token(in browser: TestBrowser, at path: String) async throws -> String {
        let page = try await browser.get(path)
        return try #require(page.between("name=\"csrf\" value=\"", "\""), "\(path) answered \(page.status)")
    }
}

extension AccountsPremises {
    /// The token of a link that was mailed and not followed.
    fileprivate func unusedPortalLink(at site: Site, _ routes: [Route], for email: String) async throws -> String {
        let browser = TestBrowser(site, routes)
        _ = try await browser.get("/Account/Register")
        _ = try await browser.post("/Account/Register", ["email": email, "confirm": email])
        return try await lastPart(of: link(to: email))
    }

    fileprivate func unusedDeskLink(in browser: TestBrowser, for email: String) async throws -> String {
        _ = try await browser.get("/settings/staff/new")
        _ = try await browser.post(
            "/settings/staff/new",
            ["email": email, "name": "Noor Example", "department": "medico-legal", "roles": "medico-legal"])
        return try await lastPart(of: link(to: email))
    }

    private func lastPart(of path: String) throws -> String {
        String(try #require(path.split(separator: "/").last))
    }
}
