import Casework
import Desk
import HTTPTypes
import Rights
import Store
import TestSupport
import Testing
import Web

@Suite("The desk's pages of accounts")
struct AccountsDeskPagesTests {
    private let trust: AccountsPremises
    private let email = "new.handler@example.org"

    init() throws {
        trust = try AccountsPremises()
    }

    private func invite(in browser: TestBrowser, roles: String = "medico-legal") async throws -> TestBrowser.Answer {
        _ = try await browser.get("/settings/staff/new")
        return try await browser.post(
            "/settings/staff/new",
            ["email": email, "name": "Noor Example", "department": "medico-legal", "roles": roles])
    }

    @Test("The first administrator sets themselves up, signs in, and invites somebody who does the same")
    func whole() async throws {
        let browser = await trust.deskBrowser()
        try await trust.administrator(in: browser)
        #expect(try await browser.get("/settings/staff").text.contains("Ada Example"))
        #expect(try await invite(in: browser).location == "/settings/staff?done=invited")
        #expect(try await browser.get("/settings/staff").text.contains("Not set up yet"))
        let mail = try #require(try await trust.messages(to: email).first)
        #expect(mail.body.contains("http://127.0.0.1:8081/sign-in/set-up/"))
        let other = await trust.deskBrowser()
        try await trust.setUp(try await trust.link(to: email), email: email, in: other)
        #expect(try await other.get("/profile").text.contains("Noor Example"))
        #expect(try await other.get("/settings/staff").status == .forbidden)
    }

