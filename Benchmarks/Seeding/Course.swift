import Casework
import Rights
import Store

/// One case told from receipt to where it stands today, act by act. About 80 facts, whichever way it goes.
struct Course {
    /// Where a case is left.
    enum End: CaseIterable {
        case released, waitingForAnswer, answered, extended, readyToCheck, partReleased
    }

    /// What is the same for all cases.
    struct Ground: Sendable {
        let casework: Casework
        let holidays: BankHolidays
        let handler: Staff

        var policy: Policy { casework.policies.current }
    }

    private let received: Day
    private let ground: Ground
    private let account: Account.ID
    private let end: End
    private let person: MadeUpPerson
    private var dice: Dice
    /// Identifiers have dice of their own, so that a case is the same whatever is told of it.
    private var names: Dice
    private var now: Moment
    private var lastActor: String?
    private var matter: Case?
    private var steps: [ToldCase.Step] = []
    private var files: [ToldCase.File] = []

    /// - Parameter number: which of all cases: decides whose it is, when it came, and how far it got.
    init(_ number: Int, on ground: Ground, today: Day, account: Account.ID) {
        var dice = Dice(number &* 31 &+ 7)
        // Half of all are answered; the others are spread over the states of open work.
        let open = End.allCases.filter { $0 != .released }
        end = number.isMultiple(of: 2) ? .released : open[number / 2 % open.count]
        received = today - (end == .released ? dice.roll(60..<700) : dice.roll(36..<75))
        person = MadeUpPerson(number)
        self.ground = ground
        self.account = account
        self.dice = dice
        names = Dice(number &* 1_000_003)
        now = Moment(milliseconds: Int64(received.number) * 86_400_000 + 9 * 3_600_000)
    }

    private var today: Day { ground.casework.surroundings.day(now) }

    /// Tells the case to where it is left.
    ///
    /// - Throws: what the rules throw: a course that they refuse is none.
    mutating func told() throws -> Pattern {
        let openedAt = now
        try begin("pattern")
        try check()
        try ask(for: "Which hospital did you go to?", after: 3)
        try giveTasks(6)
        try pause(until: 4)
        try pause(until: 3)
        try ask(for: "Do you want the pictures as well as the reports?", after: 2)
        try returnTasks(6)
        try finish()
        let matter = try theCase()
        let summary = try ground.casework.summary(of: matter, in: situation(.staff(ground.handler)))
        return Pattern(
            ToldCase(id: matter.id, openedAt: openedAt, steps: steps, files: files, summary: summary),
            received: matter.received)
    }

    /// The request comes in, with its proofs.
    private mutating func begin(_ reference: String) throws {
        let (number, document) = (dice.roll(0..<1000), ["passport", "council-tax", "signed-consent"])
        let id: Case.ID = identifier()
        var enclosures: [NewRequest.Enclosure] = []
        for (check, code) in zip(Check.allCases, document) {
            let file = keptFile("\(code)-\(number).pdf")
            enclosures.append(NewRequest.Enclosure(file: file, checks: [check], document: code))
        }
        let request = NewRequest(
            applicationType: "living", channel: .portal, receivedOn: received,
            requester: Requester(
                name: person.subject.name, email: person.email, phone: "07700 900123",
                address: person.subject.address, capacity: "patient", account: account),
            subject: person.subject,
            scope: Scope(
                description: dice.text(200), recordTypes: ["Letters", "Test results"], from: received - 4000,
                to: received, format: "Download from the portal"),
            answers: (1...6).map { AnsweredQuestion(question: "Question \($0)", answer: dice.text(60)) },
            enclosures: enclosures)
        let actor = Actor.requester(account)
        let entries = try write(try request.begin(reference: reference, in: situation(actor)), after: 0, by: actor)
        matter = try Case(id: id, entries: entries)
        for enclosure in enclosures { try inspect(enclosure.file) }
    }

    private mutating func check() throws {
        days(1)
        try staff(AssignHandler(staff: ground.handler))
        for (check, document) in zip(Check.allCases, ["passport", "council-tax", nil]) {
            try staff(
                AcceptCheck(
                    check: check, arrivedOn: received, document: document, seenAs: document.map { _ in "copy" },
                    issued: today - 30, expires: today + 900))
        }
        try notes(7)
    }

    private mutating func ask(for text: String, after days: Int) throws {
        try staff(SendMessage(text: text + " " + dice.text(300), asks: .reply))
        self.days(days)
        try answer()
    }

    private mutating func pause(until answer: Int) throws {
        try staff(PauseClock(reason: "clarification", question: dice.text(300), asks: .reply))
        days(answer)
        try self.answer()
        days(1)
        try staff(ResumeClock(pause: try theCase().pauses.count, answeredOn: today - 1))
    }

    /// The requester reads the last question and answers it.
    private mutating func answer() throws {
        let number = try theCase().conversations.count
        try requester(ReadMessage(number: number))
        try requester(AnswerQuestion(number: number, text: dice.text(150)))
    }

