import HTTPTypes
import Rights
import TestSupport
import Testing

@testable import Web

/// What `/metrics` says of the sites' answers.
@Suite struct TrafficTests {
    private func page(_ traffic: Traffic) -> [String] {
        var page = MetricsPage()
        traffic.write(to: &page)
        return page.text.split(separator: "\n").map(String.init)
    }

    @Test("answers are counted by route, and no path is written down")
    func counted() async throws {
        let site = TestSite.make(.portal)
        let browser = TestBrowser(
            site, [Route.get("/requests/:request", .anyone) { _ in throw Problem.notFound }])
        for id in ["a", "b", "b"] { _ = try await browser.get("/requests/secret-\(id)") }
        let lines = page(site.traffic)
        #expect(
            lines.contains(
                #"rightsdesk_requests_total{site="portal",method="GET",route="/requests/:request",status="404"} 3"#))
        #expect(!lines.joined().contains("secret"))
    }

    @Test("times fall into every bound that they are not above, and add up")
    func times() {
        let traffic = Traffic()
        for milliseconds: Int64 in [3, 30, 20_000] {
            traffic.note(site: .desk, method: "GET", route: "/", status: 200, milliseconds: milliseconds)
        }
        let lines = page(traffic)
        func bucket(_ bound: String) -> String {
            #"rightsdesk_request_seconds_bucket{site="desk",route="/",le="\#(bound)"}"#
        }
        #expect(lines.contains("\(bucket("0.005")) 1"))
        #expect(lines.contains("\(bucket("0.05")) 2"))
        #expect(lines.contains("\(bucket("10.0")) 2"))
        #expect(lines.contains("\(bucket("+Inf")) 3"))
        #expect(lines.contains(#"rightsdesk_request_seconds_sum{site="desk",route="/"} 20.033"#))
    }

    @Test("a label cannot end its line or its quotes")
    func labels() {
        var page = MetricsPage()
        page.begin("x", .gauge, "Something.")
        page.add(1.5, [("name", "a\"b\\c\nd")])
        #expect(page.text.hasSuffix("x{name=\"a\\\"b\\\\c\\nd\"} 1.5\n"))
    }
}
