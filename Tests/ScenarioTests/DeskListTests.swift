import Casework
import Hummingbird
import Rights
import Store
import TestSupport
import Testing

@Suite("Lists, search and intake at the desk")
struct DeskListTests {
    @Test("Today shows first what is due first, with the next action on each row")
    func sortsByDue() async throws {
        let world = try await DeskWorld()
        let early = try await world.premises.runningCase()
        world.premises.world.advance(days: 4)
        let late = try await world.premises.runningCase()
        let waiting = try await world.casework.begin(world.premises.request(), by: world.premises.requester).id
        let page = try await world.browser.get("/")
        let places = try [early, late, waiting].map { id in
            try #require(page.text.firstRange(of: "href=\"/cases/\(id)\"")).lowerBound
        }
        #expect(places == places.sorted())
        #expect(page.text.contains("Add the record files"))
        #expect(page.text.contains("3 cases"))
    }

    @Test("An urgent case stands above the others of its band, with its reason")
    func urgentFirst() async throws {
        let world = try await DeskWorld()
        let plain = try await world.premises.runningCase()
        world.premises.world.advance(days: 1)
        let urgent = try await world.premises.runningCase { $0.urgency = "Surgery & a hearing" }
        let page = try await world.browser.get("/")
        let places = try [urgent, plain].map { id in
            try #require(page.text.firstRange(of: "href=\"/cases/\(id)\"")).lowerBound
        }
        #expect(places == places.sorted())
        #expect(page.text.contains("Surgery &amp; a hearing"))
        #expect(page.text.contains(">Urgent</strong>"))
    }

