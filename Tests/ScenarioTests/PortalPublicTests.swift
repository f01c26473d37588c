import Casework
import Foundation
import HTTPTypes
import Portal
import Rights
import Store
import TestSupport
import Testing
import Web

/// What anybody may read, and the outbox that only a demonstration shows (S1-04 to S1-06, S1-67).
@Suite struct PortalPublicTests {
    let premises: PortalPremises

    init() async throws {
        premises = try await PortalPremises()
    }

    @Test("The landing page has the trust's name and the guide's three entries")
    func landing() async throws {
        let page = try await premises.browser().get("/")
        #expect(page.text.contains("<h1>Meadowbank Hospitals NHS Foundation Trust</h1>"))
        for entry in ["Summary", "How to make a request", "Get Started Online"] {
            #expect(page.text.contains(entry), "\(entry)")
        }
    }

    @Test("Get Started Online leads to Login and to a new account")
    func getStarted() async throws {
        let page = try await premises.browser().get("/get-started")
        #expect(page.text.contains("href=\"/Account/Login\""))
        #expect(page.text.contains("Don’t have an account? Sign up"))
    }

    @Test(
        "Every page that anybody may read has one heading and a title",
        arguments: [
            "/", "/how-to-make-a-request", "/get-started", "/privacy", "/consent-form", "/contact", "/accessibility",
            "/cookies", "/help",
        ])
    func headings(path: String) async throws {
        let page = try await premises.browser().get(path)
        #expect(page.status == .ok)
        #expect(page.text.components(separatedBy: "<h1").count == 2)
        #expect(page.title?.contains("Access to records") == true)
        #expect(!page.text.contains("{{") && !page.text.contains("[trust]"), "every field is filled")
    }

    @Test("The outbox is there in a demonstration on this machine, and nowhere else")
    func outbox() async throws {
        let here: HTTPFields = forwarded("127.0.0.1")
        #expect(try await premises.browser().get("/demo/outbox", headers: here).status == .notFound)
        let demo = try await demonstration()
        _ = try await premises.casework.begin(premises.premises.request(), by: premises.premises.requester)
        let page = try await demo.get("/demo/outbox", headers: here)
        #expect(page.status == .ok)
        #expect(page.text.contains("a.rahman@example.org"))
        #expect(page.text.contains("SAR-2026-000001"))
        #expect(page.text.contains("<a href=\"http://127.0.0.1:8080"))
        let nobody = try await demo.get("/demo/outbox?to=nobody@example.org", headers: here)
        #expect(nobody.text.contains("0 messages."))
        for address in ["192.0.2.7", "10.0.0.1", "127.0.0.1, 192.0.2.7"] {
            #expect(try await demo.get("/demo/outbox", headers: forwarded(address)).status == .notFound, "\(address)")
        }
    }

    private func forwarded(_ address: String) -> HTTPFields {
        guard let name = HTTPField.Name("X-Forwarded-For") else { return [:] }
        return [name: address]
    }

    /// The same trust, calling itself a demonstration.
    private func demonstration() async throws -> TestBrowser {
        let casework = premises.casework
        let trust = Trust(
            name: casework.trust.name, portal: casework.trust.portal, desk: casework.trust.desk,
            contact: casework.trust.contact, isDemo: true)
        let demo = Casework(
            store: casework.store, vault: casework.vault, policies: casework.policies, trust: trust,
            surroundings: casework.surroundings)
        return TestBrowser(
            TestSite.make(.portal, world: premises.premises.world, proxies: [""]), Portal(casework: demo).routes)
    }
}
