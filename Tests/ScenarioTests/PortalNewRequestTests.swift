import Casework
import Foundation
import HTTPTypes
import Portal
import Rights
import Store
import TestSupport
import Testing

/// From choosing a type to the reference number, as a browser does it (S1-32 to S1-44, S1-65).
@Suite struct PortalNewRequestTests {
    let premises: PortalPremises

    init() async throws {
        premises = try await PortalPremises()
    }

    @Test("A patient asks for their own records and has the reference at once and by mail")
    func ownRecords() async throws {
        let browser = await premises.aisha()
        let draft = try await premises.draft("living", in: browser)
        try await PortalForms.fill(PortalForms.ownRecords, of: draft, in: browser)
        try await PortalForms.prove("identity", "identity-proof", of: draft, in: browser)
        // One file proves both.
        let address = try await browser.get("\(draft)/pages/address-proof")
        #expect(address.text.contains("Use the file I have already added"))
        let reused = try await browser.upload(
            "\(draft)/pages/address-proof/files", ["address-proof-reuse": "yes", "do": "continue"], files: [])
        #expect(reused.status == .seeOther)
        let tasks = try await browser.get(draft)
        #expect(tasks.text.contains("\(draft)/check"))

        let check = try await browser.get("\(draft)/check")
        for shown in ["Aisha", "4 July 1979", "999 004 1873", "14 Quay Road", "passport.png", "Large print", "Submit"] {
            #expect(check.text.contains(shown), "\(shown) is shown to be checked")
        }
        let submitted = try await browser.post("\(draft)/submit")
        let sent = try await browser.get(try #require(submitted.location))
        #expect(sent.text.contains("SAR-2026-000001"))

        let mails = try await premises.casework.store.read { try $0.messages(limit: 10) }
        #expect(mails.map(\.recipient) == ["a.rahman@example.org"])
        #expect(mails.allSatisfy { "\($0.subject) \($0.body)".contains("SAR-2026-000001") })
        #expect(mails.allSatisfy { !"\($0.subject) \($0.body)".contains("Aisha") })
        #expect(try await browser.get(draft).status == .notFound, "a sent request is no draft")

        let list = try await browser.get("/requests")
        #expect(list.text.contains("SAR-2026-000001"))
        #expect(list.text.contains("Showing 1 request."))
    }

    @Test("What was asked, who asks, and the proofs are kept with the case")
    func keptWithTheCase() async throws {
        let browser = await premises.aisha()
        let draft = try await premises.draft("living", in: browser)
        try await PortalForms.fill(PortalForms.ownRecords, of: draft, in: browser)
        try await PortalForms.prove("identity", "identity-proof", of: draft, in: browser)
        try await PortalForms.prove("address-proof", "address-proof", named: "bill.png", of: draft, in: browser)
        let location = try #require(try await browser.post("\(draft)/submit").location)
        let matter = try await open(location)
        #expect(matter.receivedOn == premises.premises.today)
        #expect(matter.account == premises.premises.account)
        #expect(matter.requester.email == "a.rahman@example.org")
        #expect(matter.subject.dateOfBirth == Day("1979-07-04"))
        #expect(matter.received.scope.description == "My stay in March 2025")
        #expect(matter.received.adjustments == "Large print")
        #expect(matter.files.map(\.file.name) == ["passport.png", "bill.png"])
        #expect(matter.standing(of: .identity).offered.count == 1)
        #expect(matter.standing(of: .address).offered.count == 1)
    }

    @Test("A request that is sent after midnight in London came on that day, whatever the day is in UTC")
    func londonDay() async throws {
        let summer = try await PortalPremises(at: "2026-06-30T23:30:00.000Z")
        let browser = await summer.aisha()
        let draft = try await summer.draft("living", in: browser)
        try await PortalForms.fill(PortalForms.ownRecords, of: draft, in: browser)
        try await PortalForms.prove("identity", "identity-proof", of: draft, in: browser)
        try await PortalForms.prove("address-proof", "address-proof", of: draft, in: browser)
        let location = try #require(try await browser.post("\(draft)/submit").location)
        let id = try #require(Case.ID(location.split(separator: "/")[1]))
        #expect(try await summer.matter(id).receivedOn == Day("2026-07-01"))
    }

    @Test("The executor of a patient who has died asks, and must send proof of it")
    func deceased() async throws {
        let browser = await premises.aisha()
        let draft = try await premises.draft("deceased", in: browser)
        try await PortalForms.fill(PortalForms.executor, of: draft, in: browser)
        try await PortalForms.prove("identity", "identity-proof", of: draft, in: browser)
        try await PortalForms.prove("address-proof", "address-proof", of: draft, in: browser)
        let missing = try await browser.get("\(draft)/check")
        #expect(missing.text.contains("Upload the will or the grant of probate"))
        #expect(!missing.text.contains("\(draft)/submit"))
        let refused = try await browser.post("\(draft)/submit")
        #expect(refused.status == .unprocessableContent)

        try await PortalForms.prove("authority", "executor-proof", named: "will.png", of: draft, in: browser)
        _ = try await browser.get("\(draft)/check")
        let location = try #require(try await browser.post("\(draft)/submit").location)
        let matter = try await open(location)
        #expect(matter.reference == "AHR-2026-000001")
        #expect(matter.received.regime == .deceased)
        #expect(matter.subject.dateOfDeath == Day("2026-01-03"))
        #expect(matter.standing(of: .authority).offered.count == 1)
    }

    @Test("A representative cannot send a request without the patient's signed consent")
    func consentMissing() async throws {
        let browser = await premises.aisha()
        let draft = try await premises.draft("living", in: browser)
        try await PortalForms.fill(PortalForms.carer, of: draft, in: browser)
        try await PortalForms.prove("identity", "identity-proof", of: draft, in: browser)
        try await PortalForms.prove("address-proof", "address-proof", of: draft, in: browser)
        _ = try await browser.get("\(draft)/check")
        let refused = try await browser.post("\(draft)/submit")
        #expect(refused.status == .unprocessableContent)
        #expect(refused.text.contains("Upload the consent form signed by the patient"))
        #expect(try await premises.casework.store.read { try $0.caseIDs() }.isEmpty)
    }

    @Test("Pressed twice, Submit makes one request, and each press leads to it")
    func twice() async throws {
        let browser = await premises.aisha()
        let draft = try await finished(in: browser)
        _ = try await browser.get("\(draft)/check")
        let first = try await browser.post("\(draft)/submit")
        let second = try await browser.post("\(draft)/submit")
        #expect(first.location == second.location)
        #expect(try await premises.casework.store.read { try $0.caseIDs() }.count == 1)
    }

    @Test("Nobody opens, changes, sends or deletes somebody else's draft, sent or not")
    func strangersDraft() async throws {
        let browser = await premises.aisha()
        let draft = try await finished(in: browser)
        let stranger = await premises.somebodyElse()
        for path in ["", "/pages/who", "/check", "/delete"] {
            #expect(try await stranger.get(draft + path).status == .notFound, "\(path)")
        }
        _ = try await stranger.get("/new-request")
        for path in ["/pages/who", "/submit"] {
            #expect(try await stranger.post(draft + path, ["capacity": "patient"]).status == .notFound, "\(path)")
        }
        let uploaded = try await stranger.upload(
            "\(draft)/pages/identity/files", ["do": "add"], files: [.init("identity-proof", "a.png", Sample.png)])
        #expect(uploaded.status == .notFound)
        _ = try await stranger.post("\(draft)/delete")
        #expect(try await browser.get(draft).status == .ok, "it is still there")

        _ = try await browser.get("\(draft)/check")
        let location = try #require(try await browser.post("\(draft)/submit").location)
        _ = try await stranger.get("/new-request")
        #expect(try await stranger.post("\(draft)/submit").status == .notFound)
        #expect(try await stranger.get(location).status == .notFound)
    }

    @Test(
        "An address that somebody made up leads nowhere",
        arguments: [
            "/drafts/1", "/drafts/01arz3ndektsv4rrffq69g5fav", "/drafts/' OR 1=1 --/check", "/requests/..%2f..%2fetc",
            "/requests/01arz3ndektsv4rrffq69g5fav", "/requests/1/parts/1/files/1",
        ])
    func tampered(path: String) async throws {
        let browser = await premises.aisha()
        #expect(try await browser.get(path.replacing(" ", with: "%20")).status == .notFound)
    }

    @Test("A page that the answers do not lead to cannot be opened or answered")
    func hiddenPage() async throws {
        let browser = await premises.aisha()
        let draft = try await premises.draft("living", in: browser)
        #expect(try await browser.get("\(draft)/pages/nhs-number").status == .notFound)
        _ = try await browser.get("\(draft)/pages/who")
        #expect(try await browser.post("\(draft)/pages/nhs-number", ["nhs-number": "999 004 1873"]).status == .notFound)
    }

    @Test("What was refused is shown again as it was typed, with every reason and the word Error in the title")
    func refusedAsTyped() async throws {
        let browser = await premises.aisha()
        let draft = try await premises.draft("living", in: browser)
        try await PortalForms.fill(Array(PortalForms.ownRecords.prefix(2)), of: draft, in: browser)
        _ = try await browser.get("\(draft)/pages/your-address")
        let refused = try await browser.post(
            "\(draft)/pages/your-address",
            ["address-line-1": "14 <Quay> Road", "address-town": "", "address-postcode": ""])
        #expect(refused.status == .unprocessableContent)
        #expect(refused.title?.hasPrefix("Error: ") == true)
        #expect(refused.text.contains("value=\"14 &lt;Quay&gt; Road\""))
        #expect(refused.text.contains("href=\"#address-town\""))
        #expect(refused.text.contains("href=\"#address-postcode\""))

        try await PortalForms.fill(Array(PortalForms.ownRecords[2...3]), of: draft, in: browser)
        _ = try await browser.get("\(draft)/pages/birth")
        let date = try await browser.post(
            "\(draft)/pages/birth",
            ["date-of-birth[day]": "31", "date-of-birth[month]": "2", "date-of-birth[year]": "1979"])
        #expect(date.text.contains("Date of birth must be a real date"))
        #expect(date.text.contains("href=\"#date-of-birth-day\""))
        #expect(date.text.contains("value=\"31\""))
    }

    @Test("A name of ten megabytes is refused, and the rest of the page comes back")
    func longName() async throws {
        let browser = await premises.aisha()
        let draft = try await premises.draft("living", in: browser)
        try await PortalForms.fill(Array(PortalForms.ownRecords.prefix(1)), of: draft, in: browser)
        _ = try await browser.get("\(draft)/pages/your-name")
        let book = String(repeating: "x", count: 10_000_000)
        let refused = try await browser.post(
            "\(draft)/pages/your-name", ["given-name": book, "family-name": "Rahman"])
        #expect(refused.status == .unprocessableContent)
        #expect(refused.text.contains("Rahman"))
        let long = try await browser.post(
            "\(draft)/pages/your-name", ["given-name": String(repeating: "x", count: 101), "family-name": "Rahman"])
        #expect(long.text.contains("must be 100 characters or less"))
    }

    @Test(
        "Names of any script are kept as they are typed, and cannot turn the words around them",
        arguments: ["عائشة", "Ọláṣùbọ̀mí", "Zoë 🦊", "O'Neill <b>"])
    func names(name: String) async throws {
        let browser = await premises.aisha()
        let draft = try await premises.draft("living", in: browser)
        try await PortalForms.fill(Array(PortalForms.ownRecords.prefix(1)), of: draft, in: browser)
        _ = try await browser.get("\(draft)/pages/your-name")
        _ = try await browser.post("\(draft)/pages/your-name", ["given-name": name, "family-name": "\u{202e}Rahman"])
        let kept = try await premises.casework.drafts(of: premises.premises.account)
        #expect(kept.first?.answers["given-name"] == .text(name.precomposedStringWithCanonicalMapping))
        #expect(kept.first?.answers["family-name"] == .text("Rahman"))
        let page = try await browser.get("\(draft)/pages/your-name")
        #expect(!page.text.contains("<b>"))
    }

    @Test("A draft is kept at each step, listed on the home page, and goes on where it was left")
    func resumed() async throws {
        let browser = await premises.aisha()
        let draft = try await premises.draft("living", in: browser)
        try await PortalForms.fill(Array(PortalForms.ownRecords.prefix(2)), of: draft, in: browser)
        let later = await premises.aisha()
        let home = try await later.get("/home")
        #expect(home.text.contains("Requests you have not sent"))
        #expect(home.text.contains(draft))
        let page = try await later.get("\(draft)/pages/your-name")
        #expect(page.text.contains("value=\"Aisha\""))
        #expect(try await premises.casework.store.read { try $0.caseIDs() }.isEmpty, "a draft is no case")
    }

    @Test("A deleted draft is gone with its files and its key")
    func deleted() async throws {
        let browser = await premises.aisha()
        let draft = try await premises.draft("living", in: browser)
        try await PortalForms.fill(Array(PortalForms.ownRecords.prefix(2)), of: draft, in: browser)
        try await PortalForms.prove("identity", "identity-proof", of: draft, in: browser)
        let kept = try #require(try await premises.casework.drafts(of: premises.premises.account).first)
        let file = try #require(kept.answers.files.first)
        _ = try await browser.get("\(draft)/delete")
        let deleted = try await browser.post("\(draft)/delete")
        #expect(deleted.location == "/home?done=deleted")
        #expect(try await browser.get(draft).status == .notFound)
        let (isKnown, key) = try await premises.casework.store.read { transaction in
            (try transaction.filesAwaiting(under: kept.key).contains(file.id), try? transaction.key(kept.key))
        }
        #expect(!isKnown)
        #expect(key == nil)
    }

    @Test("Drafts that nobody touched for as long as they are kept are removed, and others stay")
    func swept() async throws {
        let browser = await premises.aisha()
        let old = try await premises.draft("living", in: browser)
        premises.premises.world.advance(days: 20)
        let young = try await premises.draft("living", in: browser)
        premises.premises.world.advance(days: 12)
        #expect(try await premises.casework.sweepDrafts() == 1)
        #expect(try await browser.get(old).status == .notFound)
        #expect(try await browser.get(young).status == .ok)
    }

    @Test("A changed answer leads back to the check, by way of the pages it has opened")
    func changed() async throws {
        let browser = await premises.aisha()
        let draft = try await finished(in: browser)
        _ = try await browser.get("\(draft)/pages/your-name?return=check")
        let back = try await browser.post(
            "\(draft)/pages/your-name", ["given-name": "Ayesha", "family-name": "Rahman"])
        #expect(back.location == "\(draft)/check")
        _ = try await browser.get("\(draft)/pages/urgent?return=check")
        let opened = try await browser.post("\(draft)/pages/urgent", ["urgent": "yes"])
        #expect(opened.location == "\(draft)/pages/urgency?return=check")
    }

    private func open(_ location: String) async throws -> Case {
        let id = try #require(Case.ID(location.split(separator: "/")[1]))
        return try await premises.casework.open(id, by: premises.premises.requester)
    }

    /// A draft of a patient's own request with everything in it.
    private func finished(in browser: TestBrowser) async throws -> String {
        let draft = try await premises.draft("living", in: browser)
        try await PortalForms.fill(PortalForms.ownRecords, of: draft, in: browser)
        try await PortalForms.prove("identity", "identity-proof", of: draft, in: browser)
        try await PortalForms.prove("address-proof", "address-proof", of: draft, in: browser)
        return draft
    }
}
