import HTTPTypes
import Rights
import TestSupport
import Testing

@testable import Web

@Suite struct AliveTests {
    /// Asking for a session would ask a database that may be gone.
    struct NoDatabase: Error {}

    @Test("The process says that it lives, whatever has become of the database", arguments: [Audience.portal, .desk])
    func lives(audience: Audience) async throws {
        let browser = TestBrowser(TestSite.make(audience, recognise: { _ in throw NoDatabase() }), [.alive])
        let stranger = try await browser.get("/health/live")
        #expect(stranger.status == .ok && stranger.text == "alive\n")
        await browser.setCookie("rightsdesk-\(audience.rawValue)-session", "any")
        #expect(try await browser.get("/health/live").status == .ok)
    }
}
