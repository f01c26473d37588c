import Rights
import Testing

/// A case that a test works by hand: acts decide, their facts are folded, and nothing is kept anywhere.
struct CaseInHand: Sendable {
    static let account = identifier(1, Account.self)
    static let handler = staff(permissions: Set(Permission.allCases))

    let policy: Policy
    let holidays: BankHolidays
    /// Monday 2 March 2026 at first.
    var today = day(2026, 3, 2)
    private(set) var matter: Case

    /// A living patient's own request, or what `change` makes of it, received today.
    init(policy code: String = "poole-2017", _ change: (inout NewRequest) -> Void = { _ in }) throws {
        let policy = try #require(Shipped.policies.first { $0.edition.code == code })
        var request = CaseInHand.request(on: day(2026, 3, 2))
        change(&request)
        let actor = request.requester.account.map(Actor.requester) ?? .staff(CaseInHand.handler)
        let situation = Situation(
            actor: actor, policy: policy, holidays: Shipped.holidays(policy.nation), today: today,
            now: CaseInHand.noon(of: today))
        let begun = try request.begin(reference: "SAR-2026-000001", in: situation)
        self.policy = policy
        holidays = situation.holidays
        matter = try Case(
            id: identifier(2), entries: CaseInHand.entries(of: begun, after: 0, by: actor, at: situation.now))
    }

    static func request(on received: Day) -> NewRequest {
        let person = PersonName(given: "Aisha", family: "Rahman")
        return NewRequest(
            applicationType: "living", channel: .portal, receivedOn: received,
            requester: Requester(
                name: person, email: "a.rahman@example.org", capacity: "patient", account: CaseInHand.account),
            subject: Subject(
                name: person, dateOfBirth: day(1979, 7, 4), nhsNumber: NHSNumber("999 004 1873")),
            scope: Scope(description: "All my records"))
    }

    /// A deceased patient's executor.
    static func ofDeceased() throws -> CaseInHand {
        try CaseInHand {
            $0.applicationType = "deceased"
            $0.requester.capacity = "executor"
            $0.subject.dateOfDeath = day(2025, 11, 3)
        }
    }

    /// A case whose proofs are all accepted, so that the clock runs.
    static func running(policy code: String = "poole-2017") throws -> CaseInHand {
        var hand = try CaseInHand(policy: code)
        try hand.does(hand.acceptance(of: .identity, by: "passport"))
        try hand.does(hand.acceptance(of: .address, by: "council-tax"))
        try hand.does(hand.acceptance(of: .authority))
        return hand
    }

    /// A running case with clean record files, whose release check is done.
    static func readyToRelease(files: Int = 2) throws -> CaseInHand {
        var hand = try running()
        for number in 1...files { try hand.addsRecord(number) }
        try hand.does(ConfirmRelease(statements: hand.statements))
        return hand
    }

    /// A case that is answered: its files are released.
    static func released() throws -> CaseInHand {
        var hand = try readyToRelease()
        try hand.does(ReleasePart(files: hand.matter.records.map(\.file.id), note: "All there is.", isFinal: true))
        return hand
    }

    func acceptance(of check: Check, by document: String? = nil) -> AcceptCheck {
        AcceptCheck(
            check: check, arrivedOn: today, document: document, seenAs: "copy", issued: today - 30,
            expires: today + 900)
    }

    var statements: [String] { policy.releaseChecks(in: matter.received.regime).map(\.code) }

    static func file(_ number: Int) -> StoredFile {
        StoredFile(
            id: identifier(100 + number), name: "volume-\(number).pdf", size: 1000,
            sha256: String(repeating: "ab", count: 32), contentType: "application/pdf")
    }

    /// A record file, found clean.
    mutating func addsRecord(_ number: Int) throws {
        let file = CaseInHand.file(number)
        try does(AddFiles(files: [file], purpose: .record, arrivedOn: today))
        try does(InspectFile(inspected: FileInspected(file: file.id, result: .clean)), by: .system("Virus check"))
    }

    /// Decides an act and folds what it adds. The handler does it unless it is open to the requester or the system
    /// alone.
    @discardableResult
    mutating func does(_ act: any Act, by actor: Actor? = nil) throws -> [Fact] {
        let actor = actor ?? CaseInHand.actor(for: act)
        let situation = situation(for: actor)
        let additions = try act.rule(on: matter, in: situation)
        let entries = CaseInHand.entries(of: additions, after: matter.sequence, by: actor, at: situation.now)
        matter = try Case(id: matter.id, entries: matter.entries + entries)
        return additions.map(\.fact)
    }

    /// The codes of every reason against an act, in their order; none if it may be done.
    func reasons(against act: any Act, by actor: Actor? = nil) throws -> [String] {
        do throws(Problem) {
            _ = try act.rule(on: matter, in: situation(for: actor ?? CaseInHand.actor(for: act)))
            return []
        } catch {
            guard case .refused(let reasons) = error else { throw error }
            return reasons.map(\.code)
        }
    }

    func situation(for actor: Actor) -> Situation {
        Situation(
            actor: actor, policy: policy, holidays: holidays, today: today,
            now: CaseInHand.noon(of: today) + matter.sequence)
    }

    func clock() throws -> CaseClock {
        try #require(try matter.clock(under: policy, holidays: holidays, on: today))
    }

    static func staff(
        _ number: Int = 3, permissions: Set<Permission>,
        own: OwnIdentity = OwnIdentity(name: "Mary Hughes", email: "m.hughes@example.com")
    ) -> Staff {
        Staff(
            id: identifier(number), label: "M. Hughes, Medico-Legal", department: "medico-legal",
            permissions: permissions, own: own)
    }

    static func actor(for act: any Act) -> Actor {
        switch type(of: act).allowed {
        case .requester: .requester(account)
        case .staff, .requesterOrStaff: .staff(handler)
        case .system: .system("Virus check")
        }
    }

    static func entries(of additions: [Addition], after sequence: Int, by actor: Actor, at now: Moment) -> [Entry] {
        additions.enumerated().map { index, addition in
            Entry(
                sequence: sequence + index + 1, recorded: now, effective: addition.effective, by: actor.author,
                fact: addition.fact)
        }
    }

    private static func noon(of day: Day) -> Moment {
        Moment(milliseconds: Int64(day.number) * 86_400_000 + 43_200_000)
    }
}

/// The identifier of a number.
func identifier<Owner>(_ number: Int, _: Owner.Type = Owner.self) -> Identifier<Owner> {
    Identifier(at: Moment(milliseconds: Int64(number)), random: [UInt8](repeating: 0, count: 10))
}

/// A case, what somebody wants to do to it, and every reason why not.
struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let reasons: [String]
    let situation: @Sendable () throws -> (CaseInHand, any Act)

    init(
        _ name: String, _ reasons: [String], _ situation: @escaping @Sendable () throws -> (CaseInHand, any Act)
    ) {
        testDescription = name
        self.reasons = reasons
        self.situation = situation
    }

    /// Holds that the act is refused for these reasons and no other.
    func holds(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let (hand, act) = try situation()
        #expect(try hand.reasons(against: act) == reasons, sourceLocation: sourceLocation)
    }
}
