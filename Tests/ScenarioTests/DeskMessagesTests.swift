import Casework
import Hummingbird
import Rights
import TestSupport
import Testing

@Suite("Messages, tasks and notes at the desk")
struct DeskMessagesTests {
    @Test("A question is sent once, even when its button is pressed twice")
    func sendsOnce() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let page = try await world.browser.get("/cases/\(id)/questions")
        #expect(page.status == .ok)
        for _ in 1...2 {
            let answer = try await world.browser.post(
                "/cases/\(id)/questions", ["text": "Which hospital?", "asks": "reply"])
            #expect(answer.status == .seeOther)
        }
        #expect(try await world.matter(id).conversations.count == 1)
    }

    @Test("An empty message is refused")
    func refusesEmpty() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(id)/questions")
        let answer = try await world.browser.post("/cases/\(id)/questions", ["text": "  "])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("Enter a message."))
        #expect(answer.text.contains("Choose what you need back."))
    }

    @Test("An answer that came by letter is logged on the day it came")
    func logsAnswer() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        try await world.casework.perform(
            SendMessage(text: "Which hospital?", asks: .reply), on: id, by: world.premises.staff)
        world.premises.world.advance(days: 5)
        _ = try await world.browser.get("/cases/\(id)/questions/1/answers")
        let answer = try await world.browser.upload(
            "/cases/\(id)/questions/1/answers",
            [
                "text": "Poole", "arrived-on[day]": "5", "arrived-on[month]": "3", "arrived-on[year]": "2026",
            ], files: [])
        #expect(answer.status == .seeOther)
        #expect(try await world.matter(id).conversations.first?.replies.first?.on == Day("2026-03-05"))
        #expect(try await world.browser.get("/cases/\(id)/messages").text.contains("Came in on 5 March 2026."))
    }

    @Test(
        "Documents that came with an answer are logged with it, kept through a refusal, and offered as the proof asked for"
    )
    func logsAnswerWithFiles() async throws {
        let world = try await DeskWorld()
        let id = try await world.casework.begin(world.premises.request(), by: world.premises.requester).id
        try await world.casework.perform(
            SendMessage(text: "Please send your council tax bill.", asks: .document, check: .address), on: id,
            by: world.premises.staff)
        let path = "/cases/\(id)/questions/1/answers"
        _ = try await world.browser.get(path)
        let bill = TestBrowser.File("files", "bill.txt", Array("Council tax".utf8))
        let program = TestBrowser.File("files", "run.exe", Sample.program)
        let refused = try await world.browser.upload(
            path,
            [
                "text": "By post.", "arrived-on[day]": "1", "arrived-on[month]": "1", "arrived-on[year]": "2026",
            ], files: [bill, program])
        #expect(refused.status == .unprocessableContent)
        #expect(refused.text.contains("run.exe: "))
        #expect(refused.text.contains("bill.txt"))
        #expect(refused.text.contains("By post."))
        #expect(try await world.matter(id).files.isEmpty, "nothing is in the case before it is logged")
        let logged = try await world.browser.upload(
            path,
            [
                "text": "By post.", "arrived-on[day]": "2", "arrived-on[month]": "3", "arrived-on[year]": "2026",
            ], files: [])
        #expect(logged.status == .seeOther)
        let matter = try await world.matter(id)
        #expect(matter.files.map(\.file.name) == ["bill.txt"])
        #expect(matter.files.map(\.purpose) == [.evidence])
        #expect(matter.standing(of: .address).offered.map(\.evidence.file) == [matter.files.first?.file.id])
        #expect(matter.conversation(1)?.replies.first?.received.files == matter.files.map(\.file.id))
    }

    @Test("What comes by letter may enclose what was not asked for")
    func logsEnclosure() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        try await world.casework.perform(
            SendMessage(text: "Which hospital?", asks: .reply), on: id, by: world.premises.staff)
        _ = try await world.browser.get("/cases/\(id)/questions/1/answers")
        let answer = try await world.browser.upload(
            "/cases/\(id)/questions/1/answers",
            [
                "text": "Poole", "arrived-on[day]": "2", "arrived-on[month]": "3", "arrived-on[year]": "2026",
            ], files: [TestBrowser.File("files", "letter.txt", Array("Poole".utf8))])
        #expect(answer.status == .seeOther)
        #expect(try await world.matter(id).files.map(\.purpose) == [.correspondence])
    }

    @Test("A letter is printed in the usual size or in large print, with the way to other formats")
    func printsLetter() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        try await world.casework.perform(
            SendMessage(text: "We have <found> 3 volumes.", asks: .nothing), on: id, by: world.premises.staff)
        let link = "/cases/\(id)/messages/1/letter"
        #expect(try await world.browser.get("/cases/\(id)/messages").text.contains("href=\"\(link)\""))
        let usual = try await world.browser.get(link)
        #expect(usual.text.contains("We have &lt;found&gt; 3 volumes."))
        #expect(usual.text.contains("records@example.org"))
        #expect(usual.text.contains("in large print, in another language"))
        #expect(!usual.text.contains("app-letter--large"))
        #expect(usual.text.contains("href=\"\(link)?size=large\""))
        #expect(try await world.browser.get("\(link)?size=large").text.contains("app-letter--large"))
        #expect(try await world.browser.get("/cases/\(id)/messages/7/letter").status == .notFound)
    }

    @Test("A task goes to a department for its usual time and comes back with what was found")
    func givesTask() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(id)/tasks")
        let nothing = try await world.browser.post("/cases/\(id)/tasks")
        #expect(nothing.status == .unprocessableContent)
        #expect(nothing.text.contains("Enter what is to be done."))
        #expect(nothing.text.contains("Choose a department."))
        let given = try await world.browser.post(
            "/cases/\(id)/tasks", ["title": "Find the images", "department": "x-ray"])
        #expect(given.status == .seeOther)
        let task = try #require(try await world.matter(id).tasks.first)
        #expect(task.given.dueOn == Day("2026-03-09"))

        _ = try await world.browser.get("/cases/\(id)/tasks/1/return")
        let undecided = try await world.browser.post("/cases/\(id)/tasks/1/return", ["outcome": "Two discs"])
        #expect(undecided.text.contains("Say whether it was done."))
        let returned = try await world.browser.post(
            "/cases/\(id)/tasks/1/return", ["done": "yes", "outcome": "Two discs"])
        #expect(returned.status == .seeOther)
        #expect(try await world.matter(id).openTasks.isEmpty)
    }

    @Test("Two people act at once: the second is told what changed, and keeps what was typed")
    func tellsWhatOthersDid() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(id)/questions")
        let colleague = world.colleague(.viewCases, .addNote)
        try await world.casework.perform(AddNote(text: "She rang: please wait"), on: id, by: .staff(colleague))
        let answer = try await world.browser.post(
            "/cases/\(id)/questions", ["text": "Which hospital?", "asks": "reply"])
        #expect(answer.status == .conflict)
        #expect(answer.text.contains("She rang: please wait"))
        #expect(answer.text.contains("S. Patel, Medical Records"))
        #expect(answer.text.contains("Which hospital?"))
        #expect(try await world.matter(id).conversations.isEmpty)
        let again = try await world.browser.post(
            "/cases/\(id)/questions", ["text": "Which hospital?", "asks": "reply"])
        #expect(again.status == .seeOther)
    }

    @Test("Two tabs of two people, the same page: who sends first acts, and the other loses nothing")
    func twoTabs() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let colleague = await world.browser(as: world.colleague(.viewCases, .runClock))
        for browser in [world.browser, colleague] { _ = try await browser.get("/cases/\(id)/pauses") }
        let first = try await colleague.post(
            "/cases/\(id)/pauses", ["reason": "clarification", "question": "Which years?", "asks": "reply"])
        #expect(first.status == .seeOther)
        let second = try await world.browser.post(
            "/cases/\(id)/pauses",
            ["reason": "clarification", "question": "Which hospital do you mean?", "asks": "reply"])
        #expect(second.status == .conflict)
        #expect(second.text.contains("Somebody else worked on this case"))
        #expect(second.text.contains("Which years?"))
        #expect(second.text.contains("Which hospital do you mean?"))
        #expect(try await world.matter(id).pauses.count == 1)
    }

    @Test("A mistaken entry is struck out, stays readable, and no longer counts")
    func strikes() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let entry = try #require(
            try await world.matter(id).entries.first { $0.fact.kind == .checkAccepted }?.sequence)
        let page = try await world.browser.get("/cases/\(id)/entries/\(entry)/strike")
        #expect(page.text.contains("Identity accepted: Passport"))
        let answer = try await world.browser.post(
            "/cases/\(id)/entries/\(entry)/strike", ["reason": "Wrong person's passport"])
        #expect(answer.status == .seeOther)
        #expect(try await world.matter(id).completeOn == nil)
        let history = try await world.browser.get("/cases/\(id)/history")
        #expect(history.text.contains("<s>Identity accepted: Passport</s>"))
        let what = try await world.browser.get("/cases/\(id)/entries/1/strike")
        #expect(what.text.contains("This really happened outside the case"))
    }
}
