import Casework
import HTTPTypes
import Portal
import Rights
import Store
import TestSupport
import Testing
import Web

@Suite("The portal's pages of accounts")
struct AccountsPortalPagesTests {
    private let trust: AccountsPremises
    private let email = "a.requester@example.org"

    init() throws {
        trust = try AccountsPremises()
    }

    @Test("From the register form to the home page, in the guide's words")
    func whole() async throws {
        let browser = await trust.portalBrowser()
        let form = try await browser.get("/Account/Register")
        for words in [
            "Email address", "Confirm Email address", "Enter your email", "Confirm your email", "Register Now!",
            "Already have an account? Login", "Submit online", "Track Progress", "Secure Communication",
            "Instant Reference", "Download Requested Files",
        ] {
            #expect(form.text.contains(words), "\(words)")
        }
        let asked = try await browser.post("/Account/Register", ["email": email, "confirm": email])
        #expect(asked.status == .ok)
        #expect(asked.text.contains("You have successfully requested an account."))
        let mail = try #require(try await trust.messages(to: email).first)
        #expect(mail.body.contains("Login: http://127.0.0.1:8080/Account/Verify/"))
        #expect(!mail.body.contains(email))

        let page = try await browser.get(try await trust.link(to: email))
        #expect(page.text.contains("at least 8 characters"))
        #expect(page.text.contains("Set password"))
        let done = try await browser.post(
            "/Account/SetPassword", ["password": AccountsPremises.good, "confirm": AccountsPremises.good])
        let complete = try await browser.get(try #require(done.location))
        #expect(complete.text.contains("Your registration is complete"))
        #expect(complete.text.contains("Login to your account"))

        let login = try await browser.get("/Account/Login")
        for words in ["Email", "Password", "Keep me logged in", "Forgotten your password?", "Sign in"] {
            #expect(login.text.contains(words), "\(words)")
        }
        let signedIn = try await browser.post(
            "/Account/Login", ["email": email, "password": AccountsPremises.good])
        #expect(signedIn.status == .seeOther)
        #expect(signedIn.location == "/home")
        #expect(try await browser.get("/profile").text.contains(email))
    }

    @Test("The answers to a known and an unknown address are the same to the byte, but for the address itself")
    func sameBytes() async throws {
        try await trust.register(email, in: await trust.portalBrowser())
        let other = "z.requester@example.org"
        for path in ["/Account/Register", "/Account/ForgottenPassword"] {
            var answers: [TestBrowser.Answer] = []
            for address in [email, other] {
                let browser = await trust.portalBrowser()
                _ = try await browser.get(path)
                answers.append(try await browser.post(path, ["email": address, "confirm": address]))
            }
            #expect(answers[0].status == answers[1].status)
            #expect(answers[0].text.replacing(email, with: other) == answers[1].text)
            #expect(answers[0].headers.map(\.name) == answers[1].headers.map(\.name))
            trust.world.advance(seconds: 3600)
        }
        var pages: [String] = []
        for address in [email, other] {
            let browser = await trust.portalBrowser()
            await browser.setCookie("rightsdesk-portal-visit", String(repeating: "v", count: 43))
            let answer = try await trust.signIn(address, password: "wrong", in: browser)
            #expect(answer.status == .unprocessableContent)
            let once = try #require(answer.between("name=\"once\" value=\"", "\""))
            pages.append(answer.text.replacing(address, with: "").replacing(once, with: ""))
        }
        #expect(pages[0] == pages[1])
    }

    @Test("What is wrong is said at the top and beside the field, and what was typed is kept")
    func registerProblems() async throws {
        let browser = await trust.portalBrowser()
        _ = try await browser.get("/Account/Register")
        let answer = try await browser.post("/Account/Register", ["email": email, "confirm": "b@example.org"])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.title?.hasPrefix("Error: ") == true)
        #expect(answer.text.contains("There is a problem"))
        #expect(answer.text.contains("Both email addresses must be the same"))
        #expect(answer.text.contains("value=\"\(email)\""))
        #expect(try await trust.messages(to: email).isEmpty)
    }

