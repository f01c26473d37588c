import Foundation
import Rights
import Testing

/// Who may do what: every act against every kind of person.
@Suite struct AllowedTests {
    /// To whom an act is open, as the policy's roles mean it.
    enum Door: Sendable {
        case requester
        case staff(Permission)
        case either(Permission)
        case system
    }

    static let doors: [(act: any Act, door: Door)] = {
        let (today, file) = (day(2026, 3, 2), CaseInHand.file(1))
        return [
            (AcceptCheck(check: .identity, arrivedOn: today), .staff(.checkEvidence)),
            (RefuseCheck(check: .identity, reason: "?"), .staff(.checkEvidence)),
            (LogEvidence(check: .identity, arrivedOn: today), .staff(.checkEvidence)),
            (RecordLastEntry(lastEntry: nil, firstEntry: nil), .staff(.checkEvidence)),
            (SendMessage(text: "?", asks: .reply), .staff(.sendMessage)),
            (ReadMessage(number: 1), .requester),
            (AnswerQuestion(number: 1, text: "?"), .either(.sendMessage)),
            (WriteToTrust(text: "?"), .requester),
            (PauseClock(reason: "?", question: "?", asks: .reply), .staff(.runClock)),
            (ResumeClock(pause: 1, answeredOn: today), .staff(.runClock)),
            (ExtendClock(amount: .days(1), reason: "?", letter: "?"), .staff(.runClock)),
            (RaiseAlert(raised: AlertRaised(daysLeft: 1, told: [], due: today)), .system),
            (GiveTask(title: "?", department: "?", dueOn: today), .staff(.giveTask)),
            (ReturnTask(number: 1, isDone: true, outcome: "?"), .staff(.returnTask)),
            (AddNote(text: "?"), .staff(.addNote)),
            (AssignHandler(staff: CaseInHand.handler), .staff(.giveTask)),
            (AddFiles(files: [file], purpose: .record, arrivedOn: today), .staff(.handleFiles)),
            (InspectFile(inspected: FileInspected(file: file.id, result: .clean)), .system),
            (RemoveFile(file: file.id, reason: "?"), .staff(.handleFiles)),
            (ConfirmRelease(statements: []), .staff(.release)),
            (ReleasePart(files: [file.id], note: "?", isFinal: true), .staff(.release)),
            (ReleasePartAgain(part: 1, reason: "?"), .staff(.release)),
            (DownloadFile(part: 1, file: file.id), .requester),
            (RefuseRequest(ground: "?", reason: "?", letter: "?"), .staff(.decideOutcome)),
            (DeclareNotHeld(searches: [], letter: "?"), .staff(.decideOutcome)),
            (WithdrawRequest(how: "?"), .either(.decideOutcome)),
            (CloseCase(cause: .lapsed, reason: "?"), .staff(.decideOutcome)),
            (
                JudgeDuplicate(
                    judged: DuplicateJudged(other: identifier(9), otherReference: "?", isDuplicate: true, reason: "?")),
                .staff(.logRequest)
            ),
            (StrikeEntry(entry: 1, reason: "?"), .staff(.correctHistory)),
        ]
    }()

    /// Who stands at the door.
    enum Person: CaseIterable, Sendable {
        case owner, otherRequester, permitted, unpermitted, patientOnTheStaff, program
    }

    enum Answer: Hashable { case comeIn, notFound, notAllowed }

    @Test("each act is open to those it is meant for, unknown to other requesters and refused to everybody else")
    func matrix() throws {
        let hand = try CaseInHand()
        for (act, door) in Self.doors {
            for person in Person.allCases {
                let actor = actor(person, at: door)
                let answer = answer(to: actor, for: act, on: hand.matter)
                #expect(answer == expected(person, at: door), "\(type(of: act)) by \(person)")
            }
        }
    }

