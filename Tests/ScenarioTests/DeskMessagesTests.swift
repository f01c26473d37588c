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
        let answer = try await world.browser.post(
            "/cases/\(id)/questions/1/answers",
            [
                "text": "Poole", "arrived-on[day]": "5", "arrived-on[month]": "3", "arrived-on[year]": "2026",
            ])
        #expect(answer.status == .seeOther)
        #expect(try await world.matter(id).conversations.first?.replies.first?.on == Day("2026-03-05"))
        #expect(try await world.browser.get("/cases/\(id)/messages").text.contains("Came in on 5 March 2026."))
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
