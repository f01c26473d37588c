import Casework
import Desk
import Rights
import TestSupport
import Testing
import Web

/// The desk of a made-up trust with a browser in front of it, signed in as a member of staff.
struct DeskWorld {
    let premises: Premises
    let desk: Desk
    let browser: TestBrowser

    /// - Parameter staff: who is signed in; by default somebody who may do everything.
    init(as staff: Staff? = nil, at instant: String = "2026-03-02T09:30:00.000Z") async throws {
        await self.init(of: try Premises(at: instant), as: staff)
    }

    /// The desk of a trust whose portal is in use too.
    init(of premises: Premises, as staff: Staff? = nil) async {
        self.premises = premises
        desk = Desk(
            casework: premises.casework,
            accounts: StaffAccounts(
                casework: premises.casework, passwords: Passwords(random: premises.world.surroundings.random)))
        browser = await DeskWorld.browser(on: desk, of: premises, as: staff ?? premises.handler)
    }

    /// Another browser, signed in as somebody else.
    func browser(as staff: Staff) async -> TestBrowser { await DeskWorld.browser(on: desk, of: premises, as: staff) }

    private static func browser(on desk: Desk, of premises: Premises, as staff: Staff) async -> TestBrowser {
        let site = TestSite.make(
            .desk, at: "http://127.0.0.1:8081", world: premises.world,
            navigation: { visitor in
                if case .staff(let session) = visitor { Desk.navigation(for: session.staff) } else { [] }
            },
            recognise: { $0 == "open" ? .staff(StaffSession(staff: staff, session: "1")) : nil })
        let browser = TestBrowser(site, desk.routes)
        await browser.setCookie("rightsdesk-desk-session", "open")
        return browser
    }

    var casework: Casework { premises.casework }

    func matter(_ id: Case.ID) async throws -> Case {
        try await casework.open(id, by: premises.staff)
    }

    /// Somebody with a role that includes only these permissions.
    func colleague(_ permissions: Permission..., own: OwnIdentity? = nil) -> Staff {
        Premises.staff(
            "S. Patel, Medical Records", department: "medical-records", permissions: Set(permissions),
            own: own ?? OwnIdentity(name: "Sunil Patel", email: "s.patel@example.com"), world: premises.world)
    }
}
