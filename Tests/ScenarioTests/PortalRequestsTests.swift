import Casework
import Foundation
import HTTPTypes
import Rights
import Store
import TestSupport
import Testing

/// Manage Requests and the page of a request (S1-45 to S1-52, S1-64).
@Suite struct PortalRequestsTests {
    let premises: PortalPremises
    let browser: TestBrowser

    init() async throws {
        premises = try await PortalPremises()
        browser = await premises.aisha()
    }

    private func requests(_ names: [String]) async throws {
        for name in names {
            let request = premises.premises.request { request in
                request.subject.name = PersonName(given: name, family: "Rahman")
            }
            _ = try await premises.casework.begin(request, by: premises.premises.requester)
            premises.premises.world.advance(days: 1)
        }
    }

    private func references(_ answer: TestBrowser.Answer) -> [String] {
        answer.text.components(separatedBy: "app-nowrap\" href=\"/requests/").dropFirst().compactMap {
            $0.components(separatedBy: "\">").dropFirst().first.map { String($0.prefix { $0 != "<" }) }
        }
    }

    @Test("The list has the guide's columns and lists the newest first")
    func columns() async throws {
        try await requests(["Aisha", "Yusuf"])
        let list = try await browser.get("/requests")
        let heads = list.text.components(separatedBy: "class=\"app-sort\"").dropFirst().compactMap {
            $0.components(separatedBy: ">").dropFirst().first.map { String($0.prefix { $0 != "<" }) }
        }
        #expect(heads == ["Type", "Reference", "Name", "Submitted", "Status"])
        #expect(references(list) == ["SAR-2026-000002", "SAR-2026-000001"])
        #expect(list.text.contains("<bdi>Yusuf Rahman</bdi>"))
        #expect(list.text.contains("3 March 2026"))
        #expect(list.text.contains("role=\"status\">Showing 2 requests."))
    }

