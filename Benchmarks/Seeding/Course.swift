import Casework
import Rights
import Store

/// One case told from receipt to where it stands today, act by act, through the door that everybody uses. About 80
/// facts, whichever way it goes.
struct Course {
    /// Where a case is left.
    enum End: CaseIterable {
        case released, waitingForAnswer, answered, extended, readyToCheck, partReleased
    }

    private let casework: Casework
    private let handler: Staff
    private let account: Account.ID
    private let received: Day
    private let end: End
    private let person: MadeUpPerson
    private var dice: Dice
    /// The instant of the last act; the next one comes a minute later.
    private var now: Moment
    private var id: Case.ID?
    /// The desk on the day of the next act.
    private var desk: Casework { casework.dated(now) }
    private var today: Day { casework.surroundings.day(now) }

    /// - Parameters:
    ///   - number: which of all cases: decides whose it is, when it came, and how far it got.
    ///   - handler: who works it.
    init(_ number: Int, in casework: Casework, today: Day, handler: Staff, account: Account.ID) {
        var dice = Dice(number &* 31 &+ 7)
        // Half of all are answered; the others are spread over the states of open work.
        let open = End.allCases.filter { $0 != .released }
        end = number.isMultiple(of: 2) ? .released : open[number / 2 % open.count]
        received = today - (end == .released ? dice.roll(60..<700) : dice.roll(36..<75))
        person = MadeUpPerson(number)
        self.casework = casework
        self.handler = handler
        self.account = account
        self.dice = dice
        now = Moment(milliseconds: Int64(received.number) * 86_400_000 + 9 * 3_600_000)
    }

    /// Works the case to where it is left. Returns it as it stands then.
    mutating func run() async throws -> Case {
        try await check()
        try await ask(for: "Which hospital did you go to?", after: 3)
        try await giveTasks(6)
        try await pause(until: 4)
        try await pause(until: 3)
        try await ask(for: "Do you want the pictures as well as the reports?", after: 2)
        try await returnTasks(6)
        return try await finish()
    }

