import Rights
import Testing

/// Messages and questions: S1-57 to S1-60.
@Suite struct MessageActTests {
    private static func asked(_ asks: MessageSent.Asks, check: Check? = nil) throws -> CaseInHand {
        var hand = try CaseInHand()
        try hand.does(SendMessage(text: "Which hospital?", asks: asks, check: check))
        return hand
    }

    @Test(
        "a message says something, a question goes to an open case, and an answer fits its question",
        arguments: [
            Refusal("an empty message", ["text-missing"]) {
                (try CaseInHand(), SendMessage(text: "  ", asks: .nothing))
            },
            Refusal("a question in a closed case", ["closed"]) {
                (try CaseInHand.released(), SendMessage(text: "Which hospital?", asks: .reply))
            },
            Refusal("an answer to nothing", ["no-message"]) {
                (try CaseInHand(), AnswerQuestion(number: 1, text: "The General"))
            },
            Refusal("an empty answer", ["text-missing"]) {
                (try asked(.reply), AnswerQuestion(number: 1, text: ""))
            },
            Refusal("no document and no word where a document was asked for", ["nothing-sent"]) {
                (try asked(.document), AnswerQuestion(number: 1, text: "\n"))
            },
            Refusal("an answer of a day before its question", ["before-question"]) {
                var hand = try CaseInHand()
                hand.today = hand.today + 3
                try hand.does(SendMessage(text: "Which hospital?", asks: .reply))
                return (hand, AnswerQuestion(number: 1, text: "The General", arrivedOn: hand.today - 1))
            },
            Refusal("an answer of tomorrow", ["in-future"]) {
                let hand = try asked(.reply)
                return (hand, AnswerQuestion(number: 1, text: "The General", arrivedOn: hand.today + 1))
            },
            Refusal("an empty message to the trust", ["text-missing"]) {
                (try CaseInHand(), WriteToTrust(text: " "))
            },
            Refusal("a message that is not there to be read", ["no-message"]) {
                (try CaseInHand(), ReadMessage(number: 7))
            },
        ])
    func refusals(_ refusal: Refusal) throws { try refusal.holds() }

    @Test("a document that nobody asked for is not the requester's to send, but what came by post is logged")
    func unasked() throws {
        let hand = try Self.asked(.reply)
        let act = AnswerQuestion(number: 1, text: "Here", files: [CaseInHand.file(1)])
        #expect(try hand.reasons(against: act, by: .requester(CaseInHand.account)) == ["no-document-asked"])
        #expect(try hand.reasons(against: act, by: .staff(CaseInHand.handler)).isEmpty)
    }

    @Test("a closed case can still be told something, and its requester can still write")
    func closed() throws {
        var hand = try CaseInHand.released()
        try hand.does(SendMessage(text: "Thank you.", asks: .nothing))
        try hand.does(WriteToTrust(text: "A page is missing."))
        #expect(hand.matter.unpromptedReplies.map(\.received.text) == ["A page is missing."])
        #expect(hand.matter.nextAction(under: hand.policy) == .readReply)
    }

    @Test("a requester does not date their own answer")
    func dated() throws {
        let hand = try Self.asked(.reply)
        let act = AnswerQuestion(number: 1, text: "The General", arrivedOn: hand.today)
        #expect(try hand.reasons(against: act, by: .requester(CaseInHand.account)) == ["not-yours-to-date"])
    }

    @Test("a document that answers a question about a proof is offered as that proof, and waits for the virus check")
    func proof() throws {
        var hand = try Self.asked(.document, check: .identity)
        #expect(hand.matter.stage == .waitingForYou)
        let answer = AnswerQuestion(number: 1, text: "", files: [CaseInHand.file(1)])
        let facts = try hand.does(answer, by: .requester(CaseInHand.account))
        #expect(facts.map(\.kind) == [.fileAdded, .evidenceOffered, .replyReceived])
        #expect(hand.matter.standing(of: .identity).offered.map(\.evidence.file) == [CaseInHand.file(1).id])
        #expect(hand.matter.file(CaseInHand.file(1).id)?.purpose == .evidence)
        #expect(try hand.reasons(against: hand.acceptance(of: .identity, by: "passport")) == ["file-not-checked"])
    }

    @Test("a message is read once, and an answer counts as having read it")
    func read() throws {
        var hand = try Self.asked(.reply)
        #expect(hand.matter.conversation(1)?.needsRequester == true)
        #expect(try hand.does(ReadMessage(number: 1)).map(\.kind) == [.messageRead])
        let readAt = hand.matter.conversation(1)?.readAt
        #expect(readAt != nil)
        #expect(try hand.does(ReadMessage(number: 1)).isEmpty)
        #expect(hand.matter.conversation(1)?.isWaiting == true, "read is not answered")
        try hand.does(AnswerQuestion(number: 1, text: "The General"), by: .requester(CaseInHand.account))
        #expect(hand.matter.conversation(1)?.readAt == readAt)
        #expect(hand.matter.conversation(1)?.needsRequester == false)
        var other = try Self.asked(.reply)
        try other.does(AnswerQuestion(number: 1, text: "The General"), by: .requester(CaseInHand.account))
        #expect(other.matter.conversation(1)?.readAt != nil)
    }
}
