import Casework
import Foundation
import HTTPTypes
import Rights
import Store
import TestSupport
import Testing

/// Questions of the trust and answers to them (S1-51 to S1-60).
@Suite struct PortalMessageTests {
    let premises: PortalPremises
    let browser: TestBrowser
    let id: Case.ID

    init() async throws {
        premises = try await PortalPremises()
        browser = await premises.aisha()
        id = try await premises.runningCase()
    }

    private var page: String { "/requests/\(id)" }

    @Test("A question shows as an icon with words, as an alert and as a mail, and goes when it is dealt with")
    func announced() async throws {
        #expect(try await !browser.get("/home").text.contains("needs your attention"))
        try await premises.ask("Which ward were you on?", .reply, of: id)
        let home = try await browser.get("/home")
        #expect(home.text.contains("There is a question that needs your attention."))
        #expect(home.text.contains("Click here"))
        #expect(home.text.contains("href=\"\(page)#messages\""))
        let list = try await browser.get("/requests")
        #expect(list.text.contains("class=\"app-msg\""))
        #expect(list.text.contains("to answer about SAR-2026-000001"))
        let mail = try #require(try await premises.casework.store.read { try $0.messages(limit: 1) }.first)
        #expect(!mail.body.contains("ward"), "what was asked is not in the mail")

        try await open(1)
        _ = try await browser.post("\(page)/messages/1/answers", ["answer-1": "Ward 9"])
        #expect(try await !browser.get("/home").text.contains("needs your attention"))
        #expect(try await !browser.get("/requests").text.contains("class=\"app-msg\""))
    }

    private func open(_ number: Int) async throws {
        _ = try await browser.get(page)
        let opened = try await browser.post("\(page)/messages/\(number)/open")
        try #require(opened.location == "\(page)#message-\(number)")
        _ = try await browser.get(page)
    }

    @Test("A message is shown when it is opened, and the time it was read is kept once")
    func opened() async throws {
        try await premises.ask("Which ward were you on?", .reply, of: id)
        let closed = try await browser.get(page)
        #expect(!closed.text.contains("Which ward"))
        #expect(closed.text.contains("Read and answer this question"))
        #expect(try await premises.matter(id).conversation(1)?.readAt == nil, "looking at the page reads nothing")
        try await open(1)
        let read = try #require(try await premises.matter(id).conversation(1)?.readAt)
        premises.premises.world.advance(seconds: 3_600)
        try await open(1)
        #expect(try await premises.matter(id).conversation(1)?.readAt == read)
        let shown = try await browser.get(page)
        #expect(shown.text.contains("Which ward were you on?"))
        #expect(shown.text.contains("You read this on 2 March 2026, 9:30am."))
    }

    @Test("The upload square is there only where a document is asked for")
    func square() async throws {
        try await premises.ask("Which ward were you on?", .reply, of: id)
        try await open(1)
        #expect(try await !browser.get(page).text.contains("type=\"file\""))
        try await premises.ask("Please send the consent form.", .document, check: .authority, of: id)
        try await open(2)
        #expect(try await browser.get(page).text.contains("type=\"file\""))
        let forced = try await browser.upload(
            "\(page)/messages/1/documents", ["answer-1": "Here"], files: [.init("files-1", "a.png", Sample.png)])
        #expect(forced.status == .notFound, "no document was asked for")
    }

    @Test("Save sends a document and words, offered as the proof that was asked for")
    func document() async throws {
        try await premises.ask("Please send the consent form.", .document, check: .authority, of: id)
        try await open(1)
        let sent = try await browser.upload(
            "\(page)/messages/1/documents", ["answer-1": "It is signed now"],
            files: [.init("files-1", "consent.png", Sample.png)])
        #expect(sent.location == "\(page)?done=answered")
        let matter = try await premises.matter(id)
        let reply = try #require(matter.conversation(1)?.replies.first)
        #expect(reply.received.text == "It is signed now")
        #expect(reply.received.files.count == 1)
        #expect(matter.standing(of: .authority).offered.last?.evidence.file == reply.received.files.first)
        let shown = try await browser.get(page)
        #expect(shown.text.contains("consent.png"))
        #expect(shown.text.contains("Not checked yet"))
    }

    @Test("A refused answer comes back with its words and the files that were good, and is sent at the next try")
    func refused() async throws {
        try await premises.ask("Please send the consent form.", .document, check: .authority, of: id)
        try await open(1)
        let refused = try await browser.upload(
            "\(page)/messages/1/documents", ["answer-1": "Both pages"],
            files: [.init("files-1", "one.png", Sample.png), .init("files-1", "two.png", Sample.program)])
        #expect(refused.status == .unprocessableContent)
        #expect(refused.text.contains("“two.png” must be a"))
        #expect(refused.text.contains("Both pages</textarea>"))
        #expect(refused.text.contains("one.png"))
        #expect(try await premises.matter(id).conversation(1)?.isAnswered == false)

        let held = try #require(refused.between("name=\"held\" value=\"", "\""))
        let sent = try await browser.upload(
            "\(page)/messages/1/documents", ["answer-1": "Both pages", "held": held],
            files: [.init("files-1", "two.png", Sample.png)])
        #expect(sent.status == .seeOther)
        #expect(Set(try await premises.matter(id).files.map(\.file.name)) == ["one.png", "two.png"])
    }

