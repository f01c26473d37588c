import Casework
import HTTPTypes
import Rights
import Store
import TestSupport
import Testing
import Web

/// Two trusts in one process: every route of one is asked with what belongs to the other, and gives nothing of it.
@Suite struct TrustWalkTests {
    private let mine: Neighbour
    private let theirs: Neighbour
    private let portal: SitesByHost
    private let desk: SitesByHost

    init() async throws {
        mine = try await Neighbour(
            Neighbour.Names(
                trust: "Meadowbank Hospitals", host: "meadowbank.example",
                person: PersonName(given: "Aisha", family: "Rahman"), requester: "a.rahman@example.org",
                staff: "Ada Example", administrator: "ada@example.org", word: "juniper", chance: 0))
        theirs = try await Neighbour(
            Neighbour.Names(
                trust: "Riverside Hospitals", host: "riverside.example",
                person: PersonName(given: "Quillon", family: "Zebrowski"), requester: "q.zebrowski@example.net",
                staff: "Ottoline Fairweather", administrator: "ottoline@example.net", word: "quagga",
                chance: 1_000_000))
        let both = [mine, theirs]
        let surroundings = mine.doors.world.surroundings
        portal = SitesByHost(
            .portal, both.map { SitesByHost.Member($0.portal) }, surroundings: surroundings, logger: mine.log.logger,
            traffic: Traffic())
        desk = SitesByHost(
            .desk, both.map { SitesByHost.Member($0.desk) }, surroundings: surroundings, logger: mine.log.logger,
            traffic: Traffic())
    }

    /// What an attacker sends, whichever route they ask.
    private struct Attempt {
        var host: String
        var cookies: [String: String]
        var token: String
        /// Whose identifiers stand in the paths and forms.
        var values: [String: String]
    }

    private struct Site {
        let switchboard: SitesByHost
        let mine: Neighbour.Door
        let theirs: Neighbour.Door
    }

    private var sites: [Site] {
        [
            Site(switchboard: portal, mine: mine.portal, theirs: theirs.portal),
            Site(switchboard: desk, mine: mine.desk, theirs: theirs.desk),
        ]
    }

