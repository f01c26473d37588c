import Casework
import HTTPTypes
import Rights
import Store
import TestSupport
import Testing

@testable import Web

/// What a site does before and after its pages: who gets in, what every answer carries, what is refused.
@Suite struct VisitTests {
    static let account = Account.ID(at: Moment(milliseconds: 1), random: Array(0..<10))
    static let staff = Staff.ID(at: Moment(milliseconds: 1), random: Array(1..<11))

    static func member(_ permissions: Set<Permission>) -> Visitor {
        .staff(
            StaffSession(
                staff: Staff(
                    id: staff, label: "M. Hughes", department: "medico-legal", permissions: permissions,
                    own: OwnIdentity(name: "M. Hughes", email: "m@example.org")), session: "s"))
    }

    static func recognise(_ token: String) -> Visitor? {
        switch token {
        case "requester": .requester(RequesterSession(account: account, email: "a@example.org", session: "s"))
        case "clerk": member([.viewCases])
        case "chief": member([.viewCases, .release])
        default: nil
        }
    }

    static let routes: [Route] = [
        .get("/", .anyone) { visit in
            visit.show(Page("Home", "<h1>Home</h1>\(visit.form(to: "/names", .button("Save")))"))
        },
        .post("/names", .anyone) { visit, form in
            var form = form
            let name = form.required("name", "Enter your name")
            guard form.isSound else {
                return visit.show(
                    Page(
                        "Name", form: form,
                        "<h1>Name</h1>\(visit.form(to: "/names", again: form, .input(form["name"], label: "Name")))"))
            }
            return visit.redirect(to: "/done?name=\(name)")
        },
        .get("/mine", .requester) { visit in visit.show(Page("Mine", "<h1>\(visit.account.text)</h1>")) },
        .post("/mine", .requester) { visit, form in visit.redirect(to: "/mine") },
        .upload("/files", .requester, most: 1_000) { visit, upload in
            var sizes: [Int] = []
            while let file = try await upload.next(most: 500) {
                do {
                    for try await _ in file {}
                    sizes.append(file.size)
                } catch UploadProblem.tooLarge { sizes.append(-1) }
            }
            return visit.show(Page("Files", "<h1>\(each: sizes, { "[\($0)]" })\(upload.form.text("note"))</h1>"))
        },
        .get("/things/:thing/:part", .anyone) { visit in
            visit.show(Page("Thing", "<h1>\(visit.parameter("thing"))|\(visit.parameter("part"))</h1>"))
        },
        .get("/things/new/:part", .anyone) { visit in visit.show(Page("New", "<h1>new</h1>")) },
        .get("/cases/:case", .staff(.viewCases)) { visit in
            let id: Staff.ID = try visit.identifier("case")
            return visit.show(Page("Case", "<h1>\(id.text)</h1>"))
        },
        .post("/cases/:case/release", .staff(.release)) { visit, _ in visit.redirect(to: "/cases") },
        .get("/refused", .anyone) { _ in throw Problem.refused([Reason("a", "First <reason>"), Reason("b", "Second")])
        },
        .get("/conflict", .anyone) { _ in throw Problem.conflict("Somebody paused it.") },
        .get("/full", .anyone) { _ in throw StoreError.diskFull },
        .post("/full", .anyone) { _, _ in throw StoreError.diskFull },
        .get("/away", .anyone) { _ in throw StoreError.unreachable("no route to 10.0.0.4") },
        .post("/away", .anyone) { _, _ in throw StoreError.unreachable("no route to 10.0.0.4") },
        .post("/doubt", .anyone) { _, _ in throw StoreError.outcomeUnknown },
        .get("/damaged", .anyone) { _ in throw DamagedFile(file: Self.damaged, fault: .altered) },
        .get("/broken", .anyone) { _ in throw Broken.patient("Amina Rahman") },
    ]

    enum Broken: Error { case patient(String) }
    static let damaged = StoredFile.ID(at: Moment(milliseconds: 0), random: [UInt8](repeating: 7, count: 10))

