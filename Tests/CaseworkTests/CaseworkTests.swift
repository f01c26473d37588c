import Casework
import Rights
import Store
import TestSupport
import Testing

@Suite struct CaseworkTests {
    private let premises: Premises
    private var casework: Casework { premises.casework }

    init() throws {
        premises = try Premises()
    }

    @Test("a request goes from the first click to the download, and every step is in its history")
    func wholeJourney() async throws {
        let id = try await premises.runningCase()
        premises.world.advance(days: 3)
        try await casework.perform(
            PauseClock(reason: "clarification", question: "Which years?", asks: .reply), on: id, by: premises.staff)
        premises.world.advance(days: 4)
        let answered = try await casework.perform(
            AnswerQuestion(number: 1, text: "2019 to 2021"), on: id, by: premises.requester)
        let proposed = try #require(answered.proposedEnds.first)
        #expect(proposed.on == premises.today)
        #expect(answered.stage == .inProgress, "once the answer is in, it is the trust's turn")
        premises.world.advance(days: 1)
        let resumed = try await casework.perform(
            ResumeClock(pause: proposed.pause.paused.number, answeredOn: proposed.on), on: id, by: premises.staff)
        // Received on 2 March, 28 days and 4 days of pause: 3 April is Good Friday, so 4 days and 1.
        #expect(try casework.clock(of: resumed)?.policy.due == Day("2026-04-04"))

        let file = try await premises.addRecord("Seen in clinic.", to: id)
        try await premises.confirmRelease(of: id)
        let released = try await casework.perform(
            ReleasePart(files: [file.id], note: "Here are your records.", isFinal: true), on: id, by: premises.staff)
        #expect(released.stage == .ready)
        let opened = try await casework.download(file.id, ofPart: 1, from: id, by: premises.requester, isFresh: true)
        #expect(try await opened.reader.read(0..<opened.file.size) == Array("Seen in clinic.".utf8))

        let matter = try await casework.open(id, by: premises.staff)
        #expect(matter.entries.map(\.sequence) == Array(1...matter.entries.count))
        #expect(matter.parts.first?.downloads.count == 1)
    }

    @Test("the same form sent twice is one act and one case")
    func replayedForms() async throws {
        let receipt = try #require(FormReceipt("form-0123456789abcdef"))
        let first = try await casework.begin(premises.request(), by: premises.requester, receipt: receipt)
        let second = try await casework.begin(premises.request(), by: premises.requester, receipt: receipt)
        #expect(first.id == second.id)

        let note = try #require(FormReceipt("note-0123456789abcdef"))
        for _ in 0..<2 {
            try await casework.perform(AddNote(text: "Once"), on: first.id, by: premises.staff, receipt: note)
        }
        let matter = try await casework.open(first.id, by: premises.staff)
        #expect(matter.entries.count == 2)
    }

