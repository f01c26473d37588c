import HTTPTypes
import Rights
import TestSupport
import Testing

@testable import Web

/// Forms that did not come from a page of ours, and what becomes of them.
@Suite struct ForgeryTests {
    static let encoded: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

    @Test("A form sent from elsewhere is refused, even with the right token")
    func foreign() async throws {
        let browser = await VisitTests.browser(as: "requester")
        let token = try #require(try await browser.get("/").between("name=\"csrf\" value=\"", "\""))
        let body = Array("csrf=\(token)&name=x".utf8)
        let fetchSite = try #require(HTTPField.Name("Sec-Fetch-Site"))
        var headers = Self.encoded
        for site in ["cross-site", "same-site", "none"] {
            headers[fetchSite] = site
            #expect(try await browser.send(.post, "/names", headers: headers, body: body).status == .forbidden)
        }
        headers[fetchSite] = nil
        #expect(
            try await browser.send(.post, "/names", headers: headers, body: body).status == .forbidden, "no word of it")
        for origin in ["https://evil.example", "null", "http://127.0.0.1:8081"] {
            headers[.origin] = origin
            #expect(try await browser.send(.post, "/names", headers: headers, body: body).status == .forbidden)
        }
        headers[.origin] = "http://127.0.0.1:8080"
        #expect(try await browser.send(.post, "/names", headers: headers, body: body).status == .seeOther)
    }

    @Test("A form without the session's token is held, with everything typed, and goes through when sent again")
    func stale() async throws {
        let browser = await VisitTests.browser(as: "requester")
        _ = try await browser.get("/nowhere")
        let held = try await browser.post("/names", ["csrf": "wrong", "name": "O\"Neil <b>", "box": "1", "box": "2"])
        #expect(held.status == .forbidden && held.title?.hasPrefix("Send your answers again") == true)
        #expect(held.text.contains("name=\"name\" value=\"O&quot;Neil &lt;b&gt;\""))
        let sent = try await browser.post("/names")
        #expect(sent.status == .seeOther, "the page held everything that was needed")
    }

    @Test("The token of one session is no good in another")
    func otherSession() async throws {
        let first = await VisitTests.browser(.desk, as: "clerk")
        let second = await VisitTests.browser(.desk, as: "chief")
        let pattern = ("name=\"csrf\" value=\"", "\"")
        let one = try #require(try await first.get("/").between(pattern.0, pattern.1))
        let two = try #require(try await second.get("/").between(pattern.0, pattern.1))
        #expect(one != two && one.utf8.count == 43)
    }

    @Test("Passwords are never held")
    func secrets() async throws {
        let browser = await VisitTests.browser()
        _ = try await browser.get("/nowhere")
        let held = try await browser.post("/names", ["csrf": "wrong", "new-password": "three red boats"])
        #expect(
            held.status == .forbidden && !held.text.contains("three red boats") && !held.text.contains("Send again"))
    }

    @Test("A session that ended in between loses nothing typed")
    func signedOut() async throws {
        let browser = await VisitTests.browser()
        _ = try await browser.get("/")
        let held = try await browser.post("/mine", ["answer": "A long answer"])
        #expect(held.status == .forbidden && held.title?.hasPrefix("You were signed out") == true)
        #expect(held.text.contains("name=\"answer\" value=\"A long answer\""))
    }

    @Test("Ten megabytes in one field are answered with the rest of the form and a place to shorten it")
    func long() async throws {
        let browser = await VisitTests.browser()
        _ = try await browser.get("/")
        let answer = try await browser.post(
            "/names", ["name": String(repeating: "x", count: 10_000_000), "other": "kept"])
        #expect(answer.status == .unprocessableContent && answer.bytes.count < 100_000)
        #expect(answer.text.contains("name=\"other\" value=\"kept\"") && answer.text.contains("Shorten this answer"))
        _ = try await browser.get("/")
        let more = try await browser.post("/names", ["name": String(repeating: "x", count: 17_000_000)])
        #expect(more.status == .contentTooLarge && more.headers[.connection] == "close")
    }

    @Test("Files are read only behind a token")
    func uploads() async throws {
        let browser = await VisitTests.browser(as: "requester")
        _ = try await browser.get("/")
        let file = TestBrowser.File("file", "a.pdf", Array(repeating: 7, count: 300))
        let large = TestBrowser.File("file", "b.pdf", Array(repeating: 7, count: 501))
        let taken = try await browser.upload("/files", ["note": "hello"], files: [file])
        #expect(taken.text.contains("<h1>[300]hello</h1>") && taken.headers[.connection] == nil)
        _ = try await browser.get("/")
        #expect(try await browser.upload("/files", files: [large]).text.contains("[-1]"))
        _ = try await browser.get("/nowhere")
        let stale = try await browser.upload("/files", ["csrf": "wrong"], files: [file])
        #expect(stale.status == .forbidden && stale.headers[.connection] == "close")
        _ = try await browser.get("/")
        let much = try await browser.upload("/files", files: [file, file, file])
        #expect(much.status == .contentTooLarge && much.headers[.connection] == "close")
        let anonymous = await VisitTests.browser()
        _ = try await anonymous.get("/")
        #expect(try await anonymous.upload("/files", files: [file]).status == .forbidden)
    }

    @Test("What is no form is refused")
    func types() async throws {
        let browser = await VisitTests.browser()
        let fetchSite = try #require(HTTPField.Name("Sec-Fetch-Site"))
        for type in ["application/json", "text/plain", "multipart/form-data", ""] {
            let answer = try await browser.send(
                .post, "/names", headers: [.contentType: type, fetchSite: "same-origin"], body: Array("{}".utf8))
            #expect(answer.status == .unsupportedMediaType, "\(type)")
        }
    }
}
