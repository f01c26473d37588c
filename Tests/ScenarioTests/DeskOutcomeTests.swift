import Casework
import Hummingbird
import Rights
import TestSupport
import Testing

@Suite("Decisions at the desk")
struct DeskOutcomeTests {
    @Test("A refusal needs a ground and a reason, and its letter both rights to complain")
    func refuses() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let ground = try #require(world.casework.policies.current.exemptions(for: .living, .access).first)
        _ = try await world.browser.get("/cases/\(id)/refusal")
        let empty = try await world.browser.post("/cases/\(id)/refusal")
        #expect(empty.status == .unprocessableContent)
        #expect(empty.text.contains("Choose the ground of the refusal."))
        #expect(empty.text.contains("Give the reason for the file."))

        let letter = try await world.browser.post(
            "/cases/\(id)/refusal", ["ground": ground.code, "reason": "Repeated within a month"])
        #expect(letter.status == .ok)
        #expect(!(letter.between("name=\"letter\"", "</textarea>") ?? "").contains("Repeated within a month"))

        let cut = try await world.browser.post("/cases/\(id)/refusal", ["letter": "No."])
        #expect(cut.status == .unprocessableContent)
        #expect(cut.text.contains("The letter must say how to complain to the trust."))
        #expect(try await world.matter(id).isOpen)

        let regulator = world.casework.policies.current.regulator
        let sent = try await world.browser.post(
            "/cases/\(id)/refusal", ["letter": "No. You can complain to us and to the \(regulator)."])
        #expect(sent.status == .seeOther)
        #expect(try await world.matter(id).outcome?.outcome == .refused)
    }

    @Test("Nothing held needs a search that is on record, and says so in the letter")
    func notHeld() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(id)/not-held")
        let half = try await world.browser.post("/cases/\(id)/not-held", ["place-1": "Library"])
        #expect(half.status == .unprocessableContent)
        #expect(half.text.contains("Say where you searched and what you found there."))
        let letter = try await world.browser.post(
            "/cases/\(id)/not-held", ["place-1": "Library", "result-1": "No file under either name"])
        let text = try #require(letter.between("name=\"letter\"", "</textarea>"))
        #expect(text.contains("Library: No file under either name"))
        #expect(text.contains("[reason]"))
        let unfilled = try await world.browser.post("/cases/\(id)/not-held", ["letter": "Sorry: [reason]"])
        #expect(unfilled.text.contains("Put your own words in the place of “[reason]”, or take it out."))

        let regulator = world.casework.policies.current.regulator
        let sent = try await world.browser.post(
            "/cases/\(id)/not-held",
            ["letter": "We hold nothing. You can complain to us and to the \(regulator)."])
        #expect(sent.status == .seeOther)
        #expect(try await world.matter(id).outcome?.outcome == .notHeld)
    }

    @Test("A withdrawal and a closing say why; a closed case offers no more of it")
    func closes() async throws {
        let world = try await DeskWorld()
        let first = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(first)/withdrawal")
        #expect(try await world.browser.post("/cases/\(first)/withdrawal").status == .unprocessableContent)
        let letter = try await world.browser.post("/cases/\(first)/withdrawal", ["how": "Letter of 1 March"])
        #expect(letter.text.contains("You asked us to stop work on your request SAR-2026-000001."))
        #expect(try await world.matter(first).isOpen, "nothing is done before the letter is read")
        #expect(
            try await world.browser.post("/cases/\(first)/withdrawal", ["letter": " "]).status
                == .unprocessableContent)
        _ = try await world.browser.post("/cases/\(first)/withdrawal", ["letter": "Dear Aisha, it is withdrawn."])
        #expect(try await world.matter(first).conversations.map(\.sent.text) == ["Dear Aisha, it is withdrawn."])
        #expect(try await world.matter(first).outcome?.outcome == .withdrawn)

        let second = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(second)/closing")
        let empty = try await world.browser.post("/cases/\(second)/closing")
        #expect(empty.text.contains("Choose why it is closed."))
        #expect(empty.text.contains("Give the reason."))
        let closing = try await world.browser.post(
            "/cases/\(second)/closing", ["cause": "lapsed", "reason": "No answer"])
        #expect(try #require(closing.between("name=\"letter\"", "</textarea>")).contains("No answer"))
        _ = try await world.browser.post("/cases/\(second)/closing", ["letter": "Dear Aisha, it is closed."])
        #expect(try await world.matter(second).outcome?.outcome == .lapsed)

        let page = try await world.browser.get("/cases/\(second)")
        #expect(page.text.contains("Outcome: lapsed."))
        #expect(!page.text.contains("/cases/\(second)/pauses"))
        let again = try await world.browser.get("/cases/\(second)/closing")
        #expect(again.text.contains("This case is closed."))
    }

    @Test("Two requests about the same person are compared by a person")
    func compares() async throws {
        let world = try await DeskWorld()
        let first = try await world.premises.runningCase()
        let second = try await world.premises.runningCase()
        let page = try await world.browser.get("/cases/\(second)")
        #expect(page.text.contains("1 found, 1 not yet compared"))
        _ = try await world.browser.get("/cases/\(second)/duplicates/\(first)")
        let empty = try await world.browser.post("/cases/\(second)/duplicates/\(first)")
        #expect(empty.status == .unprocessableContent)
        let answer = try await world.browser.post(
            "/cases/\(second)/duplicates/\(first)", ["duplicate": "yes", "reason": "Same scope, same week"])
        #expect(answer.status == .seeOther)
        #expect(try await world.browser.get("/cases/\(second)").text.contains("The same request"))
        let stranger = try await world.casework.begin(
            world.premises.request {
                $0.subject = Subject(name: PersonName(given: "Tom", family: "Green"))
            }, by: world.premises.requester
        ).id
        #expect(try await world.browser.get("/cases/\(second)/duplicates/\(stranger)").status == .notFound)
    }
}
