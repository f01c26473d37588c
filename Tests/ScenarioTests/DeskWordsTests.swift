import Casework
import Rights
import TestSupport
import Testing
import Web

@testable import Desk

@Suite("The desk's own words")
struct DeskWordsTests {
    private static let evil = "<i>\"O'Neil\"</i>"

    private static let file = StoredFile(
        id: Identifier(at: Moment(milliseconds: 0), random: [UInt8](repeating: 1, count: 10)), name: evil, size: 1,
        sha256: "", contentType: "text/plain")

    /// One fact of each kind that has somebody's words in it.
    private static let facts: [Fact] = {
        guard let day = Day("2026-03-02") else { return [] }
        return [
            .handlerAssigned(
                HandlerAssigned(
                    staff: Identifier(at: Moment(milliseconds: 0), random: [UInt8](repeating: 2, count: 10)),
                    label: evil, department: evil)),
            .evidenceOffered(EvidenceOffered(check: .identity, document: evil)),
            .checkAccepted(
                CheckAccepted(
                    check: .identity, documents: [SeenDocument(document: evil, seenAs: evil)], note: evil)),
            .checkRefused(CheckRefused(check: .address, reason: evil)),
            .lastEntryRecorded(LastEntryRecorded(lastEntry: nil, firstEntry: day)),
            .messageSent(MessageSent(number: 1, text: evil, asks: .document)), .messageRead(MessageRead(number: 1)),
            .replyReceived(ReplyReceived(message: 1, text: evil, files: [file.id])),
            .clockPaused(ClockPaused(number: 1, reason: evil, message: 1)),
            .clockResumed(ClockResumed(pause: 1, note: evil)),
            .clockExtended(ClockExtended(amount: .days(3), reason: evil, letter: evil)),
            .taskGiven(TaskGiven(number: 1, title: evil, details: evil, department: evil, dueOn: day)),
            .taskReturned(TaskReturned(number: 1, isDone: false, outcome: evil)),
            .noteAdded(NoteAdded(text: evil)), .fileAdded(FileAdded(file: file, purpose: .record)),
            .fileInspected(FileInspected(file: file.id, result: .infected(evil))),
            .fileRemoved(FileRemoved(file: file.id, reason: evil)),
            .releaseConfirmed(ReleaseConfirmed(statements: [evil], files: [file.id])),
            .partReleased(
                PartReleased(number: 1, files: [file.id], note: evil, isFinal: false, downloadUntil: day)),
            .releasedAgain(ReleasedAgain(part: 1, reason: evil, downloadUntil: day)),
            .fileDownloaded(FileDownloaded(part: 1, file: file.id, sha256: "")),
            .requestRefused(RequestRefused(ground: evil, reason: evil, letter: evil)),
            .notHeld(NotHeld(searches: [NotHeld.Search(place: evil, result: evil)], letter: evil)),
            .withdrawn(Withdrawn(how: evil)), .closed(Closed(cause: .lapsed, reason: evil)),
            .alertRaised(AlertRaised(daysLeft: -1, told: [evil], due: day)),
            .duplicateJudged(
                DuplicateJudged(
                    other: Identifier(at: Moment(milliseconds: 0), random: [UInt8](repeating: 3, count: 10)),
                    otherReference: evil, isDuplicate: true, reason: evil)),
            .struck(Struck(entry: 1, reason: evil)),
        ]
    }()

    @Test("Every kind of fact but the first has a case in this test")
    func coversEveryKind() {
        #expect(Set(Self.facts.map(\.kind)) == Set(Fact.Kind.allCases).subtracting([.received]))
    }

    @Test("A fact is put into words, and whatever it holds stays text", arguments: facts)
    func saysIt(fact: Fact) async throws {
        let world = try await DeskWorld()
        let matter = try await world.matter(try await world.premises.runningCase())
        let line = EntryLine(fact, of: matter, under: world.casework.policies.current)
        let text = line.title.text + (line.detail?.text ?? "")
        #expect(!line.title.isEmpty)
        #expect(!text.contains("<i>"))
        #expect(!text.contains("O'Neil"))
    }

    @Test("A month is read from its own form only, and knows its last day")
    func readsMonths() throws {
        let month = try #require(Month("2028-02"))
        #expect(month.days.upperBound == Day("2028-02-29"))
        #expect(month.inWords == "February 2028")
        for text in ["2028-2", "2028-13", "", "2028-02-01", "x"] { #expect(Month(text) == nil, "\(text)") }
    }
}
