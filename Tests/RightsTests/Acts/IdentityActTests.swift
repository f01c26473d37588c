import Rights
import Testing

/// Proofs of identity, address and authority: policy 5.1(c) and 5.2(d).
@Suite struct IdentityActTests {
    private static let offered = CaseInHand.file(1)

    @Test(
        "a proof is accepted only when it proves the thing on that day, was seen, and the case is open",
        arguments: [
            Refusal("a document that is not on the list", ["document-unknown"]) {
                let hand = try CaseInHand()
                return (hand, hand.acceptance(of: .identity, by: "library-card"))
            },
            Refusal("a document that proves something else", ["document-unknown"]) {
                let hand = try CaseInHand()
                return (hand, hand.acceptance(of: .identity, by: "council-tax"))
            },
            Refusal("no document where one is needed", ["document-missing"]) {
                let hand = try CaseInHand()
                return (hand, hand.acceptance(of: .address))
            },
            Refusal("a document where none is needed", ["document-not-needed"]) {
                let hand = try CaseInHand()
                return (hand, hand.acceptance(of: .authority, by: "signed-consent"))
            },
            Refusal("an expired passport", ["document-expired"]) {
                let hand = try CaseInHand()
                var act = hand.acceptance(of: .identity, by: "passport")
                act.documents[0].expires = act.arrivedOn - 1
                return (hand, act)
            },
            Refusal("a passport without its expiry date", ["expiry-missing"]) {
                let hand = try CaseInHand()
                var act = hand.acceptance(of: .identity, by: "passport")
                act.documents[0].expires = nil
                return (hand, act)
            },
            Refusal("a bank statement of four months ago", ["document-too-old"]) {
                let hand = try CaseInHand()
                var act = hand.acceptance(of: .address, by: "bank-statement")
                act.documents[0].issued = day(2025, 11, 1)
                return (hand, act)
            },
            Refusal("a day before the request", ["before-receipt"]) {
                let hand = try CaseInHand()
                var act = hand.acceptance(of: .identity, by: "passport")
                act.arrivedOn = hand.today - 1
                return (hand, act)
            },
            Refusal("tomorrow", ["in-future"]) {
                let hand = try CaseInHand()
                var act = hand.acceptance(of: .identity, by: "passport")
                act.arrivedOn = hand.today + 1
                return (hand, act)
            },
            Refusal("a second time", ["already-accepted"]) {
                let hand = try CaseInHand.running()
                return (hand, hand.acceptance(of: .identity, by: "passport"))
            },
            Refusal("a file that the virus check has not passed", ["file-not-checked"]) {
                var hand = try CaseInHand()
                try hand.does(
                    AddFiles(files: [offered], purpose: .evidence, check: .identity, arrivedOn: hand.today))
                return (hand, hand.acceptance(of: .identity, by: "passport"))
            },
            Refusal("a day after the proof on file came", ["after-arrival"]) {
                var hand = try CaseInHand()
                try hand.does(LogEvidence(check: .identity, arrivedOn: hand.today, document: "passport"))
                hand.today = hand.today + 5
                return (hand, hand.acceptance(of: .identity, by: "passport"))
            },
            Refusal("a closed case", ["closed", "already-accepted"]) {
                let hand = try CaseInHand.released()
                return (hand, hand.acceptance(of: .identity, by: "passport"))
            },
            Refusal("several faults at once", ["before-receipt", "document-expired"]) {
                let hand = try CaseInHand()
                var act = hand.acceptance(of: .identity, by: "passport")
                act.arrivedOn = hand.today - 3
                act.documents[0].expires = hand.today - 10
                return (hand, act)
            },
        ])
    func refusals(_ refusal: Refusal) throws { try refusal.holds() }

    @Test("a proof that was accepted counts from the day it came in, and with the last of them the clock starts")
    func accepted() throws {
        var hand = try CaseInHand()
        hand.today = hand.today + 10
        var identity = hand.acceptance(of: .identity, by: "passport")
        identity.arrivedOn = hand.today - 4
        try hand.does(identity)
        try hand.does(hand.acceptance(of: .address, by: "council-tax"))
        #expect(hand.matter.completeOn == nil)
        var authority = hand.acceptance(of: .authority)
        authority.arrivedOn = hand.matter.receivedOn
        try hand.does(authority)
        #expect(hand.matter.standing(of: .identity).acceptedOn == hand.today - 4)
        #expect(hand.matter.completeOn == hand.today)
        #expect(try hand.clock().policy.start == hand.today)
    }

    @Test("a refused proof asks for a better one in the same step, and can be accepted afterwards")
    func refused() throws {
        var hand = try CaseInHand()
        let facts = try hand.does(RefuseCheck(check: .identity, reason: "The photo cannot be seen."))
        #expect(facts.map(\.kind) == [.checkRefused, .messageSent])
        #expect(hand.matter.conversations.map(\.sent.asks) == [.document])
        #expect(hand.matter.conversations.map(\.sent.check) == [.identity])
        #expect(hand.matter.standing(of: .identity).acceptedOn == nil)
        #expect(try hand.reasons(against: RefuseCheck(check: .address, reason: " \n")) == ["reason-missing"])
        try hand.does(hand.acceptance(of: .identity, by: "passport"))
        #expect(hand.matter.standing(of: .identity).isAccepted)
    }

    @Test("a proof that came by post is written down on the day it came")
    func logged() throws {
        var hand = try CaseInHand()
        hand.today = hand.today + 2
        try hand.does(LogEvidence(check: .address, arrivedOn: hand.today - 1, document: "council-tax"))
        let offered = hand.matter.standing(of: .address).offered
        #expect(offered.map(\.on) == [hand.today - 1])
        let late = LogEvidence(check: .address, arrivedOn: hand.today + 1)
        #expect(try hand.reasons(against: late) == ["in-future"])
    }

    @Test("the dates of the record are asked for the dead alone, in their order, and not in the future")
    func lastEntry() throws {
        let living = try CaseInHand()
        let act = RecordLastEntry(lastEntry: living.today - 9, firstEntry: nil)
        #expect(try living.reasons(against: act) == ["living"])
        var hand = try CaseInHand.ofDeceased()
        let crossed = RecordLastEntry(lastEntry: hand.today - 9, firstEntry: hand.today - 8)
        #expect(try hand.reasons(against: crossed) == ["entries-crossed"])
        let future = RecordLastEntry(lastEntry: hand.today + 1, firstEntry: nil)
        #expect(try hand.reasons(against: future) == ["in-future"])
        try hand.does(RecordLastEntry(lastEntry: nil, firstEntry: nil))
        #expect(hand.matter.lastEntry != nil, "not known is an answer too")
    }
}
