import Rights

/// Facts with chance values in every field, the same in every run: each text may hold what JSON writes in another way,
/// and each field that may be missing is missing now and then.
struct RandomFacts {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0xD1B5_4A32_D192_ED03 }

    private mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    private static let pieces = [
        "a", "Siân", " ", "\"", "\\", "/", "\n", "\r", "\t", "\u{8}", "\u{c}", "\u{0}", "\u{1f}", "\u{7f}", "{", "}",
        "[", "]", ":", ",", "é", "e\u{301}", "🧑‍⚕️", "\u{2028}", "\u{feff}", "\u{10ffff}", "null", "\\u0041", "’",
    ]

    mutating func text() -> String {
        (0..<below(9)).map { _ in Self.pieces[below(Self.pieces.count)] }.joined()
    }

    mutating func texts() -> [String] { (0..<below(4)).map { _ in text() } }
    mutating func number() -> Int { [0, -1, 7, 80, .max, .min, below(1_000_000)][below(7)] }
    mutating func flag() -> Bool { below(2) == 0 }
    mutating func day() -> Day { Day(number: below(40_000) - 20_000) }

    mutating func identifier<Owner>() -> Identifier<Owner> {
        Identifier(
            at: Moment(milliseconds: Int64(below(1 << 40))), random: (0..<10).map { _ in UInt8(below(256)) })
    }

    mutating func maybe<Value>(_ value: (inout RandomFacts) -> Value) -> Value? { flag() ? value(&self) : nil }
    mutating func list<Value>(_ value: (inout RandomFacts) -> Value) -> [Value] {
        (0..<below(4)).map { _ in value(&self) }
    }

    mutating func pick<Code: CaseIterable>(_ codes: Code.Type) -> Code {
        let all = Array(codes.allCases)
        return all[below(all.count)]
    }

    mutating func author() -> Author {
        Author(kind: [.requester, .staff, .system][below(3)], id: text(), label: text())
    }

    /// A fact of this kind.
    mutating func fact(_ kind: Fact.Kind) -> Fact {
        switch kind {
        case .received: .received(received())
        case .handlerAssigned: .handlerAssigned(.init(staff: identifier(), label: text(), department: text()))
        case .evidenceOffered:
            .evidenceOffered(
                .init(check: pick(Check.self), document: maybe { $0.text() }, file: maybe { $0.identifier() }))
        case .checkAccepted:
            .checkAccepted(.init(check: pick(Check.self), documents: list { $0.seen() }, note: maybe { $0.text() }))
        case .checkRefused: .checkRefused(.init(check: pick(Check.self), reason: text()))
        case .lastEntryRecorded:
            .lastEntryRecorded(.init(lastEntry: maybe { $0.day() }, firstEntry: maybe { $0.day() }))
        case .messageSent:
            .messageSent(
                .init(
                    number: number(), text: text(), asks: pick(MessageSent.Asks.self),
                    check: maybe { $0.pick(Check.self) }))
        case .messageRead: .messageRead(.init(number: number()))
        case .replyReceived:
            .replyReceived(.init(message: maybe { $0.number() }, text: text(), files: list { $0.identifier() }))
        case .clockPaused: .clockPaused(.init(number: number(), reason: text(), message: number()))
        case .clockResumed:
            .clockResumed(
                .init(pause: number(), note: maybe { $0.text() }, question: maybe { $0.pick(QuestionEnd.self) }))
        case .clockExtended:
            .clockExtended(
                .init(amount: flag() ? .days(1 + below(99)) : .months(1 + below(9)), reason: text(), letter: text()))
        case .taskGiven:
            .taskGiven(
                .init(
                    number: number(), title: text(), details: maybe { $0.text() }, department: text(), dueOn: day()))
        case .taskReturned: .taskReturned(.init(number: number(), isDone: flag(), outcome: text()))
        case .noteAdded: .noteAdded(.init(text: text()))
        case .fileAdded: .fileAdded(.init(file: file(), purpose: pick(FileAdded.Purpose.self)))
        case .fileInspected: .fileInspected(.init(file: identifier(), result: inspection()))
        case .fileRemoved: .fileRemoved(.init(file: identifier(), reason: text()))
        case .releaseConfirmed: .releaseConfirmed(.init(statements: texts(), files: list { $0.identifier() }))
        case .partReleased:
            .partReleased(
                .init(
                    number: number(), files: list { $0.identifier() }, note: text(), isFinal: flag(),
                    downloadUntil: day()))
        case .releasedAgain: .releasedAgain(.init(part: number(), reason: text(), downloadUntil: day()))
        case .fileDownloaded: .fileDownloaded(.init(part: number(), file: identifier(), sha256: text()))
        case .requestRefused: .requestRefused(.init(ground: text(), reason: text(), letter: text()))
        case .notHeld:
            .notHeld(
                .init(searches: list { NotHeld.Search(place: $0.text(), result: $0.text()) }, letter: text()))
        case .withdrawn: .withdrawn(.init(how: text()))
        case .closed: .closed(.init(cause: pick(Closed.Cause.self), reason: text()))
        case .alertRaised: .alertRaised(.init(daysLeft: number(), told: texts(), due: day()))
        case .duplicateJudged:
            .duplicateJudged(
                .init(other: identifier(), otherReference: text(), isDuplicate: flag(), reason: text()))
        case .struck: .struck(.init(entry: number(), reason: text()))
        }
    }

    private mutating func received() -> Received {
        Received(
            reference: text(), applicationType: text(), right: pick(Right.self), regime: pick(Regime.self),
            policy: PolicyStamp(code: text(), version: text()), nation: pick(Nation.self), channel: pick(Channel.self),
            requester: Requester(
                name: name(), organisation: maybe { $0.text() }, email: maybe { $0.text() },
                phone: maybe { $0.text() }, address: maybe { $0.text() }, capacity: text(),
                theirReference: maybe { $0.text() }, account: maybe { $0.identifier() }),
            subject: Subject(
                name: name(), formerNames: maybe { $0.text() }, dateOfBirth: maybe { $0.day() },
                nhsNumber: maybe { _ in NHSNumber("9990000018") }.flatMap { $0 }, hospitalNumber: maybe { $0.text() },
                address: maybe { $0.text() }, dateOfDeath: maybe { $0.day() }),
            scope: Scope(
                description: text(), recordTypes: texts(), from: maybe { $0.day() }, to: maybe { $0.day() },
                format: maybe { $0.text() }),
            answers: list { AnsweredQuestion(question: $0.text(), answer: $0.text()) },
            adjustments: maybe { $0.text() }, urgency: maybe { $0.text() }, department: text())
    }

    private mutating func name() -> PersonName { PersonName(given: text(), family: text()) }

    private mutating func seen() -> SeenDocument {
        SeenDocument(
            document: text(), slot: maybe { $0.text() }, seenAs: maybe { $0.text() }, issued: maybe { $0.day() },
            expires: maybe { $0.day() })
    }

    private mutating func file() -> StoredFile {
        StoredFile(id: identifier(), name: text(), size: number(), sha256: text(), contentType: text())
    }

    private mutating func inspection() -> FileInspected.Result {
        switch below(5) {
        case 0: .clean
        case 1: .infected(text())
        case 2: .unusable(text())
        case 3: .notScanned(text())
        default: .admittedUnscanned
        }
    }
}