    @Test("A password is never sent back, and a refused one does not use the link up")
    func passwordProblems() async throws {
        let browser = await trust.portalBrowser()
        _ = try await browser.get("/Account/Register")
        _ = try await browser.post("/Account/Register", ["email": email, "confirm": email])
        let link = try await trust.link(to: email)
        _ = try await browser.get(link)
        let refused = try await browser.post(
            "/Account/SetPassword", ["password": "Liverpool1!", "confirm": "Liverpool2!"])
        #expect(refused.status == .unprocessableContent)
        #expect(refused.text.contains("easy to guess"))
        #expect(refused.text.contains("Both passwords must be the same"))
        #expect(!refused.text.contains("Liverpool"))
        let done = try await browser.post(
            "/Account/SetPassword", ["password": AccountsPremises.good, "confirm": AccountsPremises.good])
        #expect(done.location == "/Account/Complete")
    }

    @Test("A used link says so; an expired one offers another, which goes to the mailbox")
    func links() async throws {
        let browser = await trust.portalBrowser()
        _ = try await browser.get("/Account/Register")
        _ = try await browser.post("/Account/Register", ["email": email, "confirm": email])
        let link = try await trust.link(to: email)
        trust.world.advance(seconds: 24 * 3600)
        let expired = try await browser.get(link)
        #expect(expired.status == .gone)
        #expect(expired.text.contains("This link has expired."))
        #expect(try await browser.post("/Account/NewLink").status == .ok)
        let fresh = try await trust.link(to: email)
        #expect(fresh != link)
        _ = try await browser.get(fresh)
        _ = try await browser.post(
            "/Account/SetPassword", ["password": AccountsPremises.good, "confirm": AccountsPremises.good])
        #expect(try await browser.get(fresh).text.contains("This link has been used already."))
        #expect(try await browser.get("/Account/Verify/nonsense").status == .gone)
    }

    @Test("Signing in leads to the page that was wanted, and never to another site")
    func destination() async throws {
        let browser = await trust.portalBrowser()
        try await trust.register(email, in: browser)
        let turned = try await browser.get("/profile/sessions")
        #expect(turned.status == .seeOther)
        let login = try await browser.get(try #require(turned.location))
        #expect(login.text.contains("value=\"/profile/sessions\""))
        let there = try await browser.post("/Account/Login", ["email": email, "password": AccountsPremises.good])
        #expect(there.location == "/profile/sessions")

        for evil in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
            let other = await trust.portalBrowser()
            _ = try await other.get("/Account/Login")
            let answer = try await other.post(
                "/Account/Login", ["email": email, "password": AccountsPremises.good, "then": evil])
            #expect(answer.location == "/home", "\(evil)")
        }
    }

