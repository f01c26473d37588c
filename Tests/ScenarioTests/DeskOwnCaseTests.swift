import Casework
import Hummingbird
import Rights
import Store
import TestSupport
import Testing

/// A member of staff does not learn from any list that there is a case about them (policy 6.4.1).
@Suite("A case about oneself on the lists of the desk")
struct DeskOwnCaseTests {
    private static let own = OwnIdentity(
        name: "Aisha Rahman", email: "aisha@example.com", dateOfBirth: Day("1979-07-04"))

    @Test(
        "It is on no list, in no search, no file and no count",
        arguments: [
            "/", "/requests", "/requests?state=any&month=2026-03", "/search?q=rahman", "/search?q=SAR-2026-000001",
            "/requests.csv", "/reports/compliance", "/reports/compliance.csv",
        ])
    func hidden(path: String) async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let browser = await world.browser(as: world.colleague(.viewCases, .viewReports, own: Self.own))
        let page = try await browser.get(path)
        #expect(page.status == .ok)
        for trace in ["Rahman", "RAHMAN", id.text, "SAR-2026-000001", "<b>1</b>", "\"1\"", ">1</a>", "1 case"] {
            let shown = page.text.replacing("value=\"SAR-2026-000001\"", with: "").replacing(
                "“SAR-2026-000001”", with: ""
            )
            .replacing("<bdi>SAR-2026-000001</bdi>", with: "")
            #expect(!shown.contains(trace), "\(trace)")
        }
        let others = try await world.browser.get(path)
        #expect(
            others.text.contains("SAR-2026-000001") || others.text.contains("March 2026")
                || others.text.contains("2026-03"))
    }

    @Test("Nor is it a possible duplicate, at intake or beside another case")
    func kin() async throws {
        let world = try await DeskWorld()
        let about = try await world.premises.runningCase()
        // A case that its namesake, born on another day, may open, and that shares the number by a slip.
        let other = try await world.premises.runningCase {
            $0.subject.name = PersonName(given: "Zadie", family: "Other")
            $0.requester.name = $0.subject.name
            $0.requester.email = "z@example.org"
        }
        let browser = await world.browser(as: world.colleague(.viewCases, .logRequest, own: Self.own))
        let page = try await browser.get("/cases/\(other)")
        #expect(page.status == .ok)
        #expect(!page.text.contains(about.text))
        #expect(try await browser.get("/cases/\(other)/duplicates/\(about)").status == .notFound)
        _ = try await browser.get("/cases/\(other)")
        let judged = try await browser.post(
            "/cases/\(other)/duplicates/\(about)", ["duplicate": "no", "reason": "Another person"])
        #expect(judged.status == .notFound)
        #expect(try await world.matter(other).judgedDuplicates.isEmpty)
        #expect(try await world.browser.get("/cases/\(other)").text.contains(about.text))
        _ = try await browser.get("/intake")
        let asked = try await browser.post(
            "/intake",
            [
                "channel": "letter", "received-on[day]": "2", "received-on[month]": "3", "received-on[year]": "2026",
                "application-type": "living", "subject-given-name": "Zadie", "subject-family-name": "Other",
                "nhs-number": "999 004 1873", "capacity": "patient", "scope": "All",
            ])
        #expect(asked.text.contains(other.text), "the other case is shown for comparison")
        #expect(!asked.text.contains(about.text))
    }

    @Test("A form that is sent is no view of the case; a form that is shown again is")
    func views() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        func views() async throws -> Int {
            try await world.casework.store.read { try $0.accesses(of: id) }.filter { $0.what == .viewed }.count
        }
        _ = try await world.browser.get("/cases/\(id)/notes")
        #expect(try await views() == 1)
        _ = try await world.browser.post("/cases/\(id)/notes", ["text": "She rang."])
        #expect(try await views() == 1)
        _ = try await world.browser.get("/cases/\(id)/notes")
        _ = try await world.browser.post("/cases/\(id)/notes", ["text": " "])
        #expect(try await views() == 3)
    }
}