    @Test("Filters narrow the list, and a wrong one in the address does no harm")
    func filters() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        world.premises.world.advance(days: 40)
        #expect(try await world.browser.get("/?due=late").text.contains("1 case"))
        #expect(try await world.browser.get("/?handler=mine").text.contains("No case fits."))
        #expect(try await world.browser.get("/?action=release").text.contains("No case fits."))
        #expect(try await world.browser.get("/?due=never&sort=%27&page=-3").text.contains("/cases/\(id)"))
    }

    @Test(
        "A case is found by name, reference, NHS number and date of birth",
        arguments: ["rahman", "SAR-2026-000001", "999 004 1873", "4/7/1979", "aish rahm"])
    func finds(typed: String) async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let query = typed.replacing(" ", with: "+").replacing("/", with: "%2F")
        #expect(try await world.browser.get("/search?q=\(query)").text.contains("/cases/\(id)"))
    }

    @Test("What is not there is not found, and the words stay in the field")
    func findsNothing() async throws {
        let world = try await DeskWorld()
        _ = try await world.premises.runningCase()
        let page = try await world.browser.get("/search?q=Zebedee")
        #expect(page.text.contains("Nothing was found for"))
        #expect(page.text.contains("value=\"Zebedee\""))
    }

    @Test("The export cannot begin a formula in a spreadsheet")
    func exportsSafely() async throws {
        let world = try await DeskWorld()
        _ = try await world.premises.runningCase {
            $0.subject.name = PersonName(given: "=HYPERLINK(\"http://x\")", family: "@SUM")
        }
        let file = try await world.browser.get("/requests.csv")
        #expect(try #require(file.headers[.contentType]).hasPrefix("text/csv"))
        #expect(file.text.contains("\"'=HYPERLINK(\"\"http://x\"\") @SUM\""))
        let colleague = await world.browser(as: world.colleague(.viewCases))
        #expect(try await colleague.get("/requests.csv").status == .forbidden)
    }

    @Test("The compliance list counts by month and department, and each number opens its cases")
    func reportsCompliance() async throws {
        let world = try await DeskWorld()
        let inTime = try await world.premises.runningCase()
        try await world.casework.perform(
            CloseCase(cause: .lapsed, reason: "x"), on: inTime, by: world.premises.staff)
        let never = try await world.casework.begin(world.premises.request(), by: world.premises.requester).id
        try await world.casework.perform(
            CloseCase(cause: .lapsed, reason: "x"), on: never, by: world.premises.staff)
        let late = try await world.premises.runningCase()
        world.premises.world.advance(days: 60)
        let page = try await world.browser.get("/reports/compliance")
        #expect(page.text.contains("March 2026"))
        #expect(page.text.contains("Medico-Legal Department"))
        let link = try #require(
            page.between("<a href=\"/requests?state=any&amp;result=late&amp;month=2026-03", "\""))
        let cases = try await world.browser.get(
            "/requests?state=any&result=late&month=2026-03" + link.replacing("&amp;", with: "&"))
        #expect(cases.text.contains("/cases/\(late)"))
        #expect(!cases.text.contains("/cases/\(inTime)"))
        #expect(page.text.contains("Closed before the clock started"))
        let early = try await world.browser.get("/requests?state=any&result=never-started&month=2026-03")
        #expect(early.text.contains("/cases/\(never)"))
        #expect(!early.text.contains("/cases/\(inTime)"))
        let punctual = try await world.browser.get("/requests?state=any&result=in-time&month=2026-03")
        #expect(punctual.text.contains("/cases/\(inTime)"))
        #expect(!punctual.text.contains("/cases/\(never)"))
        let file = try await world.browser.get("/reports/compliance.csv")
        #expect(file.text.contains("\"2026-03\",\"Medico-Legal Department\",\"3\",\"1\",\"1\",\"1\",\"1\",\"0\",\"0\""))
    }

    @Test("The settings say which policy is in force, and how far the bank holidays are known")
    func showsPolicy() async throws {
        let world = try await DeskWorld()
        let page = try await world.browser.get("/settings")
        let edition = world.casework.policies.current.edition
        for text in [edition.name, edition.version, edition.ratified.inWords, edition.nextReview.inWords] {
            #expect(page.text.contains(text), "\(text)")
        }
        #expect(page.text.contains("the end of 2029"))
    }

    @Test("Somebody who sees no cases is led to the settings")
    func leadsToSettings() async throws {
        let world = try await DeskWorld()
        let administrator = await world.browser(as: world.colleague(.administer))
        #expect(try await administrator.get("/").location == "/settings")
        #expect(try await administrator.get("/settings").text.contains("/settings/staff"))
    }

    @Test("A letter is logged with the day it came, which differs from the day it is logged")
    func logsLetter() async throws {
        let world = try await DeskWorld()
        _ = try await world.browser.get("/intake")
        let answer = try await world.browser.post("/intake", letter)
        #expect(answer.status == .seeOther)
        let page = try await world.browser.open(try #require(answer.location))
        #expect(page.text.contains("Request received by letter"))
        #expect(page.text.contains("Took effect on 27 February 2026."))
        #expect(page.text.contains("Tom Green"))
    }

    @Test("A request of somebody who has asked before is compared before it is logged")
    func showsDuplicates() async throws {
        let world = try await DeskWorld()
        for expected in [0, 1] {
            _ = try await world.browser.get("/intake")
            let answer = try await world.browser.post("/intake", letter)
            guard expected == 1 else { continue }
            #expect(answer.status == .ok)
            #expect(answer.text.contains("Is it one of these?"))
            let changed = try await world.browser.post("/intake", ["change": "yes"])
            #expect(changed.text.contains("value=\"Green\""))
            _ = try await world.browser.get("/intake")
            _ = try await world.browser.post("/intake", letter)
            let begun = try await world.browser.post("/intake", ["compared": "yes"])
            #expect(begun.status == .seeOther)
        }
        #expect(try await world.browser.get("/requests").text.contains("2 cases"))
    }

    @Test("A letter without what a request needs is refused with every reason, and nothing typed is lost")
    func refusesIncomplete() async throws {
        let world = try await DeskWorld()
        _ = try await world.browser.get("/intake")
        let answer = try await world.browser.post(
            "/intake",
            [
                "channel": "letter", "received-on[day]": "9", "received-on[month]": "9", "received-on[year]": "2026",
                "subject-family-name": "Green", "nhs-number": "999 004 1874",
            ])
        #expect(answer.status == .unprocessableContent)
        for reason in [
            "The date received must be today or in the past.", "Choose the kind of request.",
            "Enter an NHS number of 10 digits", "Say what is asked for.",
        ] {
            #expect(answer.text.contains(reason), "\(reason)")
        }
        #expect(answer.text.contains("value=\"999 004 1874\""))
    }

    @Test("A telephone call is no request under this policy")
    func refusesTelephone() async throws {
        let world = try await DeskWorld()
        let page = try await world.browser.get("/intake")
        #expect(!page.text.contains("value=\"telephone\""))
        #expect(page.text.contains("Log it as advice"))
    }

    @Test("A call is logged as advice, once, with what was told and how the form was sent")
    func logsAdvice() async throws {
        let world = try await DeskWorld()
        _ = try await world.browser.get("/advice")
        let empty = try await world.browser.post("/advice", ["channel": "telephone", "caller": "Mrs Green"])
        #expect(empty.status == .unprocessableContent)
        #expect(empty.text.contains("Enter what you told them."))
        #expect(empty.text.contains("Say whether they got the form."))
        #expect(empty.text.contains("value=\"Mrs Green\""))
        for _ in 1...2 {
            let answer = try await world.browser.post(
                "/advice",
                [
                    "channel": "telephone", "on[day]": "2", "on[month]": "3", "on[year]": "2026",
                    "caller": "Mrs Green", "asked": "Her late father's notes", "given": "Use the form",
                    "form-sent": "posted",
                ])
            #expect(answer.status == .seeOther)
        }
        #expect(try await world.casework.store.read { try $0.advice(limit: 10) }.count == 1)
        let page = try await world.browser.get("/advice")
        #expect(page.text.contains("late father&#39;s notes"))
        #expect(page.text.contains("Sent by post"))
    }

    @Test("What is accepted as a request cannot be hidden in the advice log")
    func keepsRequestsOut() async throws {
        let world = try await DeskWorld()
        _ = try await world.browser.get("/advice")
        let answer = try await world.browser.post(
            "/advice",
            [
                "channel": "letter", "on[day]": "2", "on[month]": "3", "on[year]": "2026", "asked": "Notes",
                "given": "Wait", "form-sent": "posted",
            ])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("What comes by letter is a request."))
    }

    @Test("A request that is sent twice is logged once")
    func logsOnce() async throws {
        let world = try await DeskWorld()
        _ = try await world.browser.get("/intake")
        let first = try await world.browser.post("/intake", letter)
        let second = try await world.browser.post("/intake", letter)
        #expect(second.status == .seeOther)
        #expect(first.location == second.location)
        #expect(try await world.browser.get("/requests").text.contains("1 case"))
    }

    private let letter: KeyValuePairs<String, String> = [
        "channel": "letter", "received-on[day]": "27", "received-on[month]": "2", "received-on[year]": "2026",
        "application-type": "living", "subject-given-name": "Tom", "subject-family-name": "Green",
        "date-of-birth[day]": "3", "date-of-birth[month]": "5", "date-of-birth[year]": "1960", "capacity": "patient",
        "scope": "Notes of 2025",
    ]
}
