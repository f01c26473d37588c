import Rights
import Testing

/// The other ways in which a case ends: policy 3.6, 5.4.
@Suite struct OutcomeActTests {
    private static let letter =
        "We cannot give you these records. You can complain to us or to the Information Commissioner's Office."
    private static let absence =
        "We do not hold them. You can complain to us or to the Information Commissioner's Office."
    private static let search = NotHeld.Search(place: "Paper archive", result: "Nothing")

    private static func refusing(_ ground: String = "third-party", letter: String = letter) -> RefuseRequest {
        RefuseRequest(ground: ground, reason: "See the opinion of 1 March.", letter: letter)
    }

    @Test(
        "a case ends for a reason that is written down, in a letter that says how to complain, and only once",
        arguments: [
            Refusal("an unknown ground", ["ground-unknown"]) { (try CaseInHand.running(), refusing("bother")) },
            Refusal("a ground of the other law", ["ground-unknown"]) {
                (try CaseInHand.running(), refusing("harm-deceased"))
            },
            Refusal("a ground of the living in a case of the dead", ["ground-unknown"]) {
                (try CaseInHand.ofDeceased(), refusing("harm"))
            },
            Refusal("a letter that leaves out the regulator", ["no-regulator"]) {
                (try CaseInHand.running(), refusing(letter: "No. You can complain to us."))
            },
            Refusal("a letter that leaves out both rights", ["no-complaint-right", "no-regulator"]) {
                (try CaseInHand.running(), refusing(letter: "No."))
            },
            Refusal(
                "no letter and no reason", ["reason-missing", "letter-missing", "no-complaint-right", "no-regulator"]
            ) {
                (try CaseInHand.running(), RefuseRequest(ground: "third-party", reason: "", letter: " "))
            },
            Refusal("not held, without a search", ["search-missing"]) {
                (try CaseInHand.running(), DeclareNotHeld(searches: [], letter: absence))
            },
            Refusal(
                "not held, with half a search and no letter",
                ["search-missing", "letter-missing", "no-complaint-right", "no-regulator"]
            ) {
                (
                    try CaseInHand.running(),
                    DeclareNotHeld(searches: [search, .init(place: "Ward", result: "")], letter: "")
                )
            },
            Refusal("not held, with records in the case", ["records-present"]) {
                (try CaseInHand.readyToRelease(), DeclareNotHeld(searches: [search], letter: absence))
            },
            Refusal("withdrawn without a word how", ["how-missing"]) {
                (try CaseInHand(), WithdrawRequest(how: ""))
            },
            Refusal("closed without a reason", ["reason-missing"]) {
                (try CaseInHand(), CloseCase(cause: .lapsed, reason: "\t"))
            },
            Refusal("refused when it is answered", ["closed"]) { (try CaseInHand.released(), refusing()) },
            Refusal("withdrawn when it is answered", ["closed"]) {
                (try CaseInHand.released(), WithdrawRequest(how: "Letter"))
            },
            Refusal("closed when it is answered", ["closed"]) {
                (try CaseInHand.released(), CloseCase(cause: .duplicate, reason: "Same as before"))
            },
            Refusal("not held when it is answered", ["closed", "records-present"]) {
                (try CaseInHand.released(), DeclareNotHeld(searches: [search], letter: absence))
            },
            Refusal("a duplicate of itself, for no reason", ["reason-missing", "same-case"]) {
                let hand = try CaseInHand()
                let judged = DuplicateJudged(
                    other: hand.matter.id, otherReference: "SAR-2026-000001", isDuplicate: true, reason: "")
                return (hand, JudgeDuplicate(judged: judged))
            },
        ])
    func refusals(_ refusal: Refusal) throws { try refusal.holds() }

    /// An act that ends a case, how it is then, and what its requester sees.
    struct Ending: Sendable, CustomTestStringConvertible {
        let act: any Act
        let outcome: Outcome
        let stage: Stage
        var testDescription: String { outcome.rawValue }
    }

    @Test(
        "each end closes the case on its day and stops its clock there",
        arguments: [
            Ending(act: refusing(), outcome: .refused, stage: .completed),
            Ending(
                act: DeclareNotHeld(searches: [search], letter: absence), outcome: .notHeld,
                stage: .completed),
            Ending(act: WithdrawRequest(how: "Letter"), outcome: .withdrawn, stage: .withdrawn),
            Ending(act: CloseCase(cause: .lapsed, reason: "No answer"), outcome: .lapsed, stage: .closed),
            Ending(act: CloseCase(cause: .redirected, reason: "Another trust"), outcome: .redirected, stage: .closed),
            Ending(act: CloseCase(cause: .duplicate, reason: "Sent twice"), outcome: .duplicate, stage: .closed),
        ])
    func ends(_ ending: Ending) throws {
        var hand = try CaseInHand.running()
        hand.today = hand.today + 3
        try hand.does(ending.act)
        #expect(hand.matter.outcome?.outcome == ending.outcome)
        #expect(hand.matter.closedOn == hand.today)
        #expect(hand.matter.stage == ending.stage)
        #expect(hand.matter.nextAction(under: hand.policy) == .none)
        hand.today = hand.today + 300
        #expect(try hand.clock().isBreached == false)
        #expect(try hand.clock().state == .closed)
    }

    @Test("a judged duplicate is kept and closes nothing")
    func duplicate() throws {
        var hand = try CaseInHand()
        let judged = DuplicateJudged(
            other: identifier(44), otherReference: "SAR-2026-000002", isDuplicate: true, reason: "Same scope")
        try hand.does(JudgeDuplicate(judged: judged))
        #expect(hand.matter.judgedDuplicates == [judged])
        #expect(hand.matter.isOpen)
    }
}
