import Casework
import Hummingbird
import Rights
import Store
import TestSupport
import Testing

@Suite("Files and release at the desk")
struct DeskReleaseTests {
    @Test("Several files are added at once; one that cannot be used does not keep the others out")
    func addsFiles() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(id)/files")
        let answer = try await world.browser.upload(
            "/cases/\(id)/files",
            [
                "purpose": "record", "arrived-on[day]": "2", "arrived-on[month]": "3", "arrived-on[year]": "2026",
            ],
            files: [
                .init("files", "clinic notes.txt", Array("Seen in clinic.".utf8)),
                .init("files", "program.txt", [0x4d, 0x5a, 0x90, 0x00] + [UInt8](repeating: 7, count: 200)),
            ])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("program.txt: "))
        let records = try await world.matter(id).records
        #expect(records.map(\.file.name) == ["clinic notes.txt"])
    }

    @Test("Adding nothing is refused")
    func refusesNoFiles() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        _ = try await world.browser.get("/cases/\(id)/files")
        let answer = try await world.browser.upload(
            "/cases/\(id)/files",
            ["purpose": "evidence", "arrived-on[day]": "2", "arrived-on[month]": "3", "arrived-on[year]": "2026"],
            files: [])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("Select a file."))
        #expect(answer.text.contains("Choose what the document proves."))
    }

    @Test("A clean file is opened as an attachment and recorded; one not yet checked stays closed")
    func opensCleanFiles() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let clean = try await world.premises.addRecord("Seen in clinic.", named: "notes.txt", to: id)
        let opened = try await world.browser.get("/cases/\(id)/files/\(clean.id)")
        #expect(opened.status == .ok)
        #expect(opened.text == "Seen in clinic.")
        #expect(try #require(opened.headers[.contentDisposition]).hasPrefix("attachment"))
        let views = try await world.browser.get("/cases/\(id)/views")
        #expect(views.text.contains("Opened the file notes.txt"))

        let raw = try await world.premises.takeIn("Not looked at", named: "new.txt", for: id)
        try await world.casework.perform(
            AddFiles(files: [raw], purpose: .record, arrivedOn: world.premises.today), on: id, by: world.premises.staff)
        let refused = try await world.browser.get("/cases/\(id)/files/\(raw.id)")
        #expect(refused.status == .unprocessableContent)
        #expect(refused.text.contains("being checked for viruses"))
    }

    @Test("A file of one case cannot be opened through another")
    func keepsFilesApart() async throws {
        let world = try await DeskWorld()
        let mine = try await world.premises.runningCase()
        let other = try await world.premises.runningCase()
        let file = try await world.premises.addRecord("Seen in clinic.", to: mine)
        #expect(try await world.browser.get("/cases/\(other)/files/\(file.id)").status == .notFound)
    }

    @Test("A file is taken out with the reason")
    func takesFileOut() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let file = try await world.premises.addRecord("Another person's page", to: id)
        _ = try await world.browser.get("/cases/\(id)/files/\(file.id)/removal")
        let empty = try await world.browser.post("/cases/\(id)/files/\(file.id)/removal")
        #expect(empty.status == .unprocessableContent)
        let answer = try await world.browser.post(
            "/cases/\(id)/files/\(file.id)/removal", ["reason": "Wrong person"])
        #expect(answer.status == .seeOther)
        #expect(try await world.matter(id).records.isEmpty)
    }

    @Test("The case page names every blocker, and the release page has no button while one stands")
    func namesBlockers() async throws {
        let world = try await DeskWorld()
        let id = try await world.casework.begin(world.premises.request(), by: world.premises.requester).id
        let page = try await world.browser.get("/cases/\(id)")
        #expect(page.text.contains("You cannot release this case yet."))
        for blocker in ["Identity has not been accepted.", "Address has not", "No record files have been added."] {
            #expect(page.text.contains(blocker), "\(blocker)")
        }
        #expect(try await !world.browser.get("/cases/\(id)/release").text.contains("/cases/\(id)/parts"))
        let parts = try await world.browser.get("/cases/\(id)/parts")
        #expect(parts.text.contains("This cannot be done now:"))
        #expect(parts.text.contains("Nobody has confirmed the release check."))
    }

    @Test("Every statement of the release check must be confirmed")
    func wantsEveryStatement() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        _ = try await world.premises.addRecord("Seen in clinic.", to: id)
        let checks = world.casework.policies.current.releaseChecks(in: .living)
        let first = try #require(checks.first)
        _ = try await world.browser.get("/cases/\(id)/release-check")
        let answer = try await world.browser.post("/cases/\(id)/release-check", ["statement-\(first.code)": "yes"])
        #expect(answer.status == .unprocessableContent)
        for check in checks.dropFirst() { #expect(answer.text.contains("#statement-\(check.code)")) }
        #expect(!answer.text.contains("href=\"#statement-\(first.code)\""))
        #expect(try await world.matter(id).confirmation == nil)
    }

    @Test("A release goes out with a covering note, once, and answers the request")
    func releases() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let file = try await world.premises.addRecord("Seen in clinic.", named: "notes.txt", to: id)
        try await world.premises.confirmRelease(of: id)
        _ = try await world.browser.get("/cases/\(id)/parts")
        let note = try await world.browser.post(
            "/cases/\(id)/parts",
            ["files": file.id.text, "final": "yes", "withheld": "Two lines about somebody else."])
        #expect(note.status == .ok)
        let text = try #require(note.between("name=\"note\"", "</textarea>"))
        #expect(text.contains("notes.txt"))
        #expect(text.contains("Two lines about somebody else."))
        for _ in 1...2 {
            let sent = try await world.browser.post("/cases/\(id)/parts", ["note": "Here are your records."])
            #expect(sent.status == .seeOther)
        }
        let matter = try await world.matter(id)
        #expect(matter.parts.count == 1)
        #expect(matter.outcome?.outcome == .released)
        #expect(try await world.browser.get("/cases/\(id)/release").text.contains("Not yet"))
    }

    @Test("A part goes out while tasks for the rest are open, and the clock goes on")
    func releasesPart() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let file = try await world.premises.addRecord("Volume 1", named: "volume 1.txt", to: id)
        try await world.casework.perform(
            GiveTask(title: "Find volume 2", department: "medical-records", dueOn: world.premises.today), on: id,
            by: world.premises.staff)
        try await world.premises.confirmRelease(of: id)
        _ = try await world.browser.get("/cases/\(id)/parts")
        let whole = try await world.browser.post("/cases/\(id)/parts", ["files": file.id.text, "final": "yes"])
        #expect(whole.status == .unprocessableContent)
        #expect(whole.text.contains("1 task not returned."))
        let note = try await world.browser.post("/cases/\(id)/parts", ["files": file.id.text, "final": "no"])
        #expect(note.text.contains("This is part 1. More will follow."))
        _ = try await world.browser.post("/cases/\(id)/parts", ["note": "Volume 1 first."])
        let matter = try await world.matter(id)
        #expect(matter.parts.first?.part.note == "Volume 1 first.")
        #expect(matter.isOpen)
    }

    @Test("A release that names another case's file is refused whole")
    func refusesForeignFile() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let own = try await world.premises.addRecord("Mine", to: id)
        let foreign = try await world.premises.addRecord("Theirs", to: try await world.premises.runningCase())
        try await world.premises.confirmRelease(of: id)
        _ = try await world.browser.get("/cases/\(id)/parts")
        let answer = try await world.browser.post(
            "/cases/\(id)/parts",
            ["files": own.id.text, "files": foreign.id.text, "final": "yes", "note": "Here they are."])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("Nothing has been released."))
        #expect(try await world.matter(id).parts.isEmpty)
    }
}