    static func browser(
        _ audience: Audience = .portal, as token: String? = nil, at address: String = "http://127.0.0.1:8080"
    ) async -> TestBrowser {
        let site = TestSite.make(
            audience, at: address, navigation: { _ in [Link("Home", "/")] }, recognise: { recognise($0) })
        let browser = TestBrowser(site, routes)
        if let token { await browser.setCookie("\(CookieName.prefix(of: site))session", token) }
        return browser
    }

    @Test(
        "Every answer carries the security headers",
        arguments: [
            "/", "/nowhere", "/broken", "/refused", "/mine", "/things/%ff/x", "/assets/x/app.css",
            "/assets/x/../app.css",
        ])
    func headers(path: String) async throws {
        let answer = try await Self.browser().get(path)
        #expect(
            answer.headers[try #require(HTTPField.Name("Content-Security-Policy"))]
                == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
        #expect(answer.headers[try #require(HTTPField.Name("X-Content-Type-Options"))] == "nosniff")
        #expect(answer.headers[try #require(HTTPField.Name("Referrer-Policy"))] == "same-origin")
        #expect(answer.headers[try #require(HTTPField.Name("Cross-Origin-Opener-Policy"))] == "same-origin")
        #expect(answer.headers[.cacheControl] == (path.hasSuffix("x/app.css") ? "no-cache" : "no-store"))
    }

    @Test("No page has a style, a script or a handler inside it, nor an address elsewhere")
    func strict() async throws {
        let page = try await Self.browser(as: "requester").get("/").text
        for forbidden in [" style=", "<style", " onclick", "http://", "https://", "javascript:"] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
        #expect(!page.contains("<script>"))
    }

    @Test("HEAD answers like GET without the body; a wrong method is told the right ones")
    func methods() async throws {
        let browser = await Self.browser()
        let get = try await browser.get("/")
        let head = try await browser.send(.head, "/")
        #expect(head.status == .ok && head.bytes.isEmpty && head.headers[.contentLength] == "\(get.bytes.count)")
        let wrong = try await browser.send(.delete, "/names")
        #expect(wrong.status == .methodNotAllowed && wrong.headers[.allow] == "POST")
        #expect(try await browser.send(.put, "/").headers[.allow] == "GET, HEAD")
        #expect(try await browser.send(.post, "/nowhere").status == .notFound)
    }

    @Test("Path parameters are decoded and checked; words come before parameters")
    func paths() async throws {
        let browser = await Self.browser()
        #expect(try await browser.get("/things/a%2Fb/%D9%85").text.contains("<h1>a/b|م</h1>"))
        #expect(try await browser.get("/things/new/x").text.contains("<h1>new</h1>"))
        #expect(try await browser.get("/things/newer/x/").text.contains("<h1>newer|x</h1>"))
        for path in ["/things/%00/x", "/things/%ff/x", "/things/%/x", "/things//x", "/things/a/b/c", "//"] {
            #expect(try await browser.get(path).status == .notFound, "\(path)")
        }
        let desk = await Self.browser(.desk, as: "clerk")
        #expect(try await desk.get("/cases/\(Self.staff)").status == .ok)
        #expect(try await desk.get("/cases/1").status == .notFound)
        #expect(try await desk.get("/cases/\(Self.staff.text.uppercased())").status == .notFound)
    }

    @Test("Who is not signed in is sent to sign in and back; who lacks the permission is refused")
    func callers() async throws {
        let anonymous = await Self.browser()
        let answer = try await anonymous.get("/mine?a=1&b=2")
        #expect(answer.status == .seeOther && answer.location == "/Account/Login?then=%2Fmine%3Fa%3D1%26b%3D2")
        #expect(try await Self.browser(as: "stolen").get("/mine").status == .seeOther)
        #expect(try await Self.browser(as: "requester").get("/mine").text.contains(Self.account.text))
        let clerk = await Self.browser(.desk, as: "clerk")
        #expect(try await clerk.get("/mine").status == .seeOther, "staff are no requesters")
        _ = try await clerk.get("/")
        #expect(try await clerk.post("/cases/x/release").status == .forbidden)
        let chief = await Self.browser(.desk, as: "chief")
        _ = try await chief.get("/")
        #expect(try await chief.post("/cases/x/release").location == "/cases")
    }

    @Test("Problems become pages that say what a person can be told; the rest is told to nobody")
    func problems() async throws {
        let browser = await Self.browser()
        let refused = try await browser.get("/refused")
        #expect(refused.status == .unprocessableContent)
        #expect(refused.text.contains("First &lt;reason&gt;") && refused.text.contains("Second"))
        #expect(try await browser.get("/conflict").status == .conflict)
        let broken = try await browser.get("/broken")
        #expect(broken.status == .internalServerError && !broken.text.contains("Rahman"))
        let id = try #require(HTTPField.Name("X-Request-ID"))
        #expect(broken.text.contains(try #require(broken.headers[id])))
        #expect(
            try await browser.get("/nowhere").title
                == "Page not found – Access to records – Meadowbank Hospitals NHS Foundation Trust")
    }