    @Test(
        "Every column sorts both ways",
        arguments: ["type", "reference", "name", "submitted", "status"])
    func sorted(column: String) async throws {
        try await requests(["Zara", "Adam", "Mona"])
        let up = references(try await browser.get("/requests?sort=\(column)"))
        let down = references(try await browser.get("/requests?sort=-\(column)"))
        #expect(up.count == 3)
        #expect(down == up.reversed())
        if column == "name" { #expect(up.first == "SAR-2026-000002") }
    }

    @Test("A search finds parts of names and references, and says how many")
    func searched() async throws {
        try await requests(["Zoë", "Adam", "Mona"])
        #expect(references(try await browser.get("/requests?q=zoe")) == ["SAR-2026-000001"])
        #expect(references(try await browser.get("/requests?q=000002")) == ["SAR-2026-000002"])
        let none = try await browser.get("/requests?q=%3Cscript%3E%25")
        #expect(none.text.contains("No requests found for “&lt;script&gt;%”."))
    }

    @Test("A solicitor with many requests pages through them, and no request is on two pages or on none")
    func paged() async throws {
        try await requests((1...45).map { "Client \($0)" })
        var seen: [String] = []
        for page in 1...3 { seen += references(try await browser.get("/requests?page=\(page)&sort=name")) }
        #expect(seen.count == 45)
        #expect(Set(seen).count == 45)
        #expect(try await browser.get("/requests?page=2").text.contains("Showing 21 to 40 of 45 requests."))
        #expect(references(try await browser.get("/requests?page=99")).count == 5, "beyond the end is the last page")
    }

    @Test("The list is had as a file, in which no name becomes a formula")
    func exported() async throws {
        try await requests(["=HYPERLINK(1)"])
        let file = try await browser.get("/requests.csv")
        #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
        #expect(file.text.hasPrefix("\u{feff}\"Type\",\"Reference\",\"Name\",\"Submitted\",\"Status\"\r\n"))
        #expect(file.text.contains("\"'=HYPERLINK(1) Rahman\",\"2026-03-02\",\"Received\""))
    }

    @Test("Somebody else's requests are in no list, export or page")
    func strangers() async throws {
        let id = try await premises.runningCase()
        let stranger = await premises.somebodyElse()
        #expect(try await stranger.get("/requests").text.contains("You have not sent a request yet"))
        #expect(try await !stranger.get("/requests.csv").text.contains("SAR-"))
        #expect(try await !stranger.get("/home").text.contains("SAR-"))
        for path in ["", "/sent", "/withdraw"] {
            #expect(try await stranger.get("/requests/\(id)\(path)").status == .notFound)
        }
        _ = try await stranger.get("/new-request")
        for path in ["/withdraw", "/messages", "/messages/1/open", "/messages/1/answers"] {
            let answer = try await stranger.post("/requests/\(id)\(path)", ["text": "Hello", "answer-1": "Hello"])
            #expect(answer.status == .notFound, "\(path)")
        }
        #expect(try await premises.matter(id).isOpen)
    }

    @Test("Nobody who is not signed in sees anything; they are sent to Login and come back")
    func signedOut() async throws {
        let id = try await premises.runningCase()
        let visitor = await premises.browser()
        for path in ["/home", "/requests", "/requests/\(id)", "/new-request", "/requests.csv"] {
            let answer = try await visitor.get(path)
            #expect(answer.status == .seeOther)
            #expect(answer.location?.hasPrefix("/Account/Login?then=") == true)
        }
    }

    @Test("The page says by when the trust replies, counted as the clock counts")
    func dueDate() async throws {
        let id = try await premises.runningCase()
        let due = try #require(try premises.casework.clock(of: await premises.matter(id))?.due)
        let page = try await browser.get("/requests/\(id)")
        #expect(page.text.contains("We will reply by \(due.withWeekday)"))
        #expect(page.text.contains("It is our turn"))
        premises.premises.world.advance(days: due - premises.premises.today + 3)
        let late = try await browser.get("/requests/\(id)")
        #expect(late.text.contains("We are late"))
        #expect(late.text.contains("We should have replied by \(due.withWeekday)"))
    }

    @Test("Before everything is there the page says that no days count, what is missing and whose turn it is")
    func notStarted() async throws {
        let request = premises.premises.request()
        let id = try await premises.casework.begin(request, by: premises.premises.requester).id
        let page = try await browser.get("/requests/\(id)")
        #expect(page.text.contains("The time to reply has not started"))
        #expect(page.text.contains("We do not have your proof of identity yet, and will ask you for it."))
        #expect(page.text.contains("We do not have your proof of address yet"))
        #expect(page.text.contains("It is our turn"))
        try await premises.ask("Please send a copy of your passport.", .document, check: .identity, of: id)
        let asked = try await browser.get("/requests/\(id)")
        #expect(asked.text.contains("Answer the question below."))
        #expect(asked.text.contains("It is your turn"))
    }

    @Test("While the clock is stopped the page says since when, why, and whose turn it is")
    func stopped() async throws {
        let id = try await premises.runningCase()
        premises.premises.world.advance(days: 3)
        try await premises.casework.perform(
            PauseClock(reason: "clarification", question: "Which ward were you on?", asks: .reply), on: id,
            by: premises.premises.staff)
        let stopped = try await browser.get("/requests/\(id)")
        #expect(stopped.text.contains("The clock is stopped"))
        #expect(stopped.text.contains("The days stopped counting on 5 March 2026"))
        #expect(stopped.text.contains("It is your turn"))
        #expect(try await browser.get("/requests").text.contains("Waiting for you"))

        _ = try await browser.post("/requests/\(id)/messages/1/open")
        _ = try await browser.get("/requests/\(id)")
        _ = try await browser.post("/requests/\(id)/messages/1/answers", ["answer-1": "Ward 9"])
        let answered = try await browser.get("/requests/\(id)")
        #expect(answered.text.contains("We have your answer and are reading it."))
        #expect(answered.text.contains("It is our turn"))
    }

    @Test("Each change of status is on the page with its date")
    func progress() async throws {
        let id = try await premises.runningCase()
        premises.premises.world.advance(days: 4)
        _ = try await premises.release("Well again", of: id)
        let page = try await browser.get("/requests/\(id)")
        let progress = try #require(page.between("id=\"progress\"", "</section>"))
        for step in ["Received", "Proof of identity accepted", "In progress", "Completed: files ready"] {
            #expect(progress.contains(step), "\(step)")
        }
        #expect(progress.contains("2 March 2026"))
        #expect(progress.contains("6 March 2026"))
    }

    @Test("A request is withdrawn only after it was asked whether it shall be")
    func withdrawn() async throws {
        let id = try await premises.runningCase()
        let asked = try await browser.get("/requests/\(id)/withdraw")
        #expect(asked.text.contains("Are you sure you want to withdraw this request?"))
        #expect(try await premises.matter(id).isOpen)
        let done = try await browser.post("/requests/\(id)/withdraw")
        #expect(done.location == "/home?done=withdrawn")
        #expect(try await premises.matter(id).outcome?.outcome == .withdrawn)
        #expect(try await browser.get("/requests").text.contains("Withdrawn"))
        #expect(try await browser.get("/requests/\(id)/withdraw").status == .seeOther)
    }
}
