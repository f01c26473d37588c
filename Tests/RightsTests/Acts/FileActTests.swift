import Rights
import Testing

/// Files of a case and what is found out about them.
@Suite struct FileActTests {
    private static let file = CaseInHand.file(1)

    @Test(
        "files come into an open case on a day that can be, and go out of it only unreleased and with a reason",
        arguments: [
            Refusal("no file", ["no-files"]) {
                let hand = try CaseInHand()
                return (hand, AddFiles(files: [], purpose: .record, arrivedOn: hand.today))
            },
            Refusal("a proof of nothing in particular", ["check-missing"]) {
                let hand = try CaseInHand()
                return (hand, AddFiles(files: [file], purpose: .evidence, arrivedOn: hand.today))
            },
            Refusal("a file of tomorrow", ["in-future"]) {
                let hand = try CaseInHand()
                return (hand, AddFiles(files: [file], purpose: .record, arrivedOn: hand.today + 1))
            },
            Refusal("a file from before the request", ["before-receipt"]) {
                let hand = try CaseInHand()
                return (hand, AddFiles(files: [file], purpose: .record, arrivedOn: hand.today - 1))
            },
            Refusal("a file for a closed case", ["closed"]) {
                let hand = try CaseInHand.released()
                return (hand, AddFiles(files: [CaseInHand.file(9)], purpose: .record, arrivedOn: hand.today))
            },
            Refusal("an inspection of a file that is not there", ["no-file"]) {
                (try CaseInHand(), InspectFile(inspected: FileInspected(file: file.id, result: .clean)))
            },
            Refusal("a file that is not there, for no reason", ["no-file", "reason-missing"]) {
                (try CaseInHand(), RemoveFile(file: file.id, reason: ""))
            },
            Refusal("a file that was taken out before", ["no-file"]) {
                var hand = try CaseInHand.readyToRelease()
                try hand.does(RemoveFile(file: file.id, reason: "Another patient's page"))
                return (hand, RemoveFile(file: file.id, reason: "Again"))
            },
            Refusal("a released file", ["already-released"]) {
                var hand = try CaseInHand.readyToRelease()
                try hand.does(ReleasePart(files: [file.id], note: "The first part.", isFinal: false))
                return (hand, RemoveFile(file: file.id, reason: "Another patient's page"))
            },
        ])
    func refusals(_ refusal: Refusal) throws { try refusal.holds() }

    @Test(
        "a file is not clean until an inspection has said so, and never on any other answer",
        arguments: [
            FileInspected.Result.infected("Eicar"), .unusable("It needs a password."), .notScanned("No scanner."),
        ])
    func inspected(_ result: FileInspected.Result) throws {
        var hand = try CaseInHand()
        try hand.does(AddFiles(files: [Self.file], purpose: .record, arrivedOn: hand.today))
        #expect(hand.matter.file(Self.file.id)?.isOpenable == false)
        try hand.does(InspectFile(inspected: FileInspected(file: Self.file.id, result: result)))
        #expect(hand.matter.file(Self.file.id)?.isOpenable == false)
        #expect(hand.matter.gates(under: hand.policy).contains { $0.code == "files-checked" && $0.blocker != nil })
        let clean = InspectFile(inspected: FileInspected(file: Self.file.id, result: .clean))
        #expect(try hand.does(clean).map(\.kind) == [.fileInspected])
        #expect(hand.matter.file(Self.file.id)?.isOpenable == true)
        #expect(try hand.does(clean).isEmpty, "the same answer again adds nothing")
    }

    @Test("a file that was taken out is no record any more and stays in the history")
    func removed() throws {
        var hand = try CaseInHand.readyToRelease()
        try hand.does(RemoveFile(file: Self.file.id, reason: "Another patient's page"))
        #expect(!hand.matter.records.contains { $0.file.id == Self.file.id })
        #expect(hand.matter.file(Self.file.id)?.removed == "Another patient's page")
        #expect(hand.matter.entries.contains { $0.fact.kind == .fileAdded })
    }
}