    @Test("the table has every act of the law")
    func complete() throws {
        let sources = Shipped.folder.deletingLastPathComponent().appending(path: "Sources/Rights")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var declared: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            declared.formUnion(text.matches(of: /struct (\w+): Act \{/).map { String($0.output.1) })
        }
        #expect(declared == Set(Self.doors.map { "\(type(of: $0.act))" }))
    }

    private func answer(to actor: Actor, for act: any Act, on matter: Case) -> Answer {
        do throws(Problem) {
            try type(of: act).allowed.admit(actor, to: matter)
            return .comeIn
        } catch {
            switch error {
            case .notFound: return .notFound
            case .notAllowed, .refused, .conflict: return .notAllowed
            }
        }
    }

    private func expected(_ person: Person, at door: Door) -> Answer {
        switch (person, door) {
        case (.owner, .requester), (.owner, .either): .comeIn
        case (.owner, .staff), (.owner, .system): .notFound
        case (.otherRequester, _): .notFound
        case (.permitted, .staff), (.permitted, .either): .comeIn
        case (.permitted, .requester), (.permitted, .system): .notAllowed
        case (.unpermitted, _), (.patientOnTheStaff, _): .notAllowed
        case (.program, .staff), (.program, .either), (.program, .system): .comeIn
        case (.program, .requester): .notAllowed
        }
    }

    private func actor(_ person: Person, at door: Door) -> Actor {
        let permission: Permission? =
            switch door {
            case .staff(let permission), .either(let permission): permission
            case .requester, .system: nil
            }
        let all = Set(Permission.allCases)
        switch person {
        case .owner: return .requester(CaseInHand.account)
        case .otherRequester: return .requester(identifier(5, Account.self))
        case .permitted: return .staff(CaseInHand.staff(permissions: permission.map { [$0] } ?? all))
        case .unpermitted: return .staff(CaseInHand.staff(permissions: permission.map { all.subtracting([$0]) } ?? all))
        case .patientOnTheStaff:
            let own = OwnIdentity(name: "Aisha Rahman", email: "aisha@example.com", dateOfBirth: day(1979, 7, 4))
            return .staff(CaseInHand.staff(permissions: all, own: own))
        case .program: return .system("Virus check")
        }
    }

    /// A member of staff, what is known of them, and whether Aisha Rahman's case of 4 July 1979 concerns them.
    struct Likeness: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let own: OwnIdentity
        let isConcerned: Bool
    }

    @Test(
        "nobody opens a case about themselves or one they made, and where that cannot be told the answer is no",
        arguments: [
            Likeness(
                testDescription: "the same NHS number under another name",
                own: OwnIdentity(name: "A. Khan", email: "x@example.com", nhsNumber: NHSNumber("999 004 1873")),
                isConcerned: true),
            Likeness(
                testDescription: "the requester's own address in capitals",
                own: OwnIdentity(name: "Somebody Else", email: "A.RAHMAN@example.org"), isConcerned: true),
            Likeness(
                testDescription: "the same name and no date of birth",
                own: OwnIdentity(name: "aisha rahman", email: "x@example.com"), isConcerned: true),
            Likeness(
                testDescription: "the same name and another date of birth",
                own: OwnIdentity(name: "Aisha Rahman", email: "x@example.com", dateOfBirth: day(1990, 1, 1)),
                isConcerned: false),
            Likeness(
                testDescription: "nothing alike",
                own: OwnIdentity(name: "Mary Hughes", email: "m.hughes@example.com"), isConcerned: false),
            Likeness(
                testDescription: "no name at all", own: OwnIdentity(name: "", email: "x@example.com"),
                isConcerned: false),
        ])
    func ownCase(_ likeness: Likeness) throws {
        let hand = try CaseInHand()
        let staff = CaseInHand.staff(permissions: Set(Permission.allCases), own: likeness.own)
        #expect(staff.isConcerned(in: hand.matter) == likeness.isConcerned)
    }
}
