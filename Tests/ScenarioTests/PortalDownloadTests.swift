import Casework
import HTTPTypes
import Rights
import Store
import TestSupport
import Testing

/// Released files (S1-62, S1-63).
@Suite struct PortalDownloadTests {
    let premises: PortalPremises
    let browser: TestBrowser
    let id: Case.ID
    let file: String

    init() async throws {
        premises = try await PortalPremises()
        browser = await premises.aisha()
        id = try await premises.runningCase()
        file = try await premises.release("You were well again", named: "notes.txt", of: id)
    }

    private var downloads: Int {
        get async throws { try await premises.matter(id).parts.flatMap(\.downloads).count }
    }

    @Test("Released files are listed with size and last day, are downloaded, and each copy is recorded")
    func downloaded() async throws {
        let page = try await browser.get("/requests/\(id)")
        let until = try #require(try await premises.matter(id).parts.first?.part.downloadUntil)
        #expect(page.text.contains("href=\"\(file)\""))
        #expect(page.text.contains("19 bytes"))
        #expect(page.text.contains(until.inWords))
        #expect(page.text.contains("Your records are enclosed."))
        let answer = try await browser.get(file)
        #expect(answer.status == .ok)
        #expect(answer.text == "You were well again")
        #expect(answer.headers[.contentDisposition]?.contains("filename=\"notes.txt\"") == true)
        #expect(answer.headers[.cacheControl]?.contains("no-store") == true)
        #expect(try await downloads == 1)
        #expect(try await browser.get("/requests/\(id)").text.contains("Last downloaded on 2 March 2026"))
    }

    @Test("A download goes on where it was broken off, as one copy; a look at the headers is none")
    func ranges() async throws {
        _ = try await browser.send(.head, file)
        #expect(try await downloads == 0)
        let first = try await browser.get(file, headers: [.range: "bytes=0-8"])
        #expect(first.status == .partialContent)
        let rest = try await browser.get(file, headers: [.range: "bytes=9-"])
        #expect(first.text + rest.text == "You were well again")
        #expect(try await downloads == 1)
    }

    @Test("A copy that leaves out the beginning is recorded all the same")
    func middle() async throws {
        _ = try await browser.get(file, headers: [.range: "bytes=1-"])
        #expect(try await downloads == 1)
    }

    @Test("After the last day the page says so, and nothing is given out")
    func expired() async throws {
        let until = try #require(try await premises.matter(id).parts.first?.part.downloadUntil)
        premises.premises.world.advance(days: until - premises.premises.today)
        #expect(try await browser.get(file).status == .ok, "the last day counts")
        premises.premises.world.advance(days: 1)
        let answer = try await browser.get(file)
        #expect(answer.status == .gone)
        #expect(answer.text.contains("could be downloaded until \(until.inWords)"))
        #expect(!answer.text.contains("well again"))
        #expect(try await !browser.get("/requests/\(id)").text.contains("href=\"\(file)\""))
        #expect(try await downloads == 1)
    }

    @Test("Nobody else has the file, and no file that was not released")
    func others() async throws {
        let stranger = await premises.somebodyElse()
        #expect(try await stranger.get(file).status == .notFound)
        let visitor = await premises.browser()
        #expect(try await visitor.get(file).status == .seeOther)

        let other = try await premises.runningCase()
        let held = try await premises.premises.addRecord("Not released", to: other)
        let released = try #require(file.split(separator: "/").last)
        for path in [
            "/requests/\(other)/parts/1/files/\(held.id)", "/requests/\(id)/parts/1/files/\(held.id)",
            "/requests/\(other)/parts/1/files/\(released)", "/requests/\(id)/parts/2/files/\(released)",
            "/requests/\(id)/parts/x/files/\(released)",
        ] {
            #expect(try await browser.get(path).status == .notFound, "\(path)")
        }
        #expect(try await downloads == 0)
    }

