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

/// Every route of both sites, walked as everybody: each may do what it says and nobody else may.
@Suite struct RouteWalkTests {
    let world: PortalPremises
    let matter: Case.ID

    init() async throws {
        world = try await PortalPremises()
        matter = try await world.premises.runningCase()
    }

    /// The route's path with the identifiers of Aisha's own case, and well-shaped ones for everything else.
    private func path(of route: Route) -> String {
        let other = "01arz3ndektsv4rrffq69g5faa"
        let values = [":request": matter.text, ":case": matter.text, ":check": "identity"]
        return route.pattern.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix(":") ? values[String(part)] ?? other : String(part)
        }.joined(separator: "/")
    }

    private func answer(_ route: Route, _ browser: TestBrowser) async throws -> TestBrowser.Answer {
        route.method == .get
            ? try await browser.get(path(of: route)) : try await browser.send(route.method, path(of: route))
    }

    private func sequence() async throws -> Int? {
        let matter = matter
        return try await world.casework.store.read { try $0.lastSequence(of: matter) }
    }

    /// A browser of the desk for a member of staff with these permissions; of nobody, where none are given.
    private func desk(_ permissions: Set<Permission>?, own: OwnIdentity? = nil) async -> TestBrowser {
        let own = own ?? OwnIdentity(name: "Grace Owen", email: "g.owen@example.com")
        let staff = permissions.map {
            Premises.staff("G. Owen", department: "pals", permissions: $0, own: own, world: world.premises.world)
        }
        let site = TestSite.make(
            .desk, at: "http://127.0.0.1:8081", world: world.premises.world,
            recognise: { token in staff.map { .staff(StaffSession(staff: $0, session: token)) } })
        let accounts = StaffAccounts(
            casework: world.casework, passwords: Passwords(random: world.premises.world.surroundings.random))
        let browser = TestBrowser(site, Desk(casework: world.casework, accounts: accounts).routes)
        if staff != nil { await browser.setCookie("rightsdesk-desk-session", "any") }
        return browser
    }

    @Test("nobody who is not signed in gets further than the door, and nothing changes")
    func anonymous() async throws {
        let before = try await sequence()
        for browser in [await world.browser(), await desk(nil)] {
            for route in await browser.responder.table.routes where route.access != .anyone {
                let answer = try await answer(route, browser)
                let isTurnedAway = answer.status == .seeOther || answer.status == .forbidden
                #expect(isTurnedAway, "\(route.method) \(route.pattern) answered \(answer.status)")
                #expect(!answer.text.contains("Rahman"), "\(route.pattern) shows a name")
            }
        }
        #expect(try await sequence() == before)
    }

    @Test("another account gets nothing of a case whose address it knows")
    func stranger() async throws {
        let before = try await sequence()
        let browser = await world.somebodyElse()
        for route in await browser.responder.table.routes where route.pattern.contains(":request") {
            let answer = try await answer(route, browser)
            let expected: Set<HTTPResponse.Status> = route.method == .get ? [.notFound] : [.notFound, .forbidden]
            #expect(expected.contains(answer.status), "\(route.method) \(route.pattern) answered \(answer.status)")
            #expect(!answer.text.contains("Rahman"), "\(route.pattern) shows a name")
        }
        #expect(try await sequence() == before)
    }

    @Test("the requester's own pages answer, and none fails")
    func owner() async throws {
        let browser = await world.aisha()
        for route in await browser.responder.table.routes where route.method == .get {
            let answer = try await answer(route, browser)
            #expect(answer.status.code < 500, "\(route.pattern) answered \(answer.status)")
            if route.pattern == "/requests/:request" { #expect(answer.status == .ok) }
        }
    }

    @Test(
        "a role opens exactly the routes that name one of its permissions",
        arguments: Shipped.poole.roles.all.map(\.code))
    func roles(_ code: String) async throws {
        let role = try #require(world.casework.policies.current.roles[code])
        let permissions = role.permissions
        let before = try await sequence()
        let browser = await desk(permissions)
        for route in await browser.responder.table.routes {
            guard case .staff(let wanted) = route.access else { continue }
            let answer = try await answer(route, browser)
            if wanted.isEmpty || !wanted.isDisjoint(with: permissions) {
                // A POST without its form's secret is refused; a page is shown, or says what it lacks.
                if route.method == .get { #expect(answer.status.code < 500, "\(route.pattern): \(answer.status)") }
            } else {
                #expect(answer.status == .forbidden, "\(code) at \(route.method) \(route.pattern): \(answer.status)")
                #expect(!answer.text.contains("Rahman"), "\(route.pattern) shows a name to \(code)")
            }
        }
        #expect(try await sequence() == before, "a walk changes nothing")
    }

    @Test("somebody whom a case is about gets into none of its pages, whatever their role")
    func concerned() async throws {
        let own = OwnIdentity(name: "Aisha Rahman", email: "aisha@example.com", dateOfBirth: Day("1979-07-04"))
        let browser = await desk(Set(Permission.allCases), own: own)
        for route in await browser.responder.table.routes
        where route.method == .get && route.pattern.contains(":case") {
            let answer = try await answer(route, browser)
            let isShut = [.forbidden, .notFound].contains(answer.status)
            #expect(isShut, "\(route.pattern) answered \(answer.status)")
        }
    }

    @Test("every route is listed with who may call it, for the documents and the browser suite")
    func listed() async throws {
        let passwords = Passwords(random: world.premises.world.surroundings.random)
        let accounts = Accounts(casework: world.casework, passwords: passwords)
        let staff = StaffAccounts(casework: world.casework, passwords: passwords)
        let sites = [
            (
                "portal",
                await world.browser().responder.table.routes + AccountPages(accounts: accounts).routes + [.alive]
            ),
            (
                "desk",
                await desk(nil).responder.table.routes + StaffPages(staff: staff, requesters: accounts).routes
                    + [.alive]
            ),
        ]
        var lines: [String] = []
        for (site, routes) in sites {
            for route in routes {
                lines.append("\(site)\t\(route.method)\t\(route.pattern)\t\(route.access)")
            }
        }
        #expect(lines.count > 120)
        #expect(Set(lines).count == lines.count)
        let folder = Premises.root.appending(path: ".output")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try lines.joined(separator: "\n").write(
            to: folder.appending(path: "routes.txt"), atomically: true, encoding: .utf8)
    }
}