    private mutating func giveTasks(_ count: Int) throws {
        let departments = ["medical-records", "clinical-team", "x-ray", "pathology"]
        for number in 0..<count {
            try staff(
                GiveTask(
                    title: "Find the volumes of \(2001 + number * 3)", details: dice.text(150),
                    department: departments[number % departments.count], dueOn: today + 7))
        }
        try notes(6)
        days(1)
    }

    private mutating func returnTasks(_ count: Int) throws {
        for number in 1...count {
            try staff(ReturnTask(number: number, isDone: true, outcome: dice.text(100)))
        }
    }

    private mutating func finish() throws {
        switch end {
        case .released:
            let files = try addRecords(7)
            try release(files, isFinal: true)
            days(1)
            for file in files.prefix(2) { try requester(DownloadFile(part: 1, file: file)) }
            try notes(6)
        case .waitingForAnswer:
            _ = try addRecords(7)
            try notes(9)
            try staff(PauseClock(reason: "clarification", question: dice.text(300), asks: .reply))
        case .answered:
            _ = try addRecords(7)
            try notes(6)
            try staff(PauseClock(reason: "clarification", question: dice.text(300), asks: .reply))
            days(1)
            try answer()
        case .extended:
            _ = try addRecords(7)
            try notes(4)
            try staff(ExtendClock(amount: .days(56), reason: dice.text(80), letter: dice.text(1200)))
        case .readyToCheck:
            _ = try addRecords(8)
            try notes(9)
        case .partReleased:
            let files = try addRecords(7)
            try release(files, isFinal: false)
            try notes(5)
        }
    }

    private mutating func addRecords(_ count: Int) throws -> [StoredFile.ID] {
        try notes(1)
        let files = (1...count).map { keptFile("volume-\($0).pdf") }
        try staff(AddFiles(files: files, purpose: .record, arrivedOn: today))
        for file in files { try inspect(file) }
        days(1)
        return files.map(\.id)
    }

    private mutating func release(_ released: [StoredFile.ID], isFinal: Bool) throws {
        let statements = ground.policy.releaseChecks(in: .living).map(\.code)
        try staff(ConfirmRelease(statements: statements))
        try staff(ReleasePart(files: released, note: dice.text(400), isFinal: isFinal))
        for index in files.indices where released.contains(files[index].file.id) {
            files[index].released = (part: try theCase().parts.count, at: now)
        }
    }

    private mutating func notes(_ count: Int) throws {
        for _ in 0..<count { try staff(AddNote(text: dice.text(180))) }
    }

    /// What the database knows of a file. Its bytes are left out: 100,000 files of them would measure nothing.
    private mutating func keptFile(_ name: String) -> StoredFile {
        let file = StoredFile(
            id: identifier(), name: name, size: dice.roll(20_000..<4_000_000),
            sha256: String(repeating: "0123456789abcdef", count: 4), contentType: "application/pdf")
        files.append(ToldCase.File(file: file, at: now))
        return file
    }

    private mutating func inspect(_ file: StoredFile) throws {
        try perform(InspectFile(inspected: FileInspected(file: file.id, result: .clean)), by: .system("Virus check"))
    }

    private mutating func staff(_ act: some Act) throws { try perform(act, by: .staff(ground.handler)) }

    private mutating func requester(_ act: some Act) throws { try perform(act, by: .requester(account)) }

    private mutating func perform(_ act: some Act, by actor: Actor) throws {
        let matter = try theCase()
        let additions = try act.rule(on: matter, in: situation(actor))
        let entries = try write(additions, after: matter.sequence, by: actor)
        self.matter = try Case(id: matter.id, entries: matter.entries + entries)
    }

    /// Writes facts down as somebody's. What one does on end is written at one time; a minute later the next acts.
    private mutating func write(_ additions: [Addition], after last: Int, by actor: Actor) throws -> [Entry] {
        if let lastActor, lastActor != actor.skeleton { now = now + 60 }
        lastActor = actor.skeleton
        let author = actor.author
        let facts = try additions.map { try EntryCoding.stored($0, by: author) }
        if let last = steps.last, last.actor == actor.skeleton, last.at == now {
            steps[steps.count - 1].facts += facts
        } else {
            steps.append(ToldCase.Step(at: now, actor: actor.skeleton, facts: facts))
        }
        return additions.enumerated().map { index, addition in
            Entry(
                sequence: last + index + 1, recorded: now, effective: addition.effective, by: author,
                fact: addition.fact)
        }
    }

    private func theCase() throws -> Case {
        guard let matter else { throw Problem.notFound }
        return matter
    }

    private func situation(_ actor: Actor) -> Situation {
        Situation(actor: actor, policy: ground.policy, holidays: ground.holidays, today: today, now: now)
    }

    private mutating func identifier<Owner>() -> Identifier<Owner> {
        Identifier(at: now, random: names.bytes(10))
    }

    private mutating func days(_ count: Int) {
        now = now + count * 86_400
        lastActor = nil
    }
}
