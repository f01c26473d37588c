import Rights
import Testing

/// What stands before a release, and what happens with it: policy 5.3(d) to (h).
@Suite struct ReleaseActTests {
    private static let files = [CaseInHand.file(1).id, CaseInHand.file(2).id]
    private static let answer = ReleasePart(files: files, note: "All there is.", isFinal: true)

    @Test(
        "nothing leaves while anything is missing, and one wrong file refuses the whole release",
        arguments: [
            Refusal(
                "a case in which nothing was done",
                [
                    "not-this-case", "gate-identity", "gate-address", "gate-authority", "gate-records",
                    "gate-release-check",
                ]
            ) { (try CaseInHand(), answer) },
            Refusal("no files and no note", ["no-files", "note-missing"]) {
                (try CaseInHand.readyToRelease(), ReleasePart(files: [], note: "", isFinal: true))
            },
            Refusal("the same file twice", ["file-twice"]) {
                (
                    try CaseInHand.readyToRelease(),
                    ReleasePart(files: [files[0], files[0]], note: "Twice.", isFinal: true)
                )
            },
            Refusal("a file of another case among this one's", ["not-this-case"]) {
                (
                    try CaseInHand.readyToRelease(),
                    ReleasePart(files: files + [CaseInHand.file(77).id], note: "All.", isFinal: true)
                )
            },
            Refusal("a proof of identity, which is no record", ["not-this-case"]) {
                var hand = try CaseInHand.readyToRelease()
                let proof = CaseInHand.file(50)
                try hand.does(AddFiles(files: [proof], purpose: .evidence, check: .identity, arrivedOn: hand.today))
                return (hand, ReleasePart(files: [proof.id], note: "All.", isFinal: true))
            },
            Refusal("a file that came after the release check", ["gate-release-check"]) {
                var hand = try CaseInHand.readyToRelease()
                try hand.addsRecord(3)
                return (hand, answer)
            },
            Refusal("a file that was taken out after the release check", ["not-this-case", "gate-release-check"]) {
                var hand = try CaseInHand.readyToRelease()
                try hand.does(RemoveFile(file: files[0], reason: "Another patient's page"))
                return (hand, answer)
            },
            Refusal("an infected file among the records", ["gate-files-checked"]) {
                var hand = try CaseInHand.readyToRelease()
                try hand.does(InspectFile(inspected: FileInspected(file: files[0], result: .infected("Eicar"))))
                return (hand, answer)
            },
            Refusal("an open question", ["gate-questions"]) {
                var hand = try CaseInHand.readyToRelease()
                try hand.does(SendMessage(text: "Do you want the films?", asks: .reply))
                return (hand, answer)
            },
            Refusal("a stopped clock, though the answer came", ["gate-questions"]) {
                var hand = try CaseInHand.readyToRelease()
                try hand.does(PauseClock(reason: "clarification", question: "Which years?", asks: .reply))
                try hand.does(AnswerQuestion(number: 1, text: "All"), by: .requester(CaseInHand.account))
                return (hand, answer)
            },
            Refusal("a proof that was refused after all", ["gate-identity"]) {
                var hand = try CaseInHand.readyToRelease()
                let accepted = try #require(
                    hand.matter.entries.first {
                        if case .checkAccepted(let fact) = $0.fact { fact.check == .identity } else { false }
                    })
                try hand.does(StrikeEntry(entry: accepted.sequence, reason: "Another person's passport"))
                try hand.does(RefuseCheck(check: .identity, reason: "Another person's passport."))
                try hand.does(AnswerQuestion(number: 1, text: "I have no other."), by: .requester(CaseInHand.account))
                return (hand, answer)
            },
            Refusal("a closed case", ["closed", "gate-release-check"]) { (try CaseInHand.released(), answer) },
            Refusal("a release check of a case without records", ["no-records"]) {
                let hand = try CaseInHand.running()
                return (hand, ConfirmRelease(statements: hand.statements))
            },
            Refusal("a release check with one statement left out", ["statement-missing"]) {
                let hand = try CaseInHand.readyToRelease()
                return (hand, ConfirmRelease(statements: Array(hand.statements.dropFirst())))
            },
            Refusal("a download of what was never released", ["no-file"]) {
                (try CaseInHand.readyToRelease(), DownloadFile(part: 1, file: files[0]))
            },
            Refusal("a download under the number of another part", ["no-file"]) {
                (try CaseInHand.released(), DownloadFile(part: 2, file: files[0]))
            },
            Refusal("a download after its last day", ["download-expired"]) {
                var hand = try CaseInHand.released()
                hand.today = hand.today + hand.policy.periods.downloadDays + 1
                return (hand, DownloadFile(part: 1, file: files[0]))
            },
            Refusal("a download of a file that was found infected since", ["file-not-checked"]) {
                var hand = try CaseInHand.released()
                try hand.does(InspectFile(inspected: FileInspected(file: files[0], result: .infected("Eicar"))))
                return (hand, DownloadFile(part: 1, file: files[0]))
            },
        ])
    func refusals(_ refusal: Refusal) throws { try refusal.holds() }

    @Test("the dates of the record are a gate for the dead")
    func deceased() throws {
        let hand = try CaseInHand.ofDeceased()
        #expect(hand.matter.gates(under: hand.policy).contains { $0.code == "last-entry" && $0.blocker != nil })
        let living = try CaseInHand.running()
        #expect(!living.matter.gates(under: living.policy).contains { $0.code == "last-entry" })
    }

    @Test("the answer goes with its note, ends the case in time, and can be fetched to its last day")
    func answers() throws {
        var hand = try CaseInHand.readyToRelease()
        #expect(try hand.does(Self.answer).map(\.kind) == [.messageSent, .partReleased])
        #expect(hand.matter.outcome?.outcome == .released)
        #expect(hand.matter.stage == .ready)
        #expect(try hand.clock().isBreached == false)
        hand.today = hand.today + hand.policy.periods.downloadDays
        try hand.does(DownloadFile(part: 1, file: Self.files[0]))
        try hand.does(DownloadFile(part: 1, file: Self.files[0]))
        #expect(hand.matter.parts.map(\.downloads.count) == [2], "each copy is written down")
    }

    @Test("a part leaves the case open, and the next part is checked anew")
    func parts() throws {
        var hand = try CaseInHand.readyToRelease()
        try hand.does(ReleasePart(files: [Self.files[0]], note: "The first part.", isFinal: false))
        #expect(hand.matter.isOpen)
        #expect(hand.matter.stage == .partReady)
        #expect(hand.matter.file(Self.files[0])?.releasedIn == [1])
        #expect(try hand.reasons(against: Self.answer) == ["gate-release-check"])
        try hand.does(ConfirmRelease(statements: hand.statements))
        try hand.does(Self.answer)
        #expect(hand.matter.parts.map(\.part.number) == [1, 2])
        #expect(hand.matter.file(Self.files[0])?.releasedIn == [1, 2])
    }

    private static func ended() throws -> CaseInHand {
        var hand = try CaseInHand.released()
        hand.today = hand.today + hand.policy.periods.downloadDays + 1
        return hand
    }

    private static let again = ReleasePartAgain(part: 1, reason: "She was in hospital.")

    @Test(
        "files are released again once their time has ended, with a reason, and past the gates",
        arguments: [
            Refusal("files that can still be fetched", ["still-there"]) {
                var hand = try CaseInHand.released()
                try hand.does(ConfirmRelease(statements: hand.statements))
                return (hand, again)
            },
            Refusal("a part that never was", ["no-part"]) {
                (try ended(), ReleasePartAgain(part: 2, reason: "She was in hospital."))
            },
            Refusal("no reason, and a release check that nobody did", ["gate-release-check", "reason-missing"]) {
                (try ended(), ReleasePartAgain(part: 1, reason: " "))
            },
            Refusal("a file that was found infected since", ["gate-files-checked", "gate-release-check"]) {
                var hand = try ended()
                try hand.does(InspectFile(inspected: FileInspected(file: files[0], result: .infected("Eicar"))))
                return (hand, again)
            },
        ])
    func refusalsAgain(_ refusal: Refusal) throws { try refusal.holds() }

    @Test("what is released again can be fetched for as long as the first time, and the case stays answered on its day")
    func releasedAgain() throws {
        var hand = try Self.ended()
        let closed = hand.matter.closedOn
        #expect(try hand.reasons(against: DownloadFile(part: 1, file: Self.files[0])) == ["download-expired"])
        try hand.does(ConfirmRelease(statements: hand.statements))
        try hand.does(Self.again)
        let until = hand.today + hand.policy.periods.downloadDays
        #expect(hand.matter.parts.map(\.downloadUntil) == [until])
        #expect(hand.matter.confirmation == nil, "the next time is checked anew")
        #expect(hand.matter.closedOn == closed)
        #expect(try hand.clock().isBreached == false)
        hand.today = until
        try hand.does(DownloadFile(part: 1, file: Self.files[0]))
        #expect(hand.matter.parts.first?.freshDownloads.count == 1)
        hand.today = until + 1
        #expect(try hand.reasons(against: DownloadFile(part: 1, file: Self.files[0])) == ["download-expired"])
        let entry = try #require(hand.matter.entries.first { $0.fact.kind == .releasedAgain })
        #expect(
            try hand.reasons(against: StrikeEntry(entry: entry.sequence, reason: "A slip.")) == ["cannot-be-undone"])
    }
}