    @Test("a form that was used on one case does nothing to another")
    func receiptOfAnotherCase() async throws {
        let receipt = try #require(FormReceipt("note-0123456789abcdef"))
        let one = try await casework.begin(premises.request(), by: premises.requester)
        let other = try await casework.begin(premises.request(), by: premises.requester)
        try await casework.perform(AddNote(text: "Here"), on: one.id, by: premises.staff, receipt: receipt)
        await #expect(throws: Problem.self) {
            try await casework.perform(AddNote(text: "There"), on: other.id, by: premises.staff, receipt: receipt)
        }
        #expect(try await casework.open(other.id, by: premises.staff).entries.count == 1)
    }

    @Test("another account does not even learn that a case exists")
    func anotherAccount() async throws {
        let id = try await premises.runningCase()
        let stranger = Actor.requester(premises.world.surroundings.identifier())
        await #expect(throws: Problem.notFound) { try await casework.open(id, by: stranger) }
        await #expect(throws: Problem.notFound) {
            try await casework.perform(WithdrawRequest(how: "I am somebody else"), on: id, by: stranger)
        }
    }

    @Test("nobody opens a case about themselves, and the attempt is recorded")
    func ownCase() async throws {
        let id = try await premises.runningCase()
        let own = OwnIdentity(name: "Aisha Rahman", email: "aisha@example.com", dateOfBirth: Day("1979-07-04"))
        let subject = Premises.staff("A. Rahman, X-Ray", own: own, world: premises.world)
        await #expect(throws: Problem.self) { try await casework.open(id, by: .staff(subject)) }
        let log = try await casework.store.read { try $0.accesses(of: id) }
        #expect(log.contains { $0.what == .viewRefused && $0.actor == "staff:\(subject.id)" })
    }

    @Test("every view of a case is recorded")
    func views() async throws {
        let id = try await premises.runningCase()
        _ = try await casework.open(id, by: premises.staff)
        _ = try await casework.open(id, by: premises.requester)
        let log = try await casework.store.read { try $0.accesses(of: id) }
        #expect(log.filter { $0.what == .viewed }.count == 2)
    }

    @Test("a release that names another case's file is refused whole")
    func strangeFile() async throws {
        let mine = try await premises.runningCase()
        let other = try await premises.runningCase()
        let file = try await premises.addRecord("Mine", to: mine)
        let strange = try await premises.addRecord("Not mine", to: other)
        try await premises.confirmRelease(of: mine)
        await #expect(throws: Problem.self) {
            try await casework.perform(
                ReleasePart(files: [file.id, strange.id], note: "Both", isFinal: true), on: mine, by: premises.staff)
        }
        #expect(try await casework.open(mine, by: premises.staff).parts.isEmpty)
        #expect(try await casework.store.read { try $0.releasedFiles(of: mine, part: 1) }.isEmpty)
        // The rule aside, the schema itself refuses it.
        let now = premises.world.now
        await #expect(throws: StoreError.self) {
            try await casework.store.write { try $0.recordRelease(of: strange.id, from: mine, part: 1, at: now) }
        }
    }

    @Test("a release names every gate that stands in its way at once")
    func everyBlocker() async throws {
        let id = try await casework.begin(premises.request(), by: premises.requester).id
        let matter = try await casework.open(id, by: premises.staff)
        let reasons = try casework.reasonsAgainst(
            ReleasePart(files: [], note: "", isFinal: true), on: matter, by: premises.staff)
        let codes = Set(reasons.map(\.code))
        #expect(
            codes.isSuperset(of: [
                "no-files", "note-missing", "gate-identity", "gate-address", "gate-authority", "gate-records",
                "gate-release-check",
            ]))
    }

    @Test("the summaries made anew are those that were kept")
    func rebuild() async throws {
        var ids: [Case.ID] = []
        for _ in 0..<3 { ids.append(try await premises.runningCase()) }
        premises.world.advance(days: 2)
        try await casework.perform(
            PauseClock(reason: "evidence", question: "A clearer copy, please", asks: .document, check: .identity),
            on: ids[1], by: premises.staff)
        let before = try await casework.store.read {
            try $0.summaries(SummaryFilter(for: .nobody), by: .init(.due), limit: 10)
        }
        #expect(try await casework.rebuild() == 3)
        let after = try await casework.store.read {
            try $0.summaries(SummaryFilter(for: .nobody), by: .init(.due), limit: 10)
        }
        #expect(before == after)
        #expect(
            try await casework.store.read { try $0.search("rahman", SummaryFilter(for: .nobody), limit: 10) }.count == 3
        )
    }

    @Test("a rebuild that cannot be finished leaves the lists and the search as they were")
    func unfinishedRebuild() async throws {
        var ids: [Case.ID] = []
        for _ in 0..<3 { ids.append(try await premises.runningCase()) }
        try await premises.damage(ids[1])
        await #expect(throws: StoreError.tampered(case: ids[1].text, sequence: 1)) { try await casework.rebuild() }
        #expect(try await casework.store.read { try $0.count(SummaryFilter(for: .nobody)) } == 3)
        #expect(
            try await casework.store.read { try $0.search("rahman", SummaryFilter(for: .nobody), limit: 10) }.count == 3
        )
    }

    @Test("mails to a requester hold the reference and nothing else about anybody")
    func mails() async throws {
        try await premises.openAccount()
        let id = try await premises.runningCase()
        try await casework.perform(
            SendMessage(text: "Is the cancer clinic meant?", asks: .reply), on: id, by: premises.staff)
        let mails = try await casework.store.read { try $0.messages(about: id) }
        #expect(mails.count == 2)
        let reference = try await casework.open(id, by: premises.staff).reference
        for mail in mails {
            #expect(mail.recipient == "a.rahman@example.org")
            #expect(mail.body.contains(reference))
            #expect(!mail.body.contains("Aisha") && !mail.body.contains("Rahman") && !mail.body.contains("cancer"))
            #expect(!mail.subject.contains("Aisha"))
        }
    }

    @Test("an empty file is refused in words, and nothing of it is kept")
    func emptyFile() async throws {
        let id = try await premises.runningCase()
        await #expect(throws: Problem.self) { try await premises.takeIn("", for: id) }
        #expect(try await casework.store.read { try $0.files(of: id) }.isEmpty)
    }

    @Test("a file that has not been checked opens for nobody")
    func unchecked() async throws {
        let id = try await premises.runningCase()
        let file = try await premises.takeIn("Text", for: id)
        try await casework.perform(
            AddFiles(files: [file], purpose: .record, arrivedOn: premises.today), on: id, by: premises.staff)
        await #expect(throws: Problem.self) { try await casework.open(file.id, of: id, by: premises.staff) }
    }

    @Test("a case keeps the policy it came in under, and without that policy nothing is decided")
    func missingPolicy() async throws {
        let id = try await premises.runningCase()
        let other = try Premises(policy: "uk-2026")
        let elsewhere = Casework(
            store: casework.store, vault: casework.vault, policies: other.casework.policies, trust: casework.trust,
            surroundings: casework.surroundings)
        await #expect(throws: PolicyMissing.self) {
            try await elsewhere.perform(AddNote(text: "Under other rules"), on: id, by: premises.staff)
        }
    }
}