    @Test("Where the disk is full, everybody is told so, and nothing typed is lost")
    func noRoom() async throws {
        let browser = await Self.browser()
        let page = try await browser.get("/full")
        #expect(page.status == .serviceUnavailable && page.text.contains("There is no room left on our side"))
        _ = try await browser.get("/")
        let held = try await browser.post("/full", ["note": "Written at length"])
        #expect(held.status == .serviceUnavailable && held.text.contains("There is no room left on our side"))
        #expect(held.text.contains("name=\"note\" value=\"Written at length\"") && held.text.contains("Send again"))
    }

    @Test("Where the database is away, everybody is told so and not why, and nothing typed is lost")
    func away() async throws {
        let browser = await Self.browser()
        let page = try await browser.get("/away")
        #expect(page.status == .serviceUnavailable && page.text.contains("Our database is not answering"))
        #expect(!page.text.contains("10.0.0.4"))
        _ = try await browser.get("/")
        let held = try await browser.post("/away", ["note": "Written at length"])
        #expect(held.status == .serviceUnavailable && held.text.contains("Our database is not answering"))
        #expect(held.text.contains("name=\"note\" value=\"Written at length\"") && held.text.contains("Send again"))
    }

    @Test("Where nobody knows whether a form was kept, it can be sent again as the same form")
    func doubt() async throws {
        let browser = await Self.browser()
        let sending = try #require(try await browser.get("/").between("name=\"once\" value=\"", "\""))
        let held = try await browser.post("/doubt", ["note": "Written at length"])
        #expect(held.status == .serviceUnavailable && held.text.contains("We do not know whether this was saved"))
        #expect(sending == held.between("name=\"once\" value=\"", "\""))
    }

    @Test("A damaged file is called damaged, and its page names nothing but a code")
    func damaged() async throws {
        let page = try await Self.browser().get("/damaged")
        #expect(page.status == .internalServerError && page.text.contains("This file is damaged"))
        #expect(!page.text.contains(Self.damaged.text))
    }

    @Test("A form that is shown again keeps its values and its sending, and says so in title and status")
    func again() async throws {
        let browser = await Self.browser()
        let first = try await browser.get("/")
        let wrong = try await browser.post("/names", ["name": "  "])
        #expect(wrong.status == .unprocessableContent && wrong.title?.hasPrefix("Error: Name – ") == true)
        #expect(wrong.text.contains("<a href=\"#name\">Enter your name</a>"))
        let once = "name=\"once\" value=\""
        let sending = try #require(first.between(once, "\""))
        #expect(sending == wrong.between(once, "\""))
        #expect(try await browser.post("/names", ["name": "Amina"]).location == "/done?name=Amina")
    }

