import Rights
import TestSupport
import Testing

@testable import Store

@Suite struct SummaryTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let store: Store
    private static let today = FactTests.day

    init() throws {
        folder = try TemporaryFolder()
        store = try Store.open(in: folder, surroundings: world.surroundings)
    }

    /// Opens a case and keeps a summary of it, changed as the test needs.
    @discardableResult
    private func add(_ change: (inout Summary) -> Void = { _ in }) async throws -> Summary {
        let id = try await store.openCase(world)
        let reference = try await store.write { try $0.nextReference(prefix: "SAR", year: 2026) }
        var summary = Summary(
            id: id, reference: reference, applicationType: "living", right: "access", account: nil,
            requesterName: "Ann Example", subjectName: "Ann Example", nhsNumber: nil, hospitalNumber: nil,
            dateOfBirth: nil, stage: "received", receivedOn: Self.today, loggedOn: Self.today, policyDue: nil,
            statuteDue: nil, governingDue: Self.today + 30, clockState: "running", isExtended: false, handler: nil,
            department: "medico-legal", nextAction: "check-evidence", awaitsRequester: false, awaitsStaff: false,
            answeredOn: nil, closedOn: nil, outcome: nil, lastSequence: 1, updatedAt: world.now)
        change(&summary)
        let kept = summary
        try await store.write { try $0.save(kept) }
        return kept
    }

    private func found(_ typed: String, _ filter: SummaryFilter = SummaryFilter(for: .nobody)) async throws -> [String]
    {
        try await store.read { try $0.search(typed, filter, limit: 50) }.map(\.reference)
    }

    private func listed(_ filter: SummaryFilter, _ order: SummaryOrder = .init(.due)) async throws -> [String] {
        try await store.read { try $0.summaries(filter, by: order, limit: 50) }.map(\.reference)
    }

    @Test("A summary comes back as it was kept, with everything or next to nothing in it")
    func roundTrip() async throws {
        let account: Account.ID = world.surroundings.identifier()
        let handler: Staff.ID = world.surroundings.identifier()
        let full = try await add { summary in
            summary.account = account
            summary.handler = handler
            summary.nhsNumber = "9990000018"
            summary.hospitalNumber = "H 12/34"
            summary.dateOfBirth = Day("1948-02-29")
            summary.policyDue = Self.today + 21
            summary.statuteDue = Self.today + 31
            summary.isExtended = true
            summary.awaitsRequester = true
            summary.awaitsStaff = true
            summary.answeredOn = Self.today
            summary.closedOn = Self.today
            summary.outcome = "released"
            summary.requesterEmail = "ann@example.org"
            summary.urgency = "A hearing on 3 May"
            summary.hasStarted = false
        }
        let bare = try await add { summary in
            summary.governingDue = nil
            summary.department = nil
        }
        #expect(try await store.read { try $0.summary(of: full.id) } == full)
        #expect(try await store.read { try $0.summary(of: bare.id) } == bare)
        #expect(try await store.read { try $0.summary(withReference: "sar-2026-000001") } == full)
        #expect(try await store.read { try $0.summary(withReference: "SAR-2026-000009") } == nil)
    }

    @Test("Keeping a summary again replaces it, in the lists and in search")
    func replaced() async throws {
        var summary = try await add { $0.subjectName = "Olwen Morgan" }
        summary.subjectName = "Olwen Pritchard"
        summary.stage = "checking"
        let changed = summary
        try await store.write { try $0.save(changed) }
        #expect(try await store.read { try $0.summary(of: changed.id) } == changed)
        #expect(try await found("morgan") == [])
        #expect(try await found("pritchard") == [changed.reference])
        #expect(try await store.read { try $0.count(SummaryFilter(for: .nobody)) } == 1)
    }

    @Test("A summary of no case, or with another case's reference, is refused")
    func refused() async throws {
        let first = try await add()
        var copy = first
        copy.id = world.surroundings.identifier()
        let unknown = copy
        await #expect(throws: StoreError.noSuchCase) { try await store.write { try $0.save(unknown) } }
        copy.id = try await store.openCase(world)
        let clashing = copy
        await #expect {
            try await store.write { try $0.save(clashing) }
        } throws: { isRefused($0) { $0.isDuplicate(in: "case_summary") } }
    }

    @Test(
        "A case is found by what people type",
        arguments: [
            "sian", "SIÂN", "o'neil", "oneil", "O’Neil", "neil", "sia onei", "neil sian", "jones", "smith-jones",
            "999 000 0018", "9990000018", "999000", "SAR-2026-000001", "sar-2026", "H1234", "h 12/34",
            "29/02/1948", "29.2.1948", "1948-02-29", "oneil 29/02/1948", "gareth",
        ])
    func search(typed: String) async throws {
        let wanted = try await add { summary in
            summary.subjectName = "Siân O’Neil"
            summary.requesterName = "Gareth Smith-Jones"
            summary.nhsNumber = "9990000018"
            summary.hospitalNumber = "H 12/34"
            summary.dateOfBirth = Day("1948-02-29")
        }
        try await add { $0.reference = "FOI-2026-000777" }
        #expect(try await found(typed) == [wanted.reference])
    }

    @Test(
        "Nothing is found by what fits no case, and nothing typed breaks the search",
        arguments: [
            "", "   ", "smyth", "ann o'neil", "01/01/1948", "\"", "\" OR \"", "words:ann", "NEAR(ann example)", "*",
            "%", "ann NOT example", "(", "🧑‍⚕️", String(repeating: "q ", count: 5000),
        ])
    func notFound(typed: String) async throws {
        try await add()
        #expect(try await found(typed) == [])
    }

    @Test("Search lists the newest first, page by page, within the filter, and counts no further than asked")
    func searchPages() async throws {
        var references: [String] = []
        for index in 0..<7 {
            references.append(try await add { $0.closedOn = index == 3 ? Self.today : nil }.reference)
        }
        let newest = Array(references.reversed())
        #expect(try await found("example") == newest)
        #expect(try await found("example", SummaryFilter(.closed, for: .nobody)) == [references[3]])
        let second = try await store.read {
            try $0.search("ann", SummaryFilter(for: .nobody), limit: 3).map(\.reference)
        }
        #expect(second == Array(newest[..<3]))
        let third = try await store.read {
            try $0.search("ann", SummaryFilter(for: .nobody), offset: 3, limit: 3).map(\.reference)
        }
        #expect(third == Array(newest[3..<6]))
        #expect(try await store.read { try $0.countFound("ann", SummaryFilter(for: .nobody)) } == 7)
        #expect(try await store.read { try $0.countFound("ann", SummaryFilter(.open, for: .nobody), most: 4) } == 5)
        #expect(try await store.read { try $0.countFound("nobody", SummaryFilter(for: .nobody)) } == 0)
    }

    @Test("Open cases come by the governing date, those with a stopped clock last")
    func dueOrder() async throws {
        let stopped = try await add { $0.governingDue = nil }
        let late = try await add { $0.governingDue = Self.today - 3 }
        let closed = try await add {
            $0.governingDue = Self.today - 30
            $0.closedOn = Self.today - 40
        }
        let soon = try await add { $0.governingDue = Self.today + 2 }
        #expect(try await listed(SummaryFilter(.open, for: .nobody)) == [late, soon, stopped].map(\.reference))
        #expect(
            try await listed(SummaryFilter(.open, for: .nobody), .init(.due, descending: true))
                == [stopped, soon, late].map(\.reference))
        #expect(try await listed(SummaryFilter(.closed, for: .nobody)) == [closed.reference])

        var filter = SummaryFilter(.open, for: .nobody)
        filter.due = (Self.today - 1000)...(Self.today - 1)
        #expect(try await listed(filter) == [late.reference])
        filter.due = Self.today...(Self.today + 5)
        #expect(try await listed(filter) == [soon.reference])
    }

    @Test("Each filter narrows the list to what it names")
    func filters() async throws {
        let account: Account.ID = world.surroundings.identifier()
        let handler: Staff.ID = world.surroundings.identifier()
        let plain = try await add()
        let mine = try await add {
            $0.handler = handler
            $0.account = account
            $0.department = "radiology"
            $0.stage = "in-progress"
            $0.clockState = "paused"
            $0.nextAction = "release"
            $0.applicationType = "deceased"
            $0.right = "portability"
            $0.awaitsStaff = true
            $0.receivedOn = Self.today - 10
        }
        let changes: [(inout SummaryFilter) -> Void] = [
            { $0.handler = .staff(handler) }, { $0.department = "radiology" },
            { $0.stage = "in-progress" }, { $0.clockState = "paused" }, { $0.nextAction = "release" },
            { $0.applicationType = "deceased" }, { $0.right = "portability" }, { $0.awaitsStaff = true },
            { $0.received = (Self.today - 10)...(Self.today - 10) },
        ]
        for (index, change) in changes.enumerated() {
            var filter = SummaryFilter(for: .nobody)
            change(&filter)
            #expect(try await listed(filter) == [mine.reference], "filter \(index)")
            let narrow = filter
            #expect(try await store.read { try $0.count(narrow) } == 1)
        }
        #expect(try await listed(SummaryFilter(for: .requester(account))) == [mine.reference])
        var unhandled = SummaryFilter(for: .nobody)
        unhandled.handler = .nobody
        #expect(try await listed(unhandled) == [plain.reference])
    }

    @Test(
        "A text narrows a list by names and reference, and is never a pattern",
        arguments: [
            ("morg", true), ("MORGAN", true), ("000001", true), ("sar-2026", true), ("olwen morgan", true),
            ("q", false), ("%", false), ("_", false), ("' OR 1=1", false), ("  ", true),
        ])
    func containing(text: String, isFound: Bool) async throws {
        let summary = try await add { $0.requesterName = "Olwen Morgan" }
        var filter = SummaryFilter(for: .nobody)
        filter.containing = text
        #expect(try await listed(filter) == (isFound ? [summary.reference] : []))
    }

    @Test("Every order is total and its reverse is the reverse", arguments: SummaryOrder.Column.allCases)
    func orders(column: SummaryOrder.Column) async throws {
        for index in 0..<6 {
            try await add {
                $0.subjectName = ["Cara", "Ángel", "Bob"][index % 3]
                $0.receivedOn = Self.today - index % 2
            }
        }
        let up = try await listed(SummaryFilter(for: .nobody), .init(column))
        let down = try await listed(SummaryFilter(for: .nobody), .init(column, descending: true))
        #expect(Set(up).count == 6)
        #expect(up == Array(down.reversed()))
        if column == .subject {
            let names = try await store.read {
                try $0.summaries(SummaryFilter(for: .nobody), by: .init(.subject), limit: 9)
            }
            #expect(names.map(\.subjectName) == ["Ángel", "Ángel", "Bob", "Bob", "Cara", "Cara"])
        }
    }

    @Test("Possible duplicates share an NHS number, or name and date of birth")
    func duplicates() async throws {
        let born = Day("1948-02-29")
        let byNumber = try await add { $0.nhsNumber = "9990000018" }
        let byName = try await add {
            $0.subjectName = "OLWEN MORGAN"
            $0.dateOfBirth = born
        }
        try await add { $0.subjectName = "Olwen Morgan" }
        try await add { $0.dateOfBirth = born }
        let found = try await store.read {
            try $0.possibleDuplicates(
                nhsNumber: "9990000018", subjectName: "Olwen Mórgan", dateOfBirth: born, except: nil, for: .nobody)
        }
        #expect(found.map(\.reference) == [byName.reference, byNumber.reference])
        let others = try await store.read {
            try $0.possibleDuplicates(
                nhsNumber: "9990000018", subjectName: "Olwen Morgan", dateOfBirth: nil, except: byName.id, for: .nobody)
        }
        #expect(others.map(\.reference) == [byNumber.reference])
        let none = try await store.read {
            try $0.possibleDuplicates(
                nhsNumber: nil, subjectName: "", dateOfBirth: nil, except: byNumber.id, for: .nobody)
        }
        #expect(none == [])
    }

    @Test("References count up within their year and prefix; a unit of work that fails gives its number back")
    func references() async throws {
        struct Refused: Error {}
        let next: @Sendable (Transaction) throws -> String = { try $0.nextReference(prefix: "SAR", year: 2026) }
        #expect(try await store.write(next) == "SAR-2026-000001")
        await #expect(throws: Refused.self) {
            try await store.write {
                _ = try next($0)
                throw Refused()
            }
        }
        #expect(try await store.write(next) == "SAR-2026-000002")
        #expect(try await store.write { try $0.nextReference(prefix: "SAR", year: 2027) } == "SAR-2027-000001")
        #expect(try await store.write { try $0.nextReference(prefix: "DPA", year: 2026) } == "DPA-2026-000001")
    }

    @Test("All summaries can be made anew in one unit of work")
    func rebuilt() async throws {
        var kept: [Summary] = []
        for name in ["Ann", "Bob", "Cara"] { kept.append(try await add { $0.subjectName = name }) }
        let summaries = kept
        try await store.write { transaction in
            try transaction.clearSummaries()
            #expect(try transaction.count(SummaryFilter(for: .nobody)) == 0)
            #expect(try transaction.search("bob", SummaryFilter(for: .nobody), limit: 9) == [])
            for summary in summaries { try transaction.save(summary) }
        }
        #expect(
            try await store.read { try $0.summaries(SummaryFilter(for: .nobody), by: .init(.reference), limit: 9) }
                == kept)
        #expect(try await found("bob") == [kept[1].reference])
    }
}
