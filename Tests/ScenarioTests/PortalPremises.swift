import Casework
import Foundation
import Portal
import Rights
import Store
import TestSupport
import Testing
import Web

/// A trust with its portal, and browsers of requesters who are signed in.
struct PortalPremises {
    let premises: Premises
    let portal: Portal
    /// Somebody else's account.
    let stranger: Account.ID

    /// - Parameter at: the instant at which the test begins.
    init(at instant: String = "2026-03-02T09:30:00.000Z") async throws {
        let premises = try Premises(at: instant)
        self.premises = premises
        portal = Portal(casework: premises.casework)
        let stranger: Account.ID = premises.world.surroundings.identifier()
        self.stranger = stranger
        let now = premises.world.now
        try await premises.casework.store.write { transaction in
            try transaction.addAccount(premises.account, email: "a.rahman@example.org", password: "-", at: now)
            try transaction.addAccount(stranger, email: "b.okafor@example.org", password: "-", at: now)
        }
    }

    var casework: Casework { premises.casework }

    /// The site, on which a session's token is the account's own name.
    private var site: Site {
        TestSite.make(.portal, world: premises.world, proxies: [""], navigation: { _ in Portal.navigation }) { token in
            Account.ID(token).map {
                .requester(RequesterSession(account: $0, email: "a.rahman@example.org", session: token))
            }
        }
    }

    /// A browser of somebody; of nobody, where no account is named.
    func browser(of account: Account.ID? = nil) async -> TestBrowser {
        let browser = TestBrowser(site, portal.routes)
        if let account { await browser.setCookie("rightsdesk-portal-session", account.text) }
        return browser
    }

    /// The requester of `Premises`.
    func aisha() async -> TestBrowser { await browser(of: premises.account) }
    func somebodyElse() async -> TestBrowser { await browser(of: stranger) }

    /// Begins a request of this kind and returns the address of its draft.
    func draft(_ type: String, in browser: TestBrowser) async throws -> String {
        _ = try await browser.get("/new-request")
        return try #require(try await browser.post("/new-request", ["type": type]).location)
    }
}

/// Small files with the content of what they say they are.
enum Sample {
    /// A picture of one point.
    static let png: [UInt8] =
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1]
        + [8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55]
        + [0, 0, 0, 10, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71]
        + [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]

    static let program: [UInt8] = Array("MZ this would run".utf8)
}
