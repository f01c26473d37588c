import Casework
import Hummingbird
import Rights
import TestSupport
import Testing

@Suite("Checking proof at the desk")
struct DeskChecksTests {
    @Test("A proof is accepted with the document seen, how, and the day it came")
    func accepts() async throws {
        let world = try await DeskWorld()
        let id = try await world.casework.begin(world.premises.request(), by: world.premises.requester).id
        _ = try await world.browser.get("/cases/\(id)/checks/identity/acceptance")
        let answer = try await world.browser.post(
            "/cases/\(id)/checks/identity/acceptance",
            [
                "document": "passport", "seen-as": "Copy", "expires[day]": "1", "expires[month]": "6",
                "expires[year]": "2030", "arrived-on[day]": "2", "arrived-on[month]": "3", "arrived-on[year]": "2026",
            ])
        #expect(answer.status == .seeOther)
        #expect(answer.location == "/cases/\(id)/checks?done=accepted")
        let standing = try await world.matter(id).standing(of: .identity)
        #expect(standing.isAccepted)
        let page = try await world.browser.open(try #require(answer.location))
        #expect(page.text.contains("The proof is accepted."))
    }

    @Test("Everything that is missing is said at once, and what was typed stays")
    func refusesWithEveryReason() async throws {
        let world = try await DeskWorld()
        let id = try await world.casework.begin(world.premises.request(), by: world.premises.requester).id
        _ = try await world.browser.get("/cases/\(id)/checks/identity/acceptance")
        let answer = try await world.browser.post(
            "/cases/\(id)/checks/identity/acceptance",
            [
                "arrived-on[day]": "31", "arrived-on[month]": "2", "arrived-on[year]": "2026",
                "note": "Looks <b>fine</b>",
            ])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("Choose the document that you have seen."))
        #expect(answer.text.contains("Choose how you saw it."))
        #expect(answer.text.contains("Date it reached the trust must be a real date"))
        #expect(answer.text.contains("Looks &lt;b&gt;fine&lt;/b&gt;"))
        #expect(try #require(answer.title).hasPrefix("Error: "))
        #expect(try await !world.matter(id).standing(of: .identity).isAccepted)
    }