    @Test("The session's cookie is new at each sign-in and gone after signing out")
    func cookies() async throws {
        let browser = await trust.portalBrowser()
        try await trust.register(email, in: browser)
        await browser.setCookie("rightsdesk-portal-session", String(repeating: "p", count: 43))
        let answer = try await trust.signIn(email, in: browser)
        let header = try #require(
            answer.headers[values: .setCookie].first { $0.hasPrefix("rightsdesk-portal-session=") })
        #expect(header.contains("HttpOnly") && header.contains("SameSite=Lax") && !header.contains("Max-Age"))
        let session = try #require(await browser.cookies["rightsdesk-portal-session"])
        #expect(session != String(repeating: "p", count: 43))
        _ = try await browser.get("/profile")
        #expect(try await browser.post("/Account/Logout").location == "/")
        #expect(await browser.cookies["rightsdesk-portal-session"] == nil)
        await browser.setCookie("rightsdesk-portal-session", session)
        #expect(try await browser.get("/profile").status == .seeOther)
    }

    @Test("Keep me logged in makes the cookie outlive the browser, for a month")
    func keep() async throws {
        let browser = await trust.portalBrowser()
        try await trust.register(email, in: browser)
        _ = try await browser.get("/Account/Login")
        let answer = try await browser.post(
            "/Account/Login", ["email": email, "password": AccountsPremises.good, "keep": "yes"])
        let header = try #require(
            answer.headers[values: .setCookie].first { $0.hasPrefix("rightsdesk-portal-session=") })
        #expect(header.contains("Max-Age=2592000"))
        trust.world.advance(days: 13)
        #expect(try await browser.get("/profile").text.contains("Your Profile"))
    }

    @Test("Turning on two-factor and signing in with it")
    func twoFactor() async throws {
        let browser = await trust.portalBrowser()
        try await trust.register(email, in: browser)
        _ = try await trust.signIn(email, in: browser)
        let page = try await browser.get("/profile/two-factor")
        #expect(page.text.contains("Enable Two Factor Authentication"))
        #expect(page.text.contains("Get code"))
        let bad = try await browser.post("/profile/two-factor", ["phone": "12345", "password": AccountsPremises.good])
        #expect(bad.status == .unprocessableContent)
        #expect(bad.text.contains("value=\"12345\""))
        #expect(
            try await browser.post("/profile/two-factor", ["phone": "07700 900123", "password": AccountsPremises.good])
                .status == .seeOther)
        let message = try #require(try await trust.messages(to: "+447700900123").first)
        let code = try await trust.code(to: "+447700900123")
        #expect(message.body.hasSuffix("@127.0.0.1 #\(code)\n") || message.body.hasSuffix("@127.0.0.1 #\(code)"))
        _ = try await browser.get("/profile/two-factor/code")
        #expect(
            try await browser.post("/profile/two-factor/code", ["code": code]).location == "/profile?done=two-factor")
        #expect(try await browser.get("/profile").text.contains("ending in 123"))

        trust.world.advance(seconds: 60)
        let other = await trust.portalBrowser()
        let answer = try await trust.signIn(email, in: other)
        #expect(answer.location == "/Account/Code")
        let ask = try await other.get("/Account/Code")
        #expect(ask.text.contains("autocomplete=\"one-time-code\""))
        #expect(!ask.text.contains("123"), "the number is not shown at sign-in")
        #expect(try await other.get("/profile").status == .seeOther, "the password alone opens nothing")
        _ = try await other.get("/Account/Code")
        let wrong = try await other.post("/Account/Code", ["code": "999999"])
        #expect(wrong.status == .unprocessableContent)
        let fresh = try await trust.code(to: "+447700900123")
        let spaced = "\(fresh.prefix(3)) \(fresh.suffix(3))"
        #expect(try await other.post("/Account/Code", ["code": spaced]).location == "/home")
        #expect(try await other.get("/profile").status == .ok)
    }

    @Test("When a text message cannot be handed over, the page for the code says so")
    func textsAreLate() async throws {
        let browser = await trust.portalBrowser()
        try await trust.register(email, in: browser)
        _ = try await trust.signIn(email, in: browser)
        _ = try await browser.get("/profile/two-factor")
        _ = try await browser.post("/profile/two-factor", ["phone": "07700 900123", "password": AccountsPremises.good])
        _ = try await browser.get("/profile/two-factor/code")
        _ = try await browser.post("/profile/two-factor/code", ["code": try await trust.code(to: "+447700900123")])
        trust.world.advance(seconds: 60)
        let other = await trust.portalBrowser()
        _ = try await trust.signIn(email, in: other)
        #expect(!(try await other.get("/Account/Code").text.contains("Text messages are late")))
        let message = try #require(try await trust.messages(to: "+447700900123").first)
        let now = trust.world.now
        try await trust.premises.casework.store.write {
            _ = try $0.markDead(message.id, error: "no answer", at: now)
        }
        #expect(try await other.get("/Account/Code").text.contains("Text messages are late"))
    }

    @Test("Changing the password asks for the current one, tells by mail, and signs other devices out")
    func changePassword() async throws {
        let browser = await trust.portalBrowser()
        try await trust.register(email, in: browser)
        _ = try await trust.signIn(email, in: browser)
        let other = await trust.portalBrowser()
        _ = try await trust.signIn(email, in: other)
        #expect(try await browser.get("/profile/password").text.contains("Change password"))
        let form = try await browser.get("/profile/password/change")
        for words in ["Current Password", "New Password", "Confirm Password", "Set Password"] {
            #expect(form.text.contains(words), "\(words)")
        }
        let wrong = try await browser.post(
            "/profile/password/change",
            ["current": "wrong", "password": AccountsPremises.better, "confirm": AccountsPremises.better])
        #expect(wrong.text.contains("Your current password is not right"))
        let done = try await browser.post(
            "/profile/password/change",
            ["current": AccountsPremises.good, "password": AccountsPremises.better, "confirm": AccountsPremises.better])
        #expect(done.location == "/profile?done=password")
        #expect(try await trust.messages(to: email).first?.subject == "Your password was changed")
        #expect(try await other.get("/profile").status == .seeOther)
        #expect(try await browser.get("/profile").status == .ok)
    }

    @Test("Devices are listed, and another's session cannot be ended")
    func devices() async throws {
        let browser = await trust.portalBrowser()
        let stranger = await trust.portalBrowser()
        try await trust.register(email, in: browser)
        try await trust.register("b.requester@example.org", in: stranger)
        _ = try await trust.signIn(email, in: browser)
        _ = try await trust.signIn("b.requester@example.org", in: stranger)
        let foreign = try await trust.premises.casework.store.read {
            try $0.all("SELECT id FROM session ORDER BY id DESC LIMIT 1") { try $0.text(0) }
        }
        #expect(try await browser.get("/profile/sessions").text.contains("This device"))
        #expect(try await browser.post("/profile/sessions/\(foreign[0])/end").status == .notFound)
        #expect(try await stranger.get("/profile").status == .ok)
    }

    @Test("Closing asks for the password, ends everything and is confirmed by mail")
    func close() async throws {
        let browser = await trust.portalBrowser()
        try await trust.register(email, in: browser)
        _ = try await trust.signIn(email, in: browser)
        _ = try await browser.get("/profile/close")
        #expect(try await browser.post("/profile/close", ["password": "wrong"]).status == .unprocessableContent)
        #expect(
            try await browser.post("/profile/close", ["password": AccountsPremises.good]).location == "/Account/Closed")
        #expect(try await browser.get("/profile").status == .seeOther)
        #expect(try await trust.signIn(email, in: browser).status == .unprocessableContent)
        #expect(try await trust.messages(to: email).first?.subject == "Your account was closed")
    }

    @Test("A form from another site, or without its token, changes nothing")
    func foreignForm() async throws {
        let browser = await trust.portalBrowser()
        try await trust.register(email, in: browser)
        let body = Array("email=a.requester%40example.org&password=pelican".utf8)
        let answer = try await browser.send(
            .post, "/Account/Login",
            headers: [.contentType: "application/x-www-form-urlencoded", .origin: "https://evil.example"], body: body)
        #expect(answer.status == .forbidden)
    }

    @Test("Hostile values are shown as text")
    func hostile() async throws {
        let browser = await trust.portalBrowser()
        let evil = "\"><script>alert(1)</script>"
        _ = try await browser.get("/Account/Register")
        let answer = try await browser.post("/Account/Register", ["email": evil, "confirm": evil])
        #expect(!answer.text.contains("<script>alert"))
        _ = try await browser.get("/Account/Login")
        let login = try await browser.post("/Account/Login", ["email": evil, "password": evil, "then": evil])
        #expect(!login.text.contains("<script>alert"))
    }

    @Test("Every page of a profile is closed to who is not signed in")
    func closedPages() async throws {
        for route in trust.portal.routes where route.pattern.hasPrefix("/profile") {
            #expect(route.access == .requester, "\(route.pattern)")
        }
    }
}
