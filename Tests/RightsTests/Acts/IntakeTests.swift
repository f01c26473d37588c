import Rights
import Testing

/// How a request becomes a case: by the portal's form or by staff who log a letter (S1-70).
@Suite struct IntakeTests {
    /// A request that cannot become a case, and every reason why.
    struct Faulty: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reasons: Set<String>
        let change: @Sendable (inout NewRequest) -> Void

        init(_ name: String, _ reasons: Set<String>, _ change: @escaping @Sendable (inout NewRequest) -> Void) {
            testDescription = name
            self.reasons = reasons
            self.change = change
        }
    }

    @Test(
        "a request that lacks something is refused with every reason",
        arguments: [
            Faulty("an unknown kind", ["type-unknown"]) { $0.applicationType = "curiosity" },
            Faulty("received tomorrow", ["in-future"]) { $0.receivedOn = $0.receivedOn + 1 },
            Faulty("a way that is answered with advice", ["channel-refused"]) { $0.channel = .telephone },
            Faulty(
                "nobody asked about, by nobody, for nothing", ["subject-missing", "requester-missing", "scope-missing"]
            ) {
                $0.subject.name = PersonName(given: " ", family: "")
                $0.requester.name = PersonName(given: "", family: "\t")
                $0.scope.description = ""
            },
            Faulty("a capacity of the other law", ["capacity-unknown"]) { $0.requester.capacity = "executor" },
            Faulty("a living patient who has died", ["not-living"]) { $0.subject.dateOfDeath = day(2026, 1, 1) },
            Faulty("a dead patient without a date", ["death-missing", "capacity-unknown"]) {
                $0.applicationType = "deceased"
            },
            Faulty("died before being born", ["death-before-birth"]) {
                $0.applicationType = "deceased"
                $0.requester.capacity = "executor"
                $0.subject.dateOfDeath = day(1979, 7, 3)
            },
            Faulty("born and died in the time to come", ["birth-in-future", "death-in-future"]) {
                $0.applicationType = "deceased"
                $0.requester.capacity = "executor"
                $0.subject.dateOfBirth = day(2027, 1, 1)
                $0.subject.dateOfDeath = day(2027, 1, 2)
            },
        ])
    func refused(_ faulty: Faulty) throws {
        do {
            _ = try CaseInHand {
                $0.requester.account = nil
                $0.channel = .letter
                faulty.change(&$0)
            }
            Issue.record("became a case")
        } catch Problem.refused(let reasons) {
            #expect(Set(reasons.map(\.code)) == faulty.reasons)
        }
    }

    @Test("a requester begins cases for their own account and through the portal alone")
    func ownAccount() throws {
        let hand = try CaseInHand()
        var request = CaseInHand.request(on: hand.today)
        let other = Actor.requester(identifier(8, Account.self))
        #expect(throws: Problem.self) { try request.begin(reference: "SAR-1", in: hand.situation(for: other)) }
        request.channel = .letter
        let own = Actor.requester(CaseInHand.account)
        #expect(throws: Problem.self) { try request.begin(reference: "SAR-1", in: hand.situation(for: own)) }
    }

    @Test("staff need the permission to log requests")
    func logging() throws {
        let hand = try CaseInHand()
        var request = CaseInHand.request(on: hand.today)
        request.requester.account = nil
        request.channel = .letter
        let others = Actor.staff(CaseInHand.staff(permissions: Set(Permission.allCases).subtracting([.logRequest])))
        #expect(throws: Problem.self) { try request.begin(reference: "SAR-1", in: hand.situation(for: others)) }
        let clerk = Actor.staff(CaseInHand.staff(permissions: [.logRequest]))
        #expect(try request.begin(reference: "SAR-1", in: hand.situation(for: clerk)).count == 1)
    }

    @Test("a letter of Friday that is logged on Monday counts from Friday, and its enclosures too")
    func receivedEarlier() throws {
        let friday = day(2026, 2, 27)
        let hand = try CaseInHand {
            $0.requester.account = nil
            $0.channel = .letter
            $0.receivedOn = friday
            $0.enclosures = [
                .init(file: CaseInHand.file(1), checks: [.identity, .address], document: "driving-licence"),
                .init(file: CaseInHand.file(2), checks: []),
            ]
        }
        #expect(hand.matter.receivedOn == friday)
        #expect(
            hand.matter.entries.map(\.fact.kind) == [
                .received, .fileAdded, .evidenceOffered, .evidenceOffered, .fileAdded,
            ])
        #expect(hand.matter.entries.allSatisfy { $0.effective == friday })
        #expect(hand.matter.files.map(\.purpose) == [.evidence, .correspondence])
        #expect(hand.matter.standing(of: .address).offered.map(\.evidence.document) == ["driving-licence"])
        #expect(hand.matter.received.policy == PolicyStamp(code: "poole-2017", version: hand.policy.edition.version))
    }
}
