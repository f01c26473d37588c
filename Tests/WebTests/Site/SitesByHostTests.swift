import HTTPTypes
import Rights
import TestSupport
import Testing

@testable import Web

/// Which trust answers a request, by the host that it names.
@Suite struct SitesByHostTests {
    private let lines = LogLines()
    private let traffic = Traffic()
    private let browser: TestBrowser

    init() {
        let meadowbank = Self.site("Meadowbank", at: "https://records.meadowbank.example")
        let responders = [
            SiteResponder(site: meadowbank, routes: [Self.home("Meadowbank")]),
            SiteResponder(
                site: Self.site("Riverside", at: "https://records.riverside.example:8443"),
                routes: [Self.home("Riverside")]),
        ]
        let closed = Self.site("Hilltop", at: "https://records.hilltop.example").origin
        let members =
            responders.map { responder in SitesByHost.Member(responder.site.origin) { responder } }
            + [SitesByHost.Member(closed) { nil }]
        let switchboard = SitesByHost(
            .portal, members, surroundings: FixedWorld().surroundings, logger: lines.logger, traffic: traffic)
        browser = TestBrowser(meadowbank, [], behind: switchboard)
    }

    private static func site(_ name: String, at address: String) -> Site {
        TestSite.make(.portal, at: address, name: name)
    }

    private static func home(_ name: String) -> Route {
        Route.get("/", .anyone) { $0.show(Page(name, "<h1>This is \(name)</h1>")) }
    }

    @Test(
        "a host is found however it is spelt",
        arguments: [
            ("records.meadowbank.example", "Meadowbank"), ("RECORDS.Meadowbank.example", "Meadowbank"),
            ("records.meadowbank.example:443", "Meadowbank"), ("records.meadowbank.example:9999", "Meadowbank"),
            ("records.meadowbank.example.", "Meadowbank"), ("records.meadowbank.example.:443", "Meadowbank"),
            ("records.riverside.example", "Riverside"), ("records.RIVERSIDE.example:8443", "Riverside"),
        ])
    func known(_ host: String, _ name: String) async throws {
        let answer = try await browser.send(.get, "/", host: host)
        #expect(answer.status == .ok)
        #expect(answer.text.contains("This is \(name)"))
    }

    @Test(
        "whoever names no trust is told nothing of any",
        arguments: [
            "", " ", ".", "records.example", "records.meadowbank.example..", ".records.meadowbank.example",
            "records.meadowbank.example:", "records.meadowbank.example:0", "records.meadowbank.example:99999",
            "records.meadowbank.example:443:443", "records.meadowbank.example@records.riverside.example",
            "records.meadowbank.example, records.riverside.example", "records.meadowbank.example/",
            "records.meadowban\u{212A}.example", "xn--records.meadowbank.example", "127.0.0.1", "localhost", "[::1]",
            "records.meadowbank.example\\", "records.meadowbank.example#", "meadowbank.example",
        ])
    func unknown(_ host: String) async throws {
        let answer = try await browser.send(.get, "/", host: host)
        #expect(answer.status == .misdirectedRequest)
        for name in ["Meadowbank", "Riverside", "Hilltop", "meadowbank", "example"] {
            #expect(!answer.text.contains(name))
        }
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.headers[.setCookie] == nil)
        #expect(lines.text.contains("status: 421"))
        #expect(host.isEmpty || host.count < 3 || !lines.text.contains(host), "what a stranger says is not logged")
    }

    @Test("two hosts are none, and a path that looks like an address is a path")
    func twoHosts() async throws {
        let second: HTTPFields = [try #require(HTTPField.Name("Host")): "records.meadowbank.example"]
        let host = "records.meadowbank.example"
        #expect(try await browser.send(.get, "/", headers: second, host: host).status == .misdirectedRequest)
        for path in [
            "//records.riverside.example/", "/https://records.riverside.example/", "/@records.riverside.example",
        ] {
            let answer = try await browser.send(.get, path, host: host)
            #expect(answer.status == .notFound && !answer.text.contains("Riverside"), "\(path)")
        }
    }

    @Test("while a trust cannot be served its visitors are asked to wait, and the others are served")
    func closed() async throws {
        let answer = try await browser.send(.get, "/", host: "records.hilltop.example")
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.text.contains("Wait a few minutes"))
        #expect(try await browser.send(.get, "/", host: "records.riverside.example").status == .ok)
    }

    @Test("a form that is sent to no trust is not read, and its connection is ended")
    func body() async throws {
        let answer = try await browser.send(.post, "/", body: Array("a=b".utf8), host: "nowhere.example")
        #expect(answer.status == .misdirectedRequest && answer.headers[.connection] == "close")
        let head = try await browser.send(.head, "/", host: "nowhere.example")
        #expect(head.status == .misdirectedRequest && head.bytes.isEmpty)
    }

    @Test("a cookie is for its own host alone")
    func cookies() async throws {
        for host in ["records.meadowbank.example", "records.riverside.example"] {
            let cookie = try #require(try await browser.send(.get, "/", host: host).headers[.setCookie])
            #expect(cookie.hasPrefix("__Host-rightsdesk-portal-visit="))
            #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure"))
            await browser.removeCookies()
        }
    }

    @Test("the figures of one metric stand together, each with its trust")
    func figures() {
        var page = MetricsPage()
        let other = Traffic()
        traffic.note(site: .portal, method: "GET", route: "/", status: 200, milliseconds: 1)
        other.note(site: .portal, method: "GET", route: "/", status: 200, milliseconds: 1)
        for (code, traffic) in [("meadowbank", traffic), ("riverside", other)] {
            page.labels = [("trust", code)]
            traffic.write(to: &page)
        }
        let lines = page.text.split(separator: "\n").map(String.init)
        #expect(lines.count { $0 == "# TYPE rightsdesk_requests_total counter" } == 1)
        let line = #"rightsdesk_requests_total{trust="riverside",site="portal",method="GET",route="/",status="200"} 1"#
        #expect(lines.firstIndex(of: line) == 3, "\(lines)")
    }
}
