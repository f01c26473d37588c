import Rights
import Testing

/// Tasks to departments, notes, and who handles a case.
@Suite struct TaskActTests {
    private static func giving(_ hand: CaseInHand, department: String = "x-ray") -> GiveTask {
        GiveTask(title: "Find the films", department: department, dueOn: hand.today + 7)
    }

    @Test(
        "a task has a title, a department and a day to come, and comes back once, with words",
        arguments: [
            Refusal("nothing to do, for nobody, yesterday", ["title-missing", "department-unknown", "due-past"]) {
                let hand = try CaseInHand()
                return (hand, GiveTask(title: "", department: "cellar", dueOn: hand.today - 1))
            },
            Refusal("a task of a closed case", ["closed"]) {
                let hand = try CaseInHand.released()
                return (hand, giving(hand))
            },
            Refusal("a task that is not there", ["no-task"]) {
                (try CaseInHand(), ReturnTask(number: 1, isDone: true, outcome: "Found"))
            },
            Refusal("a task given back without a word", ["outcome-missing"]) {
                var hand = try CaseInHand()
                try hand.does(giving(hand))
                return (hand, ReturnTask(number: 1, isDone: false, outcome: " "))
            },
            Refusal("a task given back twice", ["task-returned"]) {
                var hand = try CaseInHand()
                try hand.does(giving(hand))
                try hand.does(ReturnTask(number: 1, isDone: true, outcome: "Found"))
                return (hand, ReturnTask(number: 1, isDone: true, outcome: "Found again"))
            },
            Refusal("an empty note", ["text-missing"]) { (try CaseInHand(), AddNote(text: "\n")) },
            Refusal("a handler who may not open cases", ["no-access"]) {
                (try CaseInHand(), AssignHandler(staff: CaseInHand.staff(9, permissions: [.giveTask])))
            },
            Refusal("a handler who is the patient", ["own-case"]) {
                let own = OwnIdentity(name: "Aisha Rahman", email: "aisha@example.com", dateOfBirth: day(1979, 7, 4))
                return (
                    try CaseInHand(), AssignHandler(staff: CaseInHand.staff(9, permissions: [.viewCases], own: own))
                )
            },
            Refusal("a handler of a closed case", ["closed"]) {
                (try CaseInHand.released(), AssignHandler(staff: CaseInHand.handler))
            },
        ])
    func refusals(_ refusal: Refusal) throws { try refusal.holds() }

    @Test("tasks are counted within the case, and those that are open hold back the answer but not a part")
    func open() throws {
        var hand = try CaseInHand.readyToRelease()
        try hand.does(Self.giving(hand))
        try hand.does(Self.giving(hand, department: "pathology"))
        try hand.does(ReturnTask(number: 1, isDone: false, outcome: "Destroyed in 2009"))
        #expect(hand.matter.openTasks.map(\.given.number) == [2])
        let files = hand.matter.records.map(\.file.id)
        let answer = ReleasePart(files: files, note: "All there is.", isFinal: true)
        #expect(try hand.reasons(against: answer) == ["gate-tasks"])
        #expect(try hand.reasons(against: ReleasePart(files: files, note: "The first part.", isFinal: false)) == [])
    }

    @Test("the program itself may open a task in a closed case, for a message that could not be sent")
    func deadMessage() throws {
        var hand = try CaseInHand.released()
        try hand.does(Self.giving(hand, department: "medico-legal"), by: .system("Mail"))
        #expect(hand.matter.openTasks.count == 1)
    }

    @Test("the last handler named is the handler, and notes can be written at any time")
    func handler() throws {
        var hand = try CaseInHand()
        try hand.does(AssignHandler(staff: CaseInHand.handler))
        try hand.does(AssignHandler(staff: CaseInHand.staff(9, permissions: [.viewCases])))
        #expect(hand.matter.handler?.staff == identifier(9, Staff.self))
        var closed = try CaseInHand.released()
        #expect(try closed.does(AddNote(text: "Filed.")).map(\.kind) == [.noteAdded])
    }
}