    @Test("A week before the last day a mail tells whoever has not fetched all, once")
    func warned() async throws {
        let until = try #require(try await premises.matter(id).parts.first?.part.downloadUntil)
        func warnings() async throws -> [String] {
            for id in try await premises.casework.casesWithFilesToFetch() {
                try await premises.casework.warnOfExpiry(in: id)
            }
            return try await premises.casework.store.read { [id] in try $0.messages(about: id) }.map(\.body)
                .filter { $0.contains("that you have not downloaded") }
        }
        premises.premises.world.advance(days: until - premises.premises.today - 8)
        #expect(try await warnings().isEmpty)
        premises.premises.world.advance(days: 1)
        #expect(try await warnings().count == 1)
        #expect(try await warnings().allSatisfy { $0.contains(until.inWords) && !$0.contains("notes.txt") })
        premises.premises.world.advance(days: 2)
        #expect(try await warnings().count == 1)
    }

    @Test("Whoever has fetched everything is not warned")
    func notWarned() async throws {
        let until = try #require(try await premises.matter(id).parts.first?.part.downloadUntil)
        _ = try await browser.get(file)
        premises.premises.world.advance(days: until - premises.premises.today - 1)
        try await premises.casework.warnOfExpiry(in: id)
        let mails = try await premises.casework.store.read { [id] in try $0.messages(about: id) }
        #expect(!mails.contains { $0.body.contains("that you have not downloaded") })
    }

    @Test("The mail says that files are ready, and nothing of what is in them")
    func mail() async throws {
        let mails = try await premises.casework.store.read { [id] in try $0.messages(about: id) }
        let ready = try #require(mails.last)
        #expect(ready.body.contains("SAR-2026-000001"))
        let until = try #require(try await premises.matter(id).parts.first?.downloadUntil)
        #expect(ready.body.contains("until \(until.inWords)"))
        #expect(!ready.body.contains("notes.txt"))
        #expect(!ready.body.contains("enclosed"))
    }

    @Test("Files whose time has ended are released again past the gates, the requester is told, and warned again")
    func releasedAgain() async throws {
        let world = premises.premises
        _ = try await browser.get(file)
        let until = try #require(try await premises.matter(id).parts.first?.downloadUntil)
        world.world.advance(days: until - world.today + 1)
        let desk = await premises.desk()
        let page = try await desk.get("/cases/\(id)/release")
        #expect(page.text.contains("Could be downloaded until \(until.inWords)."))
        #expect(page.text.contains("Nobody has confirmed the release check."))
        let blocked = try await desk.get("/cases/\(id)/parts/1/again")
        #expect(blocked.text.contains("Nobody has confirmed the release check."))
        #expect(!blocked.text.contains("name=\"reason\""))
        try await world.confirmRelease(of: id)
        #expect(try await desk.get("/cases/\(id)/release").text.contains("/cases/\(id)/parts/1/again"))
        _ = try await desk.get("/cases/\(id)/parts/1/again")
        let empty = try await desk.post("/cases/\(id)/parts/1/again")
        #expect(empty.status == .unprocessableContent)
        let before = try await mails().count
        let sent = try await desk.post("/cases/\(id)/parts/1/again", ["reason": "She was in hospital."])
        #expect(sent.status == .seeOther)

        let next = world.today + world.casework.policies.current.periods.downloadDays
        let told = try await mails()
        #expect(told.count == before + 1)
        #expect(told.last?.contains(next.inWords) == true)
        #expect(told.last?.contains("hospital") == false)
        let request = try await browser.get("/requests/\(id)")
        #expect(request.text.contains("We made these files available again on \(world.today.inWords)."))
        #expect(request.text.contains(next.inWords))
        #expect(!request.text.contains("She was in hospital."))
        let history = try await desk.get("/cases/\(id)/history")
        #expect(history.text.contains("Part 1 released again"))

        // The copy of the first time is not one of the second, so that the warning goes out again, once.
        world.world.advance(days: next - world.today - 1)
        for _ in 1...2 { try await premises.casework.warnOfExpiry(in: id) }
        #expect(try await mails().filter { $0.contains("that you have not downloaded") }.count == 1)
        #expect(try await browser.get(file).text == "You were well again")
        #expect(try await downloads == 2)
        world.world.advance(days: 2)
        #expect(try await browser.get(file).status == .gone)
    }

    private func mails() async throws -> [String] {
        try await premises.casework.store.read { [id] in try $0.messages(about: id) }.map(\.body)
    }
}