    @Test("Setting up shows the key for the app, and a wrong code keeps one there")
    func setUp() async throws {
        let browser = await trust.deskBrowser()
        try await trust.administrator(in: browser)
        _ = try await invite(in: browser)
        let link = try await trust.link(to: email)
        let other = await trust.deskBrowser()
        let choose = try await other.get(link)
        #expect(choose.text.contains("at least 12 characters"))
        let nothing = try await other.post(
            link, ["password": AccountsPremises.good, "confirm": AccountsPremises.good])
        #expect(nothing.text.contains("Select how you want to get your codes"))
        let short = try await other.post(link, ["password": "short", "confirm": "other", "factor": "text"])
        for words in ["at least 12 characters long", "Both passwords must be the same", "Enter a mobile number"] {
            #expect(short.text.contains(words), "\(words)")
        }
        #expect(
            try await other.post(
                link, ["password": AccountsPremises.good, "confirm": AccountsPremises.good, "factor": "app"]
            ).status == .seeOther)
        let app = try await other.get(link)
        #expect(app.text.contains("otpauth://totp/"))
        let wrong = try await other.post("\(link)/code", ["code": "12"])
        #expect(wrong.status == .unprocessableContent)
        #expect(wrong.text.contains("otpauth://totp/"))
        let again = try await other.post("\(link)/back")
        #expect(again.status == .seeOther)
        #expect(try await other.get(link).text.contains("How do you want to get your security codes?"))
    }

    @Test("A used set-up link shows what to do, and nothing can be set through it")
    func usedLink() async throws {
        let browser = await trust.deskBrowser()
        try await trust.administrator(in: browser)
        _ = try await invite(in: browser)
        let link = try await trust.link(to: email)
        let other = await trust.deskBrowser()
        try await trust.setUp(link, email: email, in: other)
        #expect(try await other.get(link).status == .gone)
        _ = try await other.get("/profile")
        let answer = try await other.post(
            link, ["password": AccountsPremises.better, "confirm": AccountsPremises.better, "factor": "app"])
        #expect(answer.status == .gone)
    }

    @Test("A password alone opens nothing on the desk")
    func passwordAlone() async throws {
        try await trust.administrator(in: await trust.deskBrowser())
        let browser = await trust.deskBrowser()
        _ = try await browser.get("/sign-in")
        let answer = try await browser.post(
            "/sign-in", ["email": "first.admin@example.org", "password": AccountsPremises.good])
        #expect(answer.location == "/sign-in/code")
        #expect(try await browser.get("/profile").status == .seeOther)
        #expect(try await browser.get("/settings/staff").status == .seeOther)
    }

    @Test("All faults of an invitation are shown at once, and what was typed is kept")
    func faults() async throws {
        let browser = await trust.deskBrowser()
        try await trust.administrator(in: browser)
        _ = try await browser.get("/settings/staff/new")
        let answer = try await browser.post(
            "/settings/staff/new",
            [
                "email": "nonsense", "name": "Noor Example", "department": "", "ends[day]": "31", "ends[month]": "2",
                "ends[year]": "2026", "nhsNumber": "999 004 1874",
            ])
        #expect(answer.status == .unprocessableContent)
        for words in [
            "Last day must be a real date", "correct format", "Select a department", "Select one or more roles",
            "Enter an NHS number with 10 digits", "value=\"Noor Example\"", "value=\"31\"",
        ] {
            #expect(answer.text.contains(words), "\(words)")
        }
    }

    @Test("Details are changed, access is ended and given back, each in the record")
    func edit() async throws {
        let browser = await trust.deskBrowser()
        try await trust.administrator(in: browser)
        _ = try await invite(in: browser)
        let other = await trust.deskBrowser()
        try await trust.setUp(try await trust.link(to: email), email: email, in: other)
        let list = try await browser.get("/settings/staff")
        let path = try #require(list.link("Noor Example"))
        #expect(try await browser.get(path).text.contains("value=\"medico-legal\" checked"))
        let details = try await browser.post(
            path,
            [
                "name": "Noor B. Example", "department": "medico-legal", "roles": "auditor", "ends[day]": "31",
                "ends[month]": "12", "ends[year]": "2026",
            ])
        #expect(details.location == "\(path)?done=saved")
        let page = try await browser.get(path)
        #expect(page.text.contains("Noor B. Example"))
        #expect(page.text.contains("roles medico-legal to auditor"))
        #expect(try await browser.post("\(path)/reset", ["reason": " "]).status == .unprocessableContent)
        #expect(try await browser.post("\(path)/reset", ["reason": "Badge seen"]).location == "\(path)?done=reset")
        #expect(try await other.get("/profile").status == .seeOther)
        #expect(try await browser.get(path).text.contains("Badge seen"))
        #expect(try await browser.post("\(path)/deactivate").location == "\(path)?done=deactivated")
        _ = try await browser.get(path)
        #expect(try await browser.post("\(path)/reactivate").location == "\(path)?done=reactivated")
        trust.world.advance(seconds: 60)
        try await trust.setUp(try await trust.link(to: email), email: email, in: other)
        #expect(try await other.get("/profile").status == .ok)
    }

    @Test("The last administrator cannot shut everybody out")
    func lastAdministrator() async throws {
        let browser = await trust.deskBrowser()
        try await trust.administrator(in: browser)
        let list = try await browser.get("/settings/staff")
        let path = try #require(list.link("Ada Example"))
        _ = try await browser.get(path)
        let answer = try await browser.post("\(path)/deactivate")
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("There must be one administrator"))
        #expect(try await browser.get("/profile").status == .ok)
    }

    @Test("An administrator removes a requester's second step and says how they checked")
    func recovery() async throws {
        let portal = await trust.portalBrowser()
        try await trust.register("a.requester@example.org", in: portal)
        _ = try await trust.signIn("a.requester@example.org", in: portal)
        _ = try await portal.get("/profile/two-factor")
        _ = try await portal.post("/profile/two-factor", ["phone": "07700 900123", "password": AccountsPremises.good])
        _ = try await portal.get("/profile/two-factor/code")
        _ = try await portal.post("/profile/two-factor/code", ["code": try await trust.code(to: "+447700900123")])
        let browser = await trust.deskBrowser()
        try await trust.administrator(in: browser)
        _ = try await browser.get("/settings/recovery")
        let missing = try await browser.post("/settings/recovery", ["email": "a.requester@example.org", "reason": ""])
        #expect(missing.text.contains("Enter how you checked who is asking"))
        let done = try await browser.post(
            "/settings/recovery",
            ["email": "a.requester@example.org", "reason": "Passport seen at the desk", "do": "remove"])
        #expect(done.location == "/settings/recovery?done=removed")
        let fresh = await trust.portalBrowser()
        #expect(try await trust.signIn("a.requester@example.org", in: fresh).location == "/home")
    }

    @Test("An administrator signs a requester out on every device")
    func signedOutEverywhere() async throws {
        let portal = await trust.portalBrowser()
        try await trust.register("a.requester@example.org", in: portal)
        _ = try await trust.signIn("a.requester@example.org", in: portal)
        #expect(try await portal.get("/profile").status == .ok)
        let browser = await trust.deskBrowser()
        try await trust.administrator(in: browser)
        _ = try await browser.get("/settings/recovery")
        let missing = try await browser.post(
            "/settings/recovery", ["email": "a.requester@example.org", "do": "sign-out"])
        #expect(missing.text.contains("Enter how you checked who is asking"))
        #expect(try await portal.get("/profile").status == .ok)
        let done = try await browser.post(
            "/settings/recovery",
            ["email": "a.requester@example.org", "do": "sign-out", "reason": "Passport seen at the desk"])
        #expect(done.location == "/settings/recovery?done=ended")
        #expect(try await browser.get("/settings/recovery?done=ended").text.contains("signed out on every device"))
        #expect(try await portal.get("/profile").status == .seeOther)
    }

    @Test("A requester's cookie opens nothing on the desk, nor the other way round")
    func otherSite() async throws {
        let portal = await trust.portalBrowser()
        try await trust.register("a.requester@example.org", in: portal)
        _ = try await trust.signIn("a.requester@example.org", in: portal)
        let token = try #require(await portal.cookies["rightsdesk-portal-session"])
        let desk = await trust.deskBrowser()
        await desk.setCookie("rightsdesk-desk-session", token)
        #expect(try await desk.get("/profile").status == .seeOther)
    }

    @Test("Every page of staff accounts names who may open it")
    func access() async throws {
        for route in trust.desk.routes {
            if route.pattern.hasPrefix("/settings") {
                #expect(route.access == .staff([.administer]), "\(route.pattern)")
            } else if route.pattern.hasPrefix("/profile") {
                #expect(route.access == .staff([]), "\(route.pattern)")
            } else {
                #expect(route.pattern.hasPrefix("/sign-"), "\(route.pattern)")
            }
        }
    }
}