    @Test("A host that is not ours is refused")
    func hosts() async throws {
        let local = await Self.browser()
        #expect(try await local.send(.get, "/", host: "localhost:8080").status == .ok)
        #expect(try await local.send(.get, "/", host: "evil.example").status == .misdirectedRequest)
        let second: HTTPFields = [try #require(HTTPField.Name("Host")): "evil.example"]
        #expect(try await local.send(.get, "/", headers: second).status == .misdirectedRequest)
        let real = await Self.browser(at: "https://records.example.org")
        #expect(try await real.send(.get, "/", host: "records.example.org").status == .ok)
        #expect(try await real.send(.get, "/", host: "localhost").status == .misdirectedRequest)
    }

    @Test("Cookies are closed to scripts and other sites, and bound to the host where there is TLS")
    func cookies() async throws {
        let local = try await Self.browser().get("/").headers[.setCookie]
        #expect(try #require(local).hasPrefix("rightsdesk-portal-visit=") == true)
        #expect(local?.hasSuffix("; Path=/; HttpOnly; SameSite=Lax") == true)
        let real = try await Self.browser(.desk, at: "https://desk.example.org").get("/").headers[.setCookie]
        #expect(try #require(real).hasPrefix("__Host-rightsdesk-desk-visit=") == true)
        #expect(real?.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure") == true)
    }

    @Test("The address of whoever asks is believed of a trusted proxy alone")
    func proxies() {
        let trusted: Set<String> = ["10.0.0.1", "10.0.0.2"]
        func address(_ peer: String, _ header: String...) -> String {
            Visit.address(from: peer, forwarded: header, proxies: trusted)
        }
        #expect(address("203.0.113.9", "198.51.100.1") == "203.0.113.9", "anybody can write the header")
        #expect(address("10.0.0.1", "6.6.6.6, 198.51.100.1") == "198.51.100.1")
        #expect(address("10.0.0.1", "198.51.100.1", "10.0.0.2") == "198.51.100.1")
        #expect(address("10.0.0.1") == "10.0.0.1")
    }

    @Test("The address of a site is scheme, host and port, and nothing else")
    func origins() {
        let origin = Origin("https://records.example.org")
        #expect(origin?.description == "https://records.example.org" && origin?.isLoopback == false)
        #expect(Origin("http://localhost:8080/")?.description == "http://localhost:8080")
        for bad in ["records.example.org", "https://", "https://a/b", "https://u@h", "ftp://x", "https://x:0"] {
            #expect(Origin(bad) == nil, "\(bad)")
        }
    }

    @Test("Somebody who is signed in and asks for what they may not have is in the log by an identifier")
    func refusalsAreNamed() async throws {
        let lines = LogLines()
        let site = TestSite.make(.desk, logger: lines.logger, recognise: { Self.recognise($0) })
        let browser = TestBrowser(site, Self.routes)
        _ = try await browser.get("/cases/nothing")
        await browser.setCookie("rightsdesk-desk-session", "clerk")
        _ = try await browser.get("/cases/\(Self.staff)")
        #expect(!lines.text.contains("who: "), "a stranger is nobody, and what somebody may have is no matter")
        _ = try await browser.get("/cases/nothing")
        #expect(lines.text.contains("who: staff:\(Self.staff)"), "\(lines.text)")
        #expect(!lines.text.contains("Hughes"))
    }

    @Test("The log has the route and never the path, the query or what an error holds")
    func log() async throws {
        let lines = LogLines()
        let browser = TestBrowser(TestSite.make(.portal, logger: lines.logger), Self.routes)
        _ = try await browser.get("/things/Amina/Rahman?born=1979")
        _ = try await browser.get("/broken?who=Amina")
        _ = try await browser.get("/Amina-Rahman")
        let text = lines.text
        for secret in ["Amina", "Rahman", "1979"] { #expect(!text.contains(secret), "\(text)") }
        for known in ["/things/:thing/:part", "status: 500", "status: 404", "Broken.patient"] {
            #expect(text.contains(known), "\(text)")
        }
    }
}