    @Test("A passport that has expired is refused with its date")
    func refusesExpired() async throws {
        let world = try await DeskWorld()
        let id = try await world.casework.begin(world.premises.request(), by: world.premises.requester).id
        _ = try await world.browser.get("/cases/\(id)/checks/identity/acceptance")
        let answer = try await world.browser.post(
            "/cases/\(id)/checks/identity/acceptance",
            [
                "document": "passport", "seen-as": "Original", "expires[day]": "1", "expires[month]": "1",
                "expires[year]": "2026", "arrived-on[day]": "2", "arrived-on[month]": "3", "arrived-on[year]": "2026",
            ])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("expired on 1 January 2026"))
    }

    @Test("An accepted proof is not asked for again: the page says why")
    func saysAlreadyAccepted() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        let answer = try await world.browser.get("/cases/\(id)/checks/identity/acceptance")
        #expect(answer.status == .ok)
        #expect(answer.text.contains("Identity is already accepted."))
        #expect(!answer.text.contains("name=\"document\""))
    }

    @Test("Refusing a proof asks the requester for another in the same step")
    func refusesProof() async throws {
        let world = try await DeskWorld()
        let id = try await world.casework.begin(world.premises.request(), by: world.premises.requester).id
        _ = try await world.browser.get("/cases/\(id)/checks/address/refusal")
        let empty = try await world.browser.post("/cases/\(id)/checks/address/refusal")
        #expect(empty.status == .unprocessableContent)
        let answer = try await world.browser.post(
            "/cases/\(id)/checks/address/refusal", ["reason": "Too blurred. Please send a sharper one."])
        #expect(answer.status == .seeOther)
        let matter = try await world.matter(id)
        #expect(matter.conversations.first?.sent.asks == .document)
        #expect(matter.conversations.first?.sent.check == .address)
    }

    @Test("A carer's authority needs the consent and the patient's identity, and the page says which is missing")
    func severalProofs() async throws {
        let world = try await DeskWorld()
        let id = try await world.casework.begin(
            world.premises.request {
                $0.requester.capacity = "carer"
                $0.requester.name = PersonName(given: "Omar", family: "Rahman")
            }, by: world.premises.requester
        ).id
        try await world.casework.perform(
            LogEvidence(check: .authority, arrivedOn: world.premises.today, document: "signed-consent"), on: id,
            by: world.premises.staff)
        let checks = try await world.browser.get("/cases/\(id)/checks")
        let wanted = try #require(checks.between("The policy asks for each of these:", "</ul>"))
        #expect(wanted.contains("Consent form signed by the patient <strong class=\"nhsuk-tag nhsuk-tag--green\">Sent"))
        #expect(wanted.contains("proof of identity <strong class=\"nhsuk-tag nhsuk-tag--orange\">Missing"))
        let path = "/cases/\(id)/checks/authority/acceptance"
        _ = try await world.browser.get(path)
        let half = try await world.browser.post(
            path,
            [
                "arrived-on[day]": "2", "arrived-on[month]": "3", "arrived-on[year]": "2026",
                "patient-consent-document": "signed-consent", "patient-consent-seen-as": "Copy",
            ])
        #expect(half.status == .unprocessableContent)
        #expect(half.text.contains("Missing: Copy of the patient"))
        let whole = try await world.browser.post(
            path,
            [
                "arrived-on[day]": "2", "arrived-on[month]": "3", "arrived-on[year]": "2026",
                "patient-consent-document": "signed-consent", "patient-consent-seen-as": "Copy",
                "patient-identity-document": "patient-identity-copy", "patient-identity-seen-as": "Copy",
            ])
        #expect(whole.status == .seeOther)
        #expect(try await world.matter(id).standing(of: .authority).isAccepted)
        let after = try await world.browser.get("/cases/\(id)/checks")
        #expect(after.text.contains("Consent form signed by the patient; Copy of the patient"))
    }

    @Test("A day later than that on which the proof came is refused with the reason")
    func refusesLateArrival() async throws {
        let world = try await DeskWorld()
        let id = try await world.casework.begin(world.premises.request(), by: world.premises.requester).id
        try await world.casework.perform(
            LogEvidence(check: .identity, arrivedOn: world.premises.today, document: "passport"), on: id,
            by: world.premises.staff)
        world.premises.world.advance(days: 4)
        _ = try await world.browser.get("/cases/\(id)/checks/identity/acceptance")
        let answer = try await world.browser.post(
            "/cases/\(id)/checks/identity/acceptance",
            [
                "document": "passport", "seen-as": "Copy", "expires[day]": "1", "expires[month]": "6",
                "expires[year]": "2030", "arrived-on[day]": "6", "arrived-on[month]": "3", "arrived-on[year]": "2026",
            ])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("The proof on file came on 2 March 2026, so the date cannot be later."))
    }

    @Test("The dates of a deceased patient's record are kept; of a living one they are not asked")
    func datesOfTheRecord() async throws {
        let world = try await DeskWorld()
        let living = try await world.casework.begin(world.premises.request(), by: world.premises.requester).id
        let page = try await world.browser.get("/cases/\(living)/last-entry")
        #expect(page.text.contains("Only a request about someone who has died needs these dates."))

        let dead = try await world.casework.begin(
            world.premises.request {
                $0.applicationType = "deceased"
                $0.requester.capacity = "executor"
                $0.subject.dateOfDeath = Day("2026-01-05")
            }, by: world.premises.requester
        ).id
        _ = try await world.browser.get("/cases/\(dead)/last-entry")
        let crossed = try await world.browser.post(
            "/cases/\(dead)/last-entry",
            [
                "last-entry[day]": "1", "last-entry[month]": "1", "last-entry[year]": "2025",
                "first-entry[day]": "1", "first-entry[month]": "1", "first-entry[year]": "2026",
            ])
        #expect(crossed.text.contains("The oldest entry cannot be later than the last entry."))
        let saved = try await world.browser.post(
            "/cases/\(dead)/last-entry",
            ["last-entry[day]": "4", "last-entry[month]": "1", "last-entry[year]": "2026"])
        #expect(saved.status == .seeOther)
        #expect(try await world.matter(dead).lastEntry?.lastEntry == Day("2026-01-04"))
    }

    @Test("A check that does not exist is not found")
    func unknownCheck() async throws {
        let world = try await DeskWorld()
        let id = try await world.premises.runningCase()
        #expect(try await world.browser.get("/cases/\(id)/checks/shoe-size/acceptance").status == .notFound)
    }
}
