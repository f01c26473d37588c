import Casework
import Hummingbird
import Rights
import TestSupport
import Testing

@Suite("Who may do what at the desk")
struct DeskAccessTests {
    @Test("What a role may not do is neither offered nor accepted")
    func keepsToTheRole() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let browser = await world.browser(as: world.colleague(.viewCases, .addNote))
        let page = try await browser.get("/cases/\(id)")
        #expect(page.status == .ok)
        for hidden in ["/pauses\"", "/extensions\"", "/questions\"", "/decisions\" class", "/handler\""] {
            #expect(!page.text.contains("/cases/\(id)\(hidden)"), "\(hidden)")
        }
        for path in [
            "pauses", "extensions", "questions", "refusal", "not-held", "withdrawal", "closing", "handler", "parts",
            "release-check", "last-entry", "entries/2/strike", "views", "checks/identity/acceptance",
        ] {
            let answer = try await browser.get("/cases/\(id)/\(path)")
            #expect(answer.status == .forbidden, "\(path)")
        }
        _ = try await browser.get("/cases/\(id)/notes")
        let refused = try await browser.post("/cases/\(id)/closing", ["cause": "lapsed", "reason": "x"])
        #expect(refused.status == .forbidden)
        #expect(try await world.matter(id).isOpen)
    }

    @Test("Nobody opens a case about themselves, on any page, and the attempt is recorded")
    func keepsOffOwnCase() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let patient = world.colleague(
            .viewCases, .addNote,
            own: OwnIdentity(
                name: "A. Rahman", email: "aisha@example.com", dateOfBirth: Day("1979-07-04"),
                nhsNumber: NHSNumber("999 004 1873")))
        let browser = await world.browser(as: patient)
        for path in ["", "/history", "/files", "/notes"] {
            let answer = try await browser.get("/cases/\(id)\(path)")
            #expect(answer.status == .forbidden, "\(path)")
            #expect(answer.text.contains("This case is about you, or was made by you"))
            #expect(!answer.text.contains("Aisha Rahman"))
        }
        let views = try await world.browser.get("/cases/\(id)/views")
        #expect(views.text.contains("Tried to open the case and was refused"))
    }

    @Test("Each view of a case is recorded with who and when")
    func recordsViews() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(id)")
        let views = try await world.browser.get("/cases/\(id)/views")
        #expect(views.text.contains("Opened the case"))
        #expect(views.text.contains("2 March 2026, 9:30am"))
    }

    @Test("A case that does not exist is not found, whatever shape its address has")
    func findsNothing() async throws {
        let world = try await DeskWorld()
        #expect(try await world.browser.get("/cases/00000000000000000000000000").status == .notFound)
        #expect(try await world.browser.get("/cases/1%27%20OR%201=1").status == .notFound)
    }

    @Test("Names, questions and files that hold markup stay text on every page", arguments: DeskAccessTests.pages)
    func escapes(page: String) async throws {
        let world = try await DeskWorld()
        let evil = "<script>alert(1)</script>\"'><b>\u{301}\u{202e}"
        let id = try await world.premises.runningCase {
            $0.subject.name = PersonName(given: evil, family: evil)
            $0.subject.hospitalNumber = evil
            $0.requester.name = PersonName(given: evil, family: "")
            $0.requester.organisation = evil
            $0.scope.description = evil
            $0.urgency = evil
        }
        try await world.casework.perform(
            PauseClock(reason: "clarification", question: evil, asks: .reply), on: id, by: world.premises.staff)
        try await world.casework.perform(
            AnswerQuestion(number: 1, text: evil), on: id, by: world.premises.requester)
        try await world.casework.perform(
            GiveTask(title: evil, details: evil, department: "x-ray", dueOn: world.premises.today), on: id,
            by: world.premises.staff)
        _ = try await world.premises.addRecord("x", named: evil + ".txt", to: id)
        let path = page.replacing("CASE", with: id.text)
        let answer = try await world.browser.get(path)
        #expect(answer.status == .ok)
        #expect(!answer.text.contains("<script>alert"))
        #expect(!answer.text.contains("\"'><b>"))
        #expect(!answer.text.contains(" style="))
        #expect(answer.text.components(separatedBy: "<h1").count == 2, "one main heading")
    }

    static let pages =
        ["/", "/requests", "/search?q=alert", "/intake", "/reports/compliance", "/settings", "/cases/CASE"]
        + [
            "checks", "messages", "clock", "files", "tasks", "release", "decisions", "history", "views", "questions",
            "pauses", "pauses/1/end", "extensions", "notes", "tasks/1/return", "refusal", "not-held", "withdrawal",
            "closing", "release-check", "parts", "handler", "entries/2/strike", "questions/1/answers",
            "checks/identity/refusal", "checks/identity/evidence", "checks/identity/acceptance",
        ].map { "/cases/CASE/\($0)" }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
