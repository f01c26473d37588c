import Casework
import Foundation
import Rights
import TestSupport
import Testing

@testable import Portal

/// What a requester may know of a case: a walk over everything that can happen to one, with a mark in each place that
/// is for staff. The mark must not come out on the other side (policy 5.4; S1-47).
@Suite struct PortalViewTests {
    private static let mark = "FORSTAFF"

    let premises: Premises
    let file: StoredFile
    let record: StoredFile

    init() throws {
        let premises = try Premises()
        self.premises = premises
        func stored(_ name: String) -> StoredFile {
            StoredFile(
                id: premises.world.surroundings.identifier(), name: name, size: 10, sha256: "00",
                contentType: "application/pdf")
        }
        file = stored("passport.pdf")
        record = stored("\(Self.mark)-record.pdf")
    }

    /// One of each kind of fact, with the mark wherever it is not the requester's to know.
    private func facts() -> [Fact] {
        let mark = Self.mark
        let day = premises.today
        let other: Case.ID = premises.world.surroundings.identifier()
        return [
            .handlerAssigned(HandlerAssigned(staff: premises.handler.id, label: mark, department: "medico-legal")),
            .fileAdded(FileAdded(file: file, purpose: .evidence)),
            .evidenceOffered(EvidenceOffered(check: .identity, document: mark, file: file.id)),
            .fileInspected(FileInspected(file: file.id, result: .infected(mark))),
            .fileInspected(FileInspected(file: file.id, result: .notScanned(mark))),
            .checkAccepted(
                CheckAccepted(
                    check: .identity, documents: [SeenDocument(document: mark, seenAs: mark)], note: mark)),
            .checkRefused(CheckRefused(check: .address, reason: "It is too old.")),
            .lastEntryRecorded(LastEntryRecorded(lastEntry: day, firstEntry: day)),
            .messageSent(MessageSent(number: 1, text: "Which ward?", asks: .reply, check: .authority)),
            .messageRead(MessageRead(number: 1)),
            .replyReceived(ReplyReceived(message: 1, text: "Ward 9")),
            .clockPaused(ClockPaused(number: 1, reason: mark, message: 1)),
            .clockResumed(ClockResumed(pause: 1, note: mark)),
            .clockExtended(ClockExtended(amount: .days(10), reason: mark, letter: mark)),
            .taskGiven(TaskGiven(number: 1, title: mark, details: mark, department: mark, dueOn: day)),
            .taskReturned(TaskReturned(number: 1, isDone: false, outcome: mark)),
            .noteAdded(NoteAdded(text: mark)),
            .fileAdded(FileAdded(file: record, purpose: .record)),
            .fileRemoved(FileRemoved(file: record.id, reason: mark)),
            .releaseConfirmed(ReleaseConfirmed(statements: [mark], files: [record.id])),
            .partReleased(
                PartReleased(number: 1, files: [file.id], note: "Enclosed.", isFinal: false, downloadUntil: day + 42)),
            .releasedAgain(ReleasedAgain(part: 1, reason: mark, downloadUntil: day)),
            .fileDownloaded(FileDownloaded(part: 1, file: file.id, sha256: "00")),
            .alertRaised(AlertRaised(daysLeft: 3, told: [mark], due: day)),
            .duplicateJudged(
                DuplicateJudged(other: other, otherReference: mark, isDuplicate: false, reason: mark)),
            .struck(Struck(entry: 1_000, reason: mark)),
            .requestRefused(RequestRefused(ground: mark, reason: mark, letter: mark)),
            .notHeld(NotHeld(searches: [NotHeld.Search(place: mark, result: mark)], letter: mark)),
            .withdrawn(Withdrawn(how: mark)),
            .closed(Closed(cause: .lapsed, reason: mark)),
        ]
    }

    /// The case after its first so many facts, all done by a member of staff whose name is marked.
    private func matter(_ count: Int) async throws -> Case {
        let id = try await premises.casework.begin(premises.request(), by: premises.requester).id
        let begun = try await premises.casework.open(id, by: premises.requester)
        let author = Author(kind: .staff, id: Self.mark, label: Self.mark)
        let more = facts().prefix(count).enumerated().map { index, fact in
            Entry(
                sequence: begun.sequence + index + 1, recorded: premises.world.now, effective: premises.today,
                by: author, fact: fact)
        }
        return try Case(id: id, entries: begun.entries + more)
    }

    @Test("Nothing that is for staff comes out, whatever has happened")
    func walk() async throws {
        #expect(
            Set(facts().map(\.kind)).union([.received]) == Set(Fact.Kind.allCases),
            "a new kind of fact is walked over too")
        for count in 0...facts().count {
            let matter = try await matter(count)
            let policy = premises.casework.policies.current
            let view = RequestView(
                matter, under: policy, clock: try premises.casework.clock(of: matter), on: premises.today)
            var told = ""
            dump(view, to: &told)
            #expect(!told.contains(Self.mark), "after \(count) facts: \(facts()[max(0, count - 1)].kind)")
        }
    }

    @Test("What the requester is to know does come out")
    func known() async throws {
        let matter = try await matter(facts().count)
        var told = ""
        dump(
            RequestView(matter, under: premises.casework.policies.current, clock: nil, on: premises.today), to: &told)
        for known in ["Which ward?", "Ward 9", "Enclosed.", "passport.pdf", "Medico-Legal"] {
            #expect(told.contains(known), "\(known)")
        }
    }
}