    @Test("A file of another case or another person cannot be passed off as one that was held")
    func smuggled() async throws {
        let record = try await premises.premises.addRecord("Secret", to: id)
        // Staff are about to add it: under the case's key, and of no case yet.
        let loose = try await premises.casework.takeIn(
            Chunks(bytes: Array("Not added yet".utf8), size: 7), named: "notes.txt",
            under: premises.casework.key(of: id), into: nil, from: .staff, by: premises.premises.staff)
        try await premises.ask("Please send the consent form.", .document, of: id)
        try await open(1)
        let sent = try await browser.upload(
            "\(page)/messages/1/documents", ["held": record.id.text, "held": loose.id.text], files: [])
        #expect(sent.status == .unprocessableContent)
        #expect(sent.text.contains("Choose a document to send"))
        #expect(try await premises.matter(id).conversation(1)?.isAnswered == false)
    }

    @Test("An empty answer and one that is too long are refused beside the box")
    func wrongLength() async throws {
        try await premises.ask("Which ward were you on?", .reply, of: id)
        try await open(1)
        let empty = try await browser.post("\(page)/messages/1/answers", ["answer-1": "  "])
        #expect(empty.text.contains("href=\"#answer-1\""))
        let long = try await browser.post(
            "\(page)/messages/1/answers", ["answer-1": String(repeating: "a", count: 5_001)])
        #expect(long.status == .unprocessableContent)
        #expect(long.text.contains("Your answer must be 5000 characters or less"))
    }

    @Test("An answer sent twice is one answer")
    func replayed() async throws {
        try await premises.ask("Which ward were you on?", .reply, of: id)
        try await open(1)
        for _ in 0..<2 {
            let sent = try await browser.post("\(page)/messages/1/answers", ["answer-1": "Ward 9"])
            #expect(sent.status == .seeOther)
        }
        #expect(try await premises.matter(id).conversation(1)?.replies.count == 1)
    }

    @Test("Whoever goes back, writes something else and sends it again sends a second message")
    func back() async throws {
        _ = try await browser.get(page)
        for text in ["First", "First", "Second"] {
            #expect(try await browser.post("\(page)/messages", ["text": text]).status == .seeOther)
        }
        #expect(try await premises.matter(id).unpromptedReplies.map(\.received.text) == ["First", "Second"])
    }

    @Test("The requester writes of their own accord, and reads the trust's messages under the department's name")
    func written() async throws {
        _ = try await browser.get(page)
        let sent = try await browser.post("\(page)/messages", ["text": "Is <b>everything</b> there?"])
        #expect(sent.location == "\(page)?done=written")
        try await premises.ask("Yes, it is.", .nothing, of: id)
        try await open(1)
        let shown = try await browser.get(page)
        #expect(shown.text.contains("Is &lt;b&gt;everything&lt;/b&gt; there?"))
        #expect(shown.text.contains("Medico-Legal"))
        #expect(!shown.text.contains("Hughes"))
        let empty = try await browser.post("\(page)/messages", ["text": ""])
        #expect(empty.status == .unprocessableContent)
        #expect(empty.text.contains("Enter a message."))
    }

    @Test("A message that was read can be printed, in large print too, by nobody else")
    func letter() async throws {
        try await premises.ask("We have <found> 3 volumes.", .nothing, of: id)
        let link = "/requests/\(id)/messages/1/letter"
        let unread = try await browser.get(link)
        #expect(unread.location == "/requests/\(id)#messages", "opening it is what its time is kept of")
        try await premises.casework.perform(ReadMessage(number: 1), on: id, by: premises.premises.requester)
        #expect(try await browser.get("/requests/\(id)").text.contains("href=\"\(link)\""))
        let usual = try await browser.get(link)
        #expect(usual.text.contains("We have &lt;found&gt; 3 volumes."))
        #expect(usual.text.contains("in large print, in another language"))
        #expect(usual.text.contains("records@example.org"))
        #expect(!usual.text.contains("app-letter--large"))
        #expect(try await browser.get("\(link)?size=large").text.contains("app-letter--large"))
        #expect(try await browser.get("/requests/\(id)/messages/2/letter").status == .notFound)
        #expect(try await premises.somebodyElse().get(link).status == .notFound)
    }
}
