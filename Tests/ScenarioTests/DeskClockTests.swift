import Casework
import Hummingbird
import Rights
import TestSupport
import Testing

@Suite("The clock at the desk")
struct DeskClockTests {
    @Test("A question stops the clock, its answer proposes the end, and a person accepts it")
    func pausesAndResumes() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        world.premises.world.advance(days: 3)
        _ = try await world.browser.get("/cases/\(id)/pauses")
        let asked = try await world.browser.post(
            "/cases/\(id)/pauses",
            ["reason": "clarification", "question": "Which years do you mean?", "asks": "reply"])
        #expect(asked.status == .seeOther)
        #expect(try await world.browser.get("/cases/\(id)").text.contains("Paused"))

        world.premises.world.advance(days: 2)
        try await world.casework.perform(
            AnswerQuestion(number: 1, text: "1998 to 2001"), on: id, by: world.premises.requester)
        world.premises.world.advance(days: 4)
        let page = try await world.browser.get("/cases/\(id)")
        #expect(page.text.contains("The requester answered on 7 March 2026. Does that end the pause?"))
        // The banner's own button, which sends the proposed day.
        let resumed = try await world.browser.post("/cases/\(id)/pauses/1/end")
        #expect(resumed.status == .seeOther)
        let pause = try #require(try await world.matter(id).pauses.first)
        #expect(pause.to == Day("2026-03-07"))
    }

    @Test("The end of a pause without an answer on file needs words, and cannot come before the question")
    func refusesUnfoundedEnd() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        world.premises.world.advance(days: 3)
        try await world.casework.perform(
            PauseClock(reason: "clarification", question: "Which years?", asks: .reply), on: id,
            by: world.premises.staff)
        _ = try await world.browser.get("/cases/\(id)/pauses/1/end")
        let answer = try await world.browser.post(
            "/cases/\(id)/pauses/1/end",
            ["answered-on[day]": "3", "answered-on[month]": "3", "answered-on[year]": "2026"])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("The answer cannot come before the question of 5 March 2026."))
        #expect(answer.text.contains("There is no answer of 3 March 2026 on file."))
        #expect(try await world.browser.get("/cases/\(id)/pauses/7/end").status == .notFound)
    }

    @Test("A pause that ends by telephone settles its question, so that it bars no release")
    func settlesQuestion() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        try await world.casework.perform(
            PauseClock(reason: "clarification", question: "Which years?", asks: .reply), on: id,
            by: world.premises.staff)
        let page = try await world.browser.get("/cases/\(id)/pauses/1/end")
        #expect(page.text.contains("What becomes of the question?"))
        let open = try await world.browser.post(
            "/cases/\(id)/pauses/1/end",
            [
                "answered-on[day]": "2", "answered-on[month]": "3", "answered-on[year]": "2026", "note": "She rang.",
            ])
        #expect(open.status == .unprocessableContent)
        #expect(open.text.contains("Say what becomes of the question."))
        let settled = try await world.browser.post(
            "/cases/\(id)/pauses/1/end",
            [
                "answered-on[day]": "2", "answered-on[month]": "3", "answered-on[year]": "2026", "note": "She rang.",
                "question": "withdrawn",
            ])
        #expect(settled.status == .seeOther)
        #expect(try await world.matter(id).conversation(1)?.isWaiting == false)
        #expect(try await world.browser.get("/cases/\(id)/messages").text.contains("The question was withdrawn."))
        #expect(try await world.browser.get("/cases/\(id)/history").text.contains("The question was withdrawn."))
        #expect(try await !world.browser.get("/cases/\(id)/release").text.contains("not answered"))
    }

    @Test("A pause without a question or reason is refused with both")
    func refusesEmptyPause() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(id)/pauses")
        let answer = try await world.browser.post("/cases/\(id)/pauses", ["asks": "reply"])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("Choose why the clock stops."))
        #expect(answer.text.contains("Write what you ask the requester."))
    }

    @Test("An extension shows its letter with the new date before it is sent")
    func extends() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        world.premises.world.advance(days: 10)
        _ = try await world.browser.get("/cases/\(id)/extensions")
        let letter = try await world.browser.post(
            "/cases/\(id)/extensions", ["amount": "14", "reason": "There are nine volumes of notes."])
        #expect(letter.status == .ok)
        #expect(try await world.matter(id).extensions.isEmpty)
        let text = try #require(letter.between("name=\"letter\"", "</textarea>"))
        #expect(text.contains("There are nine volumes of notes."))
        // Good Friday and Easter Monday 2026 do not count: 2 March, 28 + 14 days and the two holidays.
        #expect(text.contains("15 April 2026"))

        let sent = try await world.browser.post(
            "/cases/\(id)/extensions", ["letter": "We need until 15 April 2026, because there are nine volumes."])
        #expect(sent.status == .seeOther)
        let matter = try await world.matter(id)
        #expect(matter.extensions.first?.extended.amount == .days(14))
        #expect(matter.conversations.last?.sent.text == "We need until 15 April 2026, because there are nine volumes.")
    }

    @Test("The answers can be changed once the letter was seen")
    func goesBackFromTheLetter() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(id)/extensions")
        _ = try await world.browser.post("/cases/\(id)/extensions", ["amount": "14", "reason": "Nine volumes."])
        let back = try await world.browser.post("/cases/\(id)/extensions", ["letter": "x", "back": "yes"])
        #expect(back.text.contains("value=\"14\""))
        #expect(try await world.matter(id).extensions.isEmpty)
    }

    @Test("A late extension is refused with the reason, before anything is typed and after")
    func refusesLateExtension() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(id)/extensions")
        world.premises.world.advance(days: 60)
        let late = try await world.browser.post(
            "/cases/\(id)/extensions", ["amount": "14", "reason": "Nine volumes.", "letter": "Dear"])
        #expect(late.status == .unprocessableContent)
        #expect(late.text.contains("Nine volumes."))
        let page = try await world.browser.get("/cases/\(id)/extensions")
        #expect(page.text.contains("This cannot be done now:"))
        #expect(!page.text.contains("name=\"amount\""))
        #expect(try await world.matter(id).extensions.isEmpty)
    }

    @Test("The clock page lists every day, under the policy and under the law")
    func accountsForEveryDay() async throws {
        let world = try await DeskWorld(at: "2026-03-16T09:30:00.000Z")
        let id = try await world.premises.runningCase()
        world.premises.world.advance(days: 10)
        let page = try await world.browser.get("/cases/\(id)/clock")
        #expect(page.text.contains("Bank holiday: Good Friday"))
        #expect(page.text.contains("Due by Policy 5.3(c)"))
        #expect(page.text.contains("Due by UK GDPR Article 12A"))
    }
}
