import Rights
import Testing

/// Mistakes are struck out and stay to be read (clock.md 2.1).
@Suite struct StrikeTests {
    @Test(
        "what left the trust or came in from outside cannot be struck out, nor the same entry twice, nor for no reason",
        arguments: [
            Refusal("an entry that is not there", ["no-entry"]) {
                (try CaseInHand(), StrikeEntry(entry: 9, reason: "Mistake"))
            },
            Refusal("the receipt", ["cannot-be-undone"]) {
                (try CaseInHand(), StrikeEntry(entry: 1, reason: "Mistake"))
            },
            Refusal("a message", ["cannot-be-undone"]) {
                var hand = try CaseInHand()
                try hand.does(SendMessage(text: "Hello", asks: .nothing))
                return (hand, StrikeEntry(entry: 2, reason: "Mistake"))
            },
            Refusal("a release", ["cannot-be-undone"]) {
                let hand = try CaseInHand.released()
                return (hand, StrikeEntry(entry: hand.matter.sequence, reason: "Mistake"))
            },
            Refusal("an entry that is struck out already", ["already-struck"]) {
                var hand = try CaseInHand()
                try hand.does(AddNote(text: "Wrong case"))
                try hand.does(StrikeEntry(entry: 2, reason: "Mistake"))
                return (hand, StrikeEntry(entry: 2, reason: "Mistake"))
            },
            Refusal("a striking", ["cannot-be-undone"]) {
                var hand = try CaseInHand()
                try hand.does(AddNote(text: "Wrong case"))
                try hand.does(StrikeEntry(entry: 2, reason: "Mistake"))
                return (hand, StrikeEntry(entry: 3, reason: "Mistake"))
            },
            Refusal("no reason", ["reason-missing"]) {
                var hand = try CaseInHand()
                try hand.does(AddNote(text: "Wrong case"))
                return (hand, StrikeEntry(entry: 2, reason: "  "))
            },
        ])
    func refusals(_ refusal: Refusal) throws { try refusal.holds() }

    @Test("striking out the start of a pause restores the date as if it had never been")
    func pause() throws {
        var hand = try CaseInHand.running()
        let due = try hand.clock().policy.due
        hand.today = hand.today + 4
        try hand.does(PauseClock(reason: "clarification", question: "Which years?", asks: .reply))
        let entry = hand.matter.sequence
        hand.today = hand.today + 4
        #expect(try hand.clock().policy.due == nil)
        try hand.does(StrikeEntry(entry: entry, reason: "Sent to the wrong person"))
        #expect(try hand.clock().policy.due == due)
        #expect(hand.matter.entries.contains { $0.sequence == entry }, "it stays to be read")
        #expect(hand.matter.struck[entry] == hand.matter.sequence)
    }

    @Test("striking out an accepted proof stops the clock from having started")
    func check() throws {
        var hand = try CaseInHand.running()
        let entry = try #require(hand.matter.entries.first { $0.fact.kind == .checkAccepted })
        try hand.does(StrikeEntry(entry: entry.sequence, reason: "Another person's passport"))
        #expect(hand.matter.completeOn == nil)
        #expect(try hand.clock().policy.state == .awaitingCompleteness)
    }

    @Test("striking out a closing opens the case again, and a number given to what was struck out serves once more")
    func reopened() throws {
        var hand = try CaseInHand.running()
        try hand.does(CloseCase(cause: .duplicate, reason: "Sent twice"))
        try hand.does(StrikeEntry(entry: hand.matter.sequence, reason: "It was another request"))
        #expect(hand.matter.isOpen)
        let task = GiveTask(title: "Find the films", department: "x-ray", dueOn: hand.today + 7)
        try hand.does(task)
        try hand.does(ReturnTask(number: 1, isDone: true, outcome: "Found"))
        try hand.does(StrikeEntry(entry: hand.matter.sequence - 1, reason: "Another case's films"))
        try hand.does(task)
        #expect(hand.matter.tasks.map(\.given.number) == [1])
        #expect(hand.matter.openTasks.count == 1, "the old task's return is not the new one's")
    }
}