    private func path(of route: Route, _ values: [String: String]) -> String {
        route.pattern.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix(":") ? values[String(part.dropFirst())] ?? "1" : String(part)
        }.joined(separator: "/")
    }

    /// A form of every field that an identifier may stand in. A form with parts is taken by every route.
    private func body(_ attempt: Attempt, boundary: String) -> [UInt8] {
        let fields = [("csrf", attempt.token)] + attempt.values.sorted { $0.key < $1.key }
        let parts = fields.map {
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n"
        }
        return Array((parts.joined() + "--\(boundary)--\r\n").utf8)
    }

    private func answer(
        to attempt: Attempt, asking route: Route, at door: Neighbour.Door, through switchboard: SitesByHost
    ) async throws -> TestBrowser.Answer {
        let browser = TestBrowser(door.site, door.routes, behind: switchboard)
        for (name, value) in attempt.cookies { await browser.setCookie(name, value) }
        let path = path(of: route, attempt.values)
        guard route.method == .post else { return try await browser.send(.get, path, host: attempt.host) }
        let boundary = "----TrustWalk"
        var headers: HTTPFields = [
            .contentType: "multipart/form-data; boundary=\(boundary)", .origin: "https://\(attempt.host)",
        ]
        if let name = HTTPField.Name("Sec-Fetch-Site") { headers[name] = "same-origin" }
        return try await browser.send(
            .post, path, headers: headers, body: body(attempt, boundary: boundary), host: attempt.host)
    }

    /// Sends an attempt to routes; none of the answers has what is theirs. Returns how many were sent.
    private func walk(
        _ what: String, _ site: Site, _ attempt: Attempt, where isAsked: (Route) -> Bool = { _ in true },
        _ expect: (Route, TestBrowser.Answer) -> Void
    ) async throws -> Int {
        var count = 0
        for route in site.mine.routes where isAsked(route) {
            let answer = try await answer(to: attempt, asking: route, at: site.mine, through: site.switchboard)
            count += 1
            #expect(answer.status.code < 500, "\(what): \(route.method) \(route.pattern) answered \(answer.status)")
            for secret in theirs.secrets where answer.text.contains(secret) {
                Issue.record("\(what): \(route.method) \(route.pattern) shows \(secret)")
            }
            if attempt.host == site.mine.host {
                #expect(!answer.text.contains(theirs.names.trust), "\(what): \(route.pattern) names the other trust")
            }
            expect(route, answer)
        }
        return count
    }

    /// Whether somebody without a session gets no further than the door.
    private func expectTurnedAway(_ what: String, _ route: Route, _ answer: TestBrowser.Answer) {
        guard route.access != .anyone else { return }
        let isTurnedAway = [.seeOther, .forbidden, .notFound].contains(answer.status)
        #expect(isTurnedAway, "\(what): \(route.method) \(route.pattern) answered \(answer.status)")
    }

    /// Runs a walk and compares all that the other trust keeps before and after.
    private func changesNothing(_ walk: () async throws -> Int) async throws {
        let before = try await theirs.store.dump()
        let count = try await walk()
        #expect(count > 100)
        let after = try await theirs.store.dump()
        #expect(before.count == after.count)
        for (table, rows) in before { #expect(after[table] == rows, "\(table) was changed") }
    }

    @Test("what belongs to the other trust is worth nothing at this one: its sessions, form tokens, numbers and links")
    func theirsHere() async throws {
        let said = theirs.log.text
        try await changesNothing {
            var count = 0
            for site in sites {
                var attempt = Attempt(
                    host: site.mine.host, cookies: site.theirs.cookies, token: site.theirs.token,
                    values: site.theirs.values)
                count += try await walk("their session", site, attempt) { expectTurnedAway("their session", $0, $1) }
                attempt.cookies = site.mine.cookies
                count += try await walk("their form token", site, attempt, where: { $0.method == .post }) {
                    let isRefused = [.forbidden, .unprocessableContent, .notFound].contains($1.status)
                    #expect(isRefused, "\($0.pattern) took their form token: \($1.status)")
                }
                attempt.token = site.mine.token
                count += try await walk("their numbers", site, attempt, where: { $0.pattern.contains(":") }) {
                    // What is not there is deleted already, whoever asks.
                    let isNothing = $1.status.code >= 400 || $0.pattern == "/drafts/:draft/delete"
                    #expect(isNothing, "\($0.method) \($0.pattern) took their numbers: \($1.status)")
                }
            }
            return count
        }
        #expect(theirs.log.text == said, "the other trust was asked")
    }

    @Test(
        "what belongs to this trust is worth nothing at the other: it answers as to a stranger, and keeps nothing of it"
    )
    func mineThere() async throws {
        try await changesNothing {
            var count = 0
            for site in sites {
                let attempt = Attempt(
                    host: site.theirs.host, cookies: site.mine.cookies, token: site.mine.token,
                    values: site.theirs.values.merging(["link": site.mine.values["link"] ?? ""]) { $1 })
                count += try await walk("my session", site, attempt) { expectTurnedAway("my session", $0, $1) }
            }
            return count
        }
        for door in [mine.portal, mine.desk] {
            for value in Array(door.cookies.values) + [door.token, door.values["link"] ?? ""] {
                #expect(!theirs.log.text.contains(value), "a token is in the other trust's log")
            }
        }
    }

    @Test("a released file and a link are found under their own trust's host alone")
    func links() async throws {
        let browser = TestBrowser(theirs.portal.site, theirs.portal.routes, behind: portal)
        for (name, value) in theirs.portal.cookies { await browser.setCookie(name, value) }
        #expect(try await browser.send(.get, theirs.download, host: theirs.portal.host).text == "Seen at quagga")
        #expect(try await browser.send(.get, theirs.download, host: mine.portal.host).status == .seeOther)
        let link = "/Account/Verify/\(theirs.portal.values["link"] ?? "")"
        #expect(try await browser.send(.get, link, host: theirs.portal.host).text.contains("Set password"))
        #expect(try await !browser.send(.get, link, host: mine.portal.host).text.contains("Set password"))
        #expect(try await browser.send(.get, theirs.download, host: theirs.desk.host).status == .misdirectedRequest)
    }

    @Test("their own people see all of it, so that the walks above prove something")
    func owner() async throws {
        for site in sites {
            let attempt = Attempt(
                host: site.theirs.host, cookies: site.theirs.cookies, token: site.theirs.token,
                values: site.theirs.values)
            var shown: Set<String> = []
            var status: [String: Int] = [:]
            for route in site.theirs.routes where route.method == .get {
                let answer = try await answer(to: attempt, asking: route, at: site.theirs, through: site.switchboard)
                status[route.pattern] = answer.status.code
                for secret in theirs.secrets where answer.text.contains(secret) { shown.insert(secret) }
            }
            #expect(shown.isSuperset(of: ["Zebrowski", "quagga", "SAR-2026-000002"]), "\(shown)")
            #expect(status.values.count { $0 == 200 } * 2 > status.count, "\(status)")
        }
        let before = try await theirs.store.dump()
        try await theirs.doors.premises.casework.perform(
            AddNote(text: "Seen."), on: theirs.matter, by: theirs.doors.premises.staff)
        #expect(try await theirs.store.dump() != before)
    }
}

extension SitesByHost.Member {
    fileprivate init(_ door: Neighbour.Door) {
        let responder = SiteResponder(site: door.site, routes: door.routes)
        self.init(door.site.origin) { responder }
    }
}