    /// The request comes in, with its proofs.
    mutating func begin() async throws -> Case.ID {
        let (number, document) = (dice.roll(0..<1000), ["passport", "council-tax", "signed-consent"])
        var enclosures: [NewRequest.Enclosure] = []
        let key = try await casework.store.write { [now] in try $0.makeKey(at: now) }
        for (check, code) in zip(Check.allCases, document) {
            let file = try await keptFile("\(code)-\(number).pdf", under: key, in: nil)
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
        let matter = try await desk.begin(request, by: .requester(account), under: key)
        id = matter.id
        for enclosure in enclosures { try await inspect(enclosure.file.id) }
        return matter.id
    }

    private mutating func check() async throws {
        days(1)
        try await staff(AssignHandler(staff: handler))
        for (check, document) in zip(Check.allCases, ["passport", "council-tax", nil]) {
            try await staff(
                AcceptCheck(
                    check: check, arrivedOn: received, document: document, seenAs: document.map { _ in "copy" },
                    issued: today - 30, expires: today + 900))
        }
        try await notes(7)
    }

    private mutating func ask(for text: String, after days: Int) async throws {
        let matter = try await staff(SendMessage(text: text + " " + dice.text(300), asks: .reply))
        let number = matter.conversations.count
        self.days(days)
        try await requester(ReadMessage(number: number))
        try await requester(AnswerQuestion(number: number, text: dice.text(150)))
    }

    private mutating func pause(until answer: Int) async throws {
        let matter = try await staff(
            PauseClock(reason: "clarification", question: dice.text(300), asks: .reply))
        let number = matter.conversations.count
        days(answer)
        try await requester(ReadMessage(number: number))
        try await requester(AnswerQuestion(number: number, text: dice.text(150)))
        days(1)
        try await staff(ResumeClock(pause: matter.pauses.count, answeredOn: today - 1))
    }

    private mutating func giveTasks(_ count: Int) async throws {
        let departments = ["medical-records", "clinical-team", "x-ray", "pathology"]
        for number in 0..<count {
            try await staff(
                GiveTask(
                    title: "Find the volumes of \(2001 + number * 3)", details: dice.text(150),
                    department: departments[number % departments.count],
                    dueOn: today + 7))
        }
        try await notes(6)
        days(1)
    }

    private mutating func returnTasks(_ count: Int) async throws {
        for number in 1...count {
            try await staff(ReturnTask(number: number, isDone: true, outcome: dice.text(100)))
        }
    }

    private mutating func finish() async throws -> Case {
        switch end {
        case .released:
            let files = try await addRecords(7)
            try await release(files, isFinal: true)
            days(1)
            for file in files.prefix(2) { try await requester(DownloadFile(part: 1, file: file)) }
            return try await notes(6)
        case .waitingForAnswer:
            _ = try await addRecords(7)
            try await notes(9)
            return try await staff(PauseClock(reason: "clarification", question: dice.text(300), asks: .reply))
        case .answered:
            _ = try await addRecords(7)
            try await notes(6)
            let matter = try await staff(PauseClock(reason: "clarification", question: dice.text(300), asks: .reply))
            days(1)
            let number = matter.conversations.count
            try await requester(ReadMessage(number: number))
            return try await requester(AnswerQuestion(number: number, text: dice.text(150)))
        case .extended:
            _ = try await addRecords(7)
            try await notes(4)
            return try await staff(
                ExtendClock(amount: .days(56), reason: dice.text(80), letter: dice.text(1200)))
        case .readyToCheck:
            _ = try await addRecords(8)
            return try await notes(9)
        case .partReleased:
            let files = try await addRecords(7)
            try await release(files, isFinal: false)
            return try await notes(5)
        }
    }

    private mutating func addRecords(_ count: Int) async throws -> [StoredFile.ID] {
        let matter = try await notes(1)
        let key = try await casework.key(of: matter.id)
        var files: [StoredFile] = []
        for number in 1...count {
            files.append(try await keptFile("volume-\(number).pdf", under: key, in: matter.id))
        }
        try await staff(AddFiles(files: files, purpose: .record, arrivedOn: today))
        for file in files { try await inspect(file.id) }
        days(1)
        return files.map(\.id)
    }

    private mutating func release(_ files: [StoredFile.ID], isFinal: Bool) async throws {
        let statements = casework.policies.current.releaseChecks(in: .living).map(\.code)
        try await staff(ConfirmRelease(statements: statements))
        try await staff(ReleasePart(files: files, note: dice.text(400), isFinal: isFinal))
    }

    @discardableResult
    private mutating func notes(_ count: Int) async throws -> Case {
        for _ in 1..<count { try await staff(AddNote(text: dice.text(180))) }
        return try await staff(AddNote(text: dice.text(180)))
    }

    /// What the database knows of a file. Its bytes are left out: 100,000 files of them would measure nothing.
    private mutating func keptFile(
        _ name: String, under key: DataKey.ID, in id: Case.ID?
    ) async throws -> StoredFile {
        let file = StoredFile(
            id: desk.surroundings.identifier(), name: name, size: dice.roll(20_000..<4_000_000),
            sha256: String(repeating: "0123456789abcdef", count: 4), contentType: "application/pdf")
        try await casework.store.write { [now] in
            try $0.add(file, under: key, to: id, by: "staff:", at: now)
        }
        return file
    }

    private mutating func inspect(_ file: StoredFile.ID) async throws {
        let inspected = FileInspected(file: file, result: .clean)
        try await perform(InspectFile(inspected: inspected), by: .system("Virus check"))
    }

    @discardableResult
    private mutating func staff(_ act: some Act) async throws -> Case {
        try await perform(act, by: .staff(handler))
    }

    @discardableResult
    private mutating func requester(_ act: some Act) async throws -> Case {
        try await perform(act, by: .requester(account))
    }

    @discardableResult
    private mutating func perform(_ act: some Act, by actor: Actor) async throws -> Case {
        guard let id else { throw Problem.notFound }
        now = now + 60
        return try await desk.perform(act, on: id, by: actor)
    }

    private mutating func days(_ count: Int) {
        now = now + count * 86_400
    }
}
