import Rights
import TestSupport
import Testing

@testable import Store

/// What lists leave out and put first: cases about or by the reader (policy 6.4.1), urgent cases (policy 5.3(b)).
@Suite struct SummaryHidingTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let store: Store
    private static let today = FactTests.day
    private static let born = Day("1979-07-04")

    init() throws {
        folder = try TemporaryFolder()
        store = try Store.open(in: folder, surroundings: world.surroundings)
    }

    @discardableResult
    private func add(_ change: (inout Summary) -> Void = { _ in }) async throws -> String {
        let id = try await store.openCase(world)
        let reference = try await store.write { try $0.nextReference(prefix: "SAR", year: 2026) }
        var summary = Summary(
            id: id, reference: reference, applicationType: "living", right: "access", account: nil,
            requesterName: "Omar Rahman", requesterEmail: "Omar@Example.org", subjectName: "Aisha Rahman",
            nhsNumber: "9990041873", hospitalNumber: nil, dateOfBirth: Self.born, stage: "received",
            receivedOn: Self.today, loggedOn: Self.today, policyDue: nil, statuteDue: nil,
            governingDue: Self.today + 30, clockState: "running", isExtended: false, handler: nil,
            department: "medico-legal", nextAction: "check-evidence", awaitsRequester: false, awaitsStaff: false,
            answeredOn: nil, closedOn: nil, outcome: nil, lastSequence: 1, updatedAt: world.now)
        change(&summary)
        let kept = summary
        try await store.write { try $0.save(kept) }
        return reference
    }

    /// Everything that shows cases to staff shows these, or none of it does.
    private func seen(by own: OwnIdentity) async throws -> [String] {
        let filter = SummaryFilter(for: .staff(own))
        let (today, born) = (Self.today, Self.born)
        return try await store.read { transaction in
            let list = try transaction.summaries(filter, by: .init(.received), limit: 50).map(\.reference)
            #expect(try transaction.count(filter) == list.count)
            #expect(try transaction.search("rahman", filter, limit: 50).map(\.reference) == Array(list.reversed()))
            #expect(try transaction.countFound("rahman", filter) == list.count)
            #expect(try transaction.summariesByUrgency(filter, on: today, limit: 50).map(\.reference) == list)
            let kin = try transaction.possibleDuplicates(
                nhsNumber: "9990041873", subjectName: "Aisha Rahman", dateOfBirth: born, except: nil,
                for: .staff(own))
            #expect(kin.map(\.reference) == Array(list.reversed()))
            let figures = try transaction.compliance(filter, on: today) { $2 }
            #expect(figures.reduce(0) { $0 + $1.received } == list.count)
            return list
        }
    }

    @Test(
        "Nobody is shown a case about themselves or by themselves, on any list, however it is written",
        arguments: [
            OwnIdentity(name: " AISHA  rahman ", email: "a@example.com", dateOfBirth: born),
            OwnIdentity(name: "Aisha Rahman", email: "a@example.com"),
            OwnIdentity(name: "A. Married-Name", email: "a@example.com", nhsNumber: NHSNumber("999 004 1873")),
            OwnIdentity(name: "Somebody", email: "omar@example.ORG"),
            OwnIdentity(name: "omar RAHMAN", email: "o@example.com", dateOfBirth: Day("1990-01-01")),
        ])
    func hidden(own: OwnIdentity) async throws {
        try await add()
        #expect(try await seen(by: own) == [])
    }

    @Test(
        "Everybody else is",
        arguments: [
            OwnIdentity(name: "Mary Hughes", email: "m.hughes@example.com"),
            OwnIdentity(name: "Aisha Rahman", email: "a@example.com", dateOfBirth: Day("1990-01-01")),
            OwnIdentity(name: "", email: "x@example.com", nhsNumber: NHSNumber("999 000 0018")),
        ])
    func shown(own: OwnIdentity) async throws {
        let reference = try await add()
        #expect(try await seen(by: own) == [reference])
    }

    @Test("A namesake without a date of birth on either side is taken for the person")
    func unknownBirth() async throws {
        try await add { $0.dateOfBirth = nil }
        let own = OwnIdentity(name: "Aisha Rahman", email: "a@example.com", dateOfBirth: Self.born)
        #expect(try await store.read { try $0.count(SummaryFilter(for: .staff(own))) } == 0)
    }

    @Test("Urgent cases come first within their band, and never before a band that is due sooner")
    func urgency() async throws {
        func due(_ days: Int?, _ urgency: String? = nil) async throws -> String {
            try await add {
                $0.governingDue = days.map { Self.today + $0 }
                $0.urgency = urgency
            }
        }
        let stopped = try await due(nil)
        let stoppedUrgent = try await due(nil, "Surgery")
        let later = try await due(40)
        let laterUrgent = try await due(60, "Surgery")
        let soon = try await due(0)
        let soonUrgent = try await due(7, "A hearing")
        let next = try await due(8)
        let late = try await due(-1)
        let lateUrgent = try await due(-1, "Treatment")
        let order = [lateUrgent, late, soonUrgent, soon, next, laterUrgent, later, stoppedUrgent, stopped]
        let filter = SummaryFilter(.open, for: .nobody)
        func page(_ offset: Int, _ limit: Int, descending: Bool = false) async throws -> [String] {
            try await store.read {
                try $0.summariesByUrgency(
                    filter, descending: descending, on: Self.today, offset: offset, limit: limit
                ).map(\.reference)
            }
        }
        #expect(try await page(0, 50) == order)
        #expect(try await page(0, 50, descending: true) == Array(order.reversed()))
        for start in order.indices {
            #expect(try await page(start, 3) == Array(order[start...].prefix(3)), "from \(start)")
        }
        #expect(try await page(9, 3) == [])
        var narrow = filter
        narrow.due = Self.today...(Self.today + 40)
        let found = try await store.read { [narrow] in
            try $0.summariesByUrgency(narrow, on: Self.today, limit: 50).map(\.reference)
        }
        #expect(found == [soonUrgent, soon, next, later])
    }

    @Test("A case closed before any clock started is neither in time nor late")
    func neverStarted() async throws {
        let early = try await add {
            $0.governingDue = nil
            $0.closedOn = Self.today
            $0.hasStarted = false
        }
        let kept = try await add { $0.closedOn = Self.today }
        // Closed while its clock stood still: no date had passed.
        let paused = try await add {
            $0.governingDue = nil
            $0.closedOn = Self.today
        }
        func found(_ punctuality: SummaryFilter.Punctuality) async throws -> [String] {
            var filter = SummaryFilter(for: .nobody)
            filter.punctuality = punctuality
            return try await store.read { [filter] in
                try $0.summaries(filter, by: .init(.received), limit: 9).map(\.reference)
            }
        }
        #expect(try await found(.neverStarted) == [early])
        #expect(try await found(.inTime) == [kept, paused])
        #expect(try await found(.late(on: Self.today + 90)) == [])
        let all = try await store.read { try $0.compliance(SummaryFilter(for: .nobody), on: Self.today) { $2 } }
        var figures = ComplianceFigures()
        figures.received = 3
        figures.inTime = 2
        figures.neverStarted = 1
        #expect(all == [figures])
    }

    @Test("A store that lacks a summary says so")
    func lacks() async throws {
        #expect(try await store.read { try !$0.lacksSummaries() })
        try await add()
        #expect(try await store.read { try !$0.lacksSummaries() })
        try await store.write { try $0.clearSummaries() }
        #expect(try await store.read { try $0.lacksSummaries() })
    }
}
