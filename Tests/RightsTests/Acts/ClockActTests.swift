import Rights
import Testing

/// Pausing, resuming and extending: policy 5.3(c) and (d), S2-090 to S2-093.
@Suite struct ClockActTests {
    private static let question = PauseClock(reason: "clarification", question: "Which years?", asks: .reply)

    private static func extending(_ amount: Period) -> ExtendClock {
        ExtendClock(amount: amount, reason: "Eleven volumes.", letter: "We need more time.")
    }

    private static func paused() throws -> CaseInHand {
        var hand = try CaseInHand.running()
        hand.today = hand.today + 5
        try hand.does(question)
        return hand
    }

    @Test(
        "the clock stops only for a question of the policy's kinds, goes on from a day that can be, is extended in time",
        arguments: [
            Refusal("a clock that has not started", ["clock-not-started"]) { (try CaseInHand(), question) },
            Refusal("a reason that the policy does not know", ["reason-unknown"]) {
                (try CaseInHand.running(), PauseClock(reason: "holiday", question: "Which years?", asks: .reply))
            },
            Refusal("nothing asked", ["question-missing", "no-question"]) {
                (try CaseInHand.running(), PauseClock(reason: "clarification", question: " ", asks: .nothing))
            },
            Refusal("a question after the last day", ["pause-late"]) {
                var hand = try CaseInHand.running()
                hand.today = try #require(try hand.clock().policy.due) + 1
                return (hand, question)
            },
            Refusal("a closed case", ["closed"]) { (try CaseInHand.released(), question) },
            Refusal("the end of a pause that is not there", ["no-pause"]) {
                let hand = try CaseInHand.running()
                return (hand, ResumeClock(pause: 1, answeredOn: hand.today))
            },
            Refusal(
                "an answer before the question, of which nothing is on file",
                ["before-question", "note-missing", "question-open"]
            ) {
                let hand = try paused()
                return (hand, ResumeClock(pause: 1, answeredOn: hand.today - 1))
            },
            Refusal("an answer of tomorrow", ["in-future"]) {
                let hand = try paused()
                return (
                    hand,
                    ResumeClock(
                        pause: 1, answeredOn: hand.today + 1, note: "By telephone", question: .answeredOtherwise)
                )
            },
            Refusal("an end that leaves its question open", ["question-open"]) {
                let hand = try paused()
                return (hand, ResumeClock(pause: 1, answeredOn: hand.today, note: "By telephone"))
            },
            Refusal("an end without an answer on file or a word about it", ["note-missing", "question-open"]) {
                let hand = try paused()
                return (hand, ResumeClock(pause: 1, answeredOn: hand.today))
            },
            Refusal("a second end", ["no-pause"]) {
                var hand = try paused()
                try hand.does(ResumeClock(pause: 1, answeredOn: hand.today, note: "By telephone", question: .withdrawn))
                return (hand, ResumeClock(pause: 1, answeredOn: hand.today, note: "Again"))
            },
            Refusal("an extension without a reason or a letter", ["reason-missing", "letter-missing"]) {
                (try CaseInHand.running(), ExtendClock(amount: .days(28), reason: "", letter: "\t"))
            },
            Refusal("more than the policy allows", ["extension-too-long"]) {
                (try CaseInHand.running(), extending(.days(57)))
            },
            Refusal("months where the policy counts days", ["extension-unit"]) {
                (try CaseInHand.running(), extending(.months(2)))
            },
            Refusal("an extension after the date", ["extension-late"]) {
                var hand = try CaseInHand.running()
                hand.today = try #require(try hand.clock().policy.due) + 1
                return (hand, extending(.days(28)))
            },
            Refusal("an alert about a closed case", ["closed"]) {
                let hand = try CaseInHand.released()
                return (hand, RaiseAlert(raised: AlertRaised(daysLeft: 7, told: [], due: hand.today + 7)))
            },
            Refusal("the same alert twice", ["already-raised"]) {
                var hand = try CaseInHand.running()
                let alert = RaiseAlert(raised: AlertRaised(daysLeft: 7, told: ["manager"], due: hand.today + 7))
                try hand.does(alert)
                return (hand, alert)
            },
        ])
    func refusals(_ refusal: Refusal) throws { try refusal.holds() }

    @Test("a pause sends its question, stops the date, and gives the days back when it ends")
    func pauseAndResume() throws {
        var hand = try CaseInHand.running()
        #expect(try hand.clock().policy.due == day(2026, 3, 30))
        hand.today = hand.today + 5
        #expect(try hand.does(Self.question).map(\.kind) == [.messageSent, .clockPaused])
        #expect(try hand.clock().policy.due == nil)
        hand.today = hand.today + 6
        try hand.does(AnswerQuestion(number: 1, text: "1998 to 2004"), by: .requester(CaseInHand.account))
        #expect(hand.matter.proposedEnds.map(\.on) == [hand.today])
        hand.today = hand.today + 2
        try hand.does(ResumeClock(pause: 1, answeredOn: hand.today - 2))
        // Six days, and Good Friday and Easter Monday, which are now within the time.
        #expect(try hand.clock().policy.due == day(2026, 4, 7))
        #expect(hand.matter.openPauses.isEmpty)
    }

    @Test("an extension tells the requester and moves both dates")
    func extends() throws {
        var hand = try CaseInHand.running()
        let before = try hand.clock()
        #expect(try hand.does(Self.extending(.days(56))).map(\.kind) == [.messageSent, .clockExtended])
        let after = try hand.clock()
        // 56 days, and the four bank holidays of April and May.
        #expect(after.policy.due == day(2026, 5, 29))
        #expect(try #require(after.statute?.due) > #require(before.statute?.due))
        #expect(hand.matter.conversations.map(\.sent.asks) == [.nothing])
        #expect(try hand.reasons(against: Self.extending(.days(1))) == ["extension-too-long"])
    }

    @Test("two pauses at once have numbers of their own, and each ends by itself")
    func twoPauses() throws {
        var hand = try Self.paused()
        hand.today = hand.today + 1
        try hand.does(PauseClock(reason: "evidence", question: "Please send a copy.", asks: .document))
        #expect(hand.matter.openPauses.map(\.paused.number) == [1, 2])
        #expect(hand.matter.openPauses.map(\.paused.message) == [1, 2])
        try hand.does(
            ResumeClock(pause: 1, answeredOn: hand.today, note: "By telephone", question: .answeredOtherwise))
        #expect(hand.matter.openPauses.map(\.paused.number) == [2])
        #expect(try hand.clock().policy.due == nil)
    }

    @Test(
        "a pause that ends without an answer on file settles its question, which then bars nothing",
        arguments: QuestionEnd.allCases)
    func settles(_ end: QuestionEnd) throws {
        var hand = try Self.paused()
        try hand.does(ResumeClock(pause: 1, answeredOn: hand.today, note: "She rang.", question: end))
        #expect(hand.matter.conversation(1)?.isWaiting == false)
        #expect(hand.matter.conversation(1)?.ended?.how == end)
        #expect(hand.matter.gates(under: hand.policy).first { $0.code == "questions" }?.state == .passed)
        #expect(hand.matter.stage == .inProgress)
        let resumed = try #require(hand.matter.entries.last)
        try hand.does(StrikeEntry(entry: resumed.sequence, reason: "It was another case."))
        #expect(hand.matter.conversation(1)?.isWaiting == true, "striking the end out opens both again")
    }
}
