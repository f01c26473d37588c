import Casework
import HTTPTypes
import Rights
import Store
import TestSupport
import Testing

/// Files of a request that is not sent yet: every one of them may be hostile (S1-39, S1-40).
@Suite struct PortalUploadTests {
    let premises: PortalPremises
    let browser: TestBrowser
    let draft: String

    init() async throws {
        premises = try await PortalPremises()
        browser = await premises.aisha()
        draft = try await premises.draft("living", in: browser)
        try await PortalForms.fill(Array(PortalForms.ownRecords.prefix(4)), of: draft, in: browser)
        _ = try await browser.get("\(draft)/pages/identity")
    }

    private func upload(_ files: [TestBrowser.File]) async throws -> TestBrowser.Answer {
        try await browser.upload("\(draft)/pages/identity/files", ["do": "add"], files: files)
    }

    private var kept: [String] {
        get async throws {
            try await premises.casework.drafts(of: premises.premises.account).first?.answers.files.map(\.name) ?? []
        }
    }

    @Test("Several files come at once, each with its name, kind and size")
    func several() async throws {
        let answer = try await upload([
            .init("identity-proof", "front.png", Sample.png), .init("identity-proof", "back.png", Sample.png),
        ])
        #expect(answer.status == .seeOther)
        let page = try await browser.get("\(draft)/pages/identity")
        #expect(page.text.contains("front.png"))
        #expect(page.text.contains("PNG, \(Sample.png.count) bytes"))
        #expect(try await kept == ["front.png", "back.png"])
    }

    @Test("What cannot be used is refused by name, and what came with it is kept")
    func refused() async throws {
        let answer = try await upload([
            .init("identity-proof", "good.png", Sample.png), .init("identity-proof", "empty.png", []),
            .init("identity-proof", "passport.png", Sample.program),
            .init("identity-proof", "cut.png", Array(Sample.png.dropLast(12))),
        ])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("“empty.png” is empty"))
        #expect(answer.text.contains("“passport.png” must be a"))
        #expect(answer.text.contains("“cut.png” is damaged"))
        #expect(answer.text.contains("href=\"#identity-proof\""))
        #expect(try await kept == ["good.png"])
    }

    @Test("A file that is too large is refused as it arrives")
    func tooLarge() async throws {
        let most = premises.casework.policies.current.files.requesterBytes
        let answer = try await upload([
            .init("identity-proof", "scan.png", Sample.png + [UInt8](repeating: 0, count: most))
        ])
        #expect(answer.text.contains("“scan.png” must be smaller than 25MB"))
        #expect(try await kept.isEmpty)
    }

    @Test("What an account has not sent may only hold so much together, and what is deleted makes room")
    func unsent() async throws {
        let casework = premises.casework
        let account = premises.premises.account
        let key = try #require(try await casework.drafts(of: account).first).key
        let now = premises.premises.world.now
        // All the room but that for one picture, taken by a file of whose bytes nobody asks here.
        let ballast = StoredFile(
            id: premises.premises.world.surroundings.identifier(), name: "ballast.png",
            size: casework.policies.current.files.unsentBytes - Sample.png.count, sha256: "", contentType: "image/png")
        try await casework.store.write {
            try $0.add(ballast, under: key, by: "requester:\(account)", at: now)
        }
        #expect(try await upload([.init("identity-proof", "fits.png", Sample.png)]).status == .seeOther)
        let refused = try await upload([.init("identity-proof", "more.png", Sample.png)])
        #expect(refused.status == .unprocessableContent)
        #expect(refused.text.contains("“more.png” could not be uploaded, because the requests that you have not sent"))
        #expect(try await kept == ["fits.png"])
        #expect(try await casework.store.write { try $0.forget(ballast.id) })
        #expect(try await upload([.init("identity-proof", "more.png", Sample.png)]).status == .seeOther)
        #expect(try await kept == ["fits.png", "more.png"])
    }

    @Test("More files than the question takes are refused")
    func tooMany() async throws {
        let most = premises.casework.policies.current.files.filesPerQuestion
        let answer = try await upload(
            (0...most).map { .init("identity-proof", "\($0).png", Sample.png) })
        #expect(answer.text.contains("You can only select up to \(most) files at the same time"))
        #expect(try await kept.count == most)
    }

    @Test("Upload without a file says so, and so does Continue")
    func none() async throws {
        #expect(try await upload([]).text.contains("Select a file to upload"))
        let answer = try await browser.upload(
            "\(draft)/pages/identity/files", ["do": "continue"], files: [])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("Select a file to upload"))
    }

    @Test("A file is taken out again, by its owner alone")
    func removed() async throws {
        _ = try await upload([.init("identity-proof", "front.png", Sample.png)])
        let file = try #require(
            try await premises.casework.drafts(of: premises.premises.account).first?.answers.files.first)
        let path = "\(draft)/pages/identity/questions/identity-proof/files/\(file.id)/remove"
        let stranger = await premises.somebodyElse()
        _ = try await stranger.get("/new-request")
        #expect(try await stranger.post(path).status == .notFound)
        #expect(try await kept == ["front.png"])
        _ = try await browser.get("\(draft)/pages/identity")
        #expect(try await browser.post(path).status == .seeOther)
        #expect(try await kept.isEmpty)
        #expect(try await browser.post(path).status == .notFound, "it is gone")
    }

    @Test("Taken out of a page that was opened from the check, the page still leads back there")
    func removedFromCheck() async throws {
        _ = try await upload([.init("identity-proof", "front.png", Sample.png)])
        let page = try await browser.get("\(draft)/pages/identity?return=check")
        let path = try #require(page.between("<form action=\"\(draft)/pages/identity/questions/", "\""))
        let removed = try await browser.post("\(draft)/pages/identity/questions/\(path)")
        #expect(removed.location == "\(draft)/pages/identity?return=check")
    }

    @Test("A file for a question that the page does not ask is not taken")
    func otherField() async throws {
        _ = try await upload([.init("patient-consent", "consent.png", Sample.png)])
        #expect(try await kept.isEmpty)
    }

    @Test("A name with folders and a turned direction is shown as a plain name")
    func names() async throws {
        _ = try await upload([.init("identity-proof", "../../etc/\u{202e}gnp.exe.png", Sample.png)])
        #expect(try await kept == ["gnp.exe.png"])
    }
}
