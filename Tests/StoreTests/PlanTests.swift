import Rights
import TestSupport
import Testing

@testable import Store

/// What lists and search cost must not grow with the number of cases. Not timed: the engine is asked for its plan, on
/// so many cases that another would be chosen if it were better.
@Suite struct PlanTests {
    private let folder: TemporaryFolder
    private let world = FixedWorld()
    private let store: Store
    private static let today = FactTests.day

    init() async throws {
        folder = try TemporaryFolder()
        store = try Store.open(in: folder, surroundings: world.surroundings)
        try await fill()
    }

    /// 5,000 cases of which only lists know anything: half of them open, every hundredth a Smith's.
    private func fill() async throws {
        try await store.write { transaction in
            let numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
            // 26 figures, as an identifier has.
            let id = "'0000000000000' || substr(CAST(10000000000000 + i AS TEXT), 2)"
            let day = "'-' || substr(CAST(101 + i % 12 AS TEXT), 2) || '-' || substr(CAST(101 + i % 28 AS TEXT), 2)"
            let handler = "'0000000000000' || substr(CAST(10000000000000 + i % 20 AS TEXT), 2)"
            let name = "CASE WHEN i % 100 = 0 THEN 'smith' ELSE 'family' || i END"
            for statement in [
                "INSERT INTO data_key (key_id, made_at) \(numbers) SELECT \(id), '' FROM n",
                """
                INSERT INTO opening (number, case_id, opened_at, hash)
                \(numbers) SELECT i, \(id), '', CAST('' AS BYTEA) FROM n
                """,
                """
                INSERT INTO case_head (case_id, key_id, sequence, hash, code)
                \(numbers) SELECT \(id), \(id), 1, CAST('' AS BYTEA), CAST('' AS BYTEA) FROM n
                """,
                """
                INSERT INTO case_summary (
                    number, case_id, reference, application_type, right_code, requester_name, requester_key,
                    subject_name, subject_key, nhs_number, date_of_birth, stage, received_on, logged_on,
                    governing_due, due_key, clock_state, is_extended, handler_id, department, next_action,
                    awaits_requester, awaits_staff, closed_on, last_sequence, updated_at, requester_email,
                    requester_person, subject_person, urgency, clock_started
                )
                \(numbers) SELECT i, \(id), 'SAR-' || i, 'living', 'access', \(name), \(name), \(name), \(name),
                    CAST(9990000000 + i AS TEXT), '1948' || \(day), CASE i % 3 WHEN 0 THEN 'received' ELSE 'done' END,
                    '2026' || \(day), '2026' || \(day), '2026' || \(day), '2026' || \(day), 'running', FALSE,
                    CASE WHEN i % 1000 = 0 THEN NULL ELSE \(handler) END, 'department' || i % 5,
                    CASE WHEN i % 500 = 0 THEN 'read-reply' ELSE 'release' END, FALSE, FALSE,
                    CASE WHEN i % 2 = 0 THEN '2026' || \(day) END, 1, '2026-03-02T09:30:00.000Z',
                    'person' || i || '@example.org', 'person' || i, 'person' || i,
                    CASE WHEN i % 97 = 0 THEN 'hearing' END, TRUE
                FROM n
                """,
                "INSERT INTO case_search (rowid, words) \(numbers) SELECT i, \(name) || ' sar' || i FROM n",
            ] {
                try transaction.execute(statement)
            }
            if transaction.connection.dialect == .postgresql { try transaction.connection.define("ANALYZE") }
        }
    }

    /// The plans of all that a unit of work asks.
    private func plans(_ body: @escaping @Sendable (Transaction) throws -> Void) async throws -> [String] {
        try await store.read { transaction in
            let explaining = ExplainingConnection(transaction.connection)
            try body(Transaction(explaining, transaction.keyring))
            return explaining.plans
        }
    }

    /// Whether a plan reads all summaries, or sorts what it has read.
    private func readsAll(_ plan: String) -> Bool {
        [
            "Seq Scan on case_summary", "Sort", "USE TEMP B-TREE", "SCAN s USING COVERING INDEX",
        ].contains { plan.contains($0) }
    }

    private static let viewer = SummaryFilter.Viewer.staff(
        OwnIdentity(name: "Mary Hughes", email: "m.hughes@example.org", dateOfBirth: Day("1970-05-01")))

    @Test("A page of a list is read along an index in every order and direction, and not sorted out of all")
    func pages() async throws {
        for isDescending in [false, true] {
            for column in SummaryOrder.Column.allCases where column != .due {
                let plans = try await plans {
                    _ = try $0.summaries(
                        SummaryFilter(for: Self.viewer), by: SummaryOrder(column, descending: isDescending), limit: 50)
                }
                #expect(plans.count == 1 && !readsAll(plans[0]), "\(column): \(plans)")
            }
            let dueNext = try await plans {
                _ = try $0.summariesByUrgency(
                    SummaryFilter(.open, for: Self.viewer), descending: isDescending, on: Self.today, limit: 50)
            }
            // Of a band with few cases all are read by the index and put in order.
            for plan in dueNext {
                #expect(plan.contains("summary_by_due") && !plan.contains("USE TEMP B-TREE"), "\(plan)")
            }
            #expect(!dueNext.isEmpty)
            // One kind is not looked for among the other.
            for (openness, index) in [
                (SummaryFilter.Openness.open, "open_summary_by_day"), (.closed, "closed_summary_by_day"),
            ] {
                let plans = try await plans {
                    let order = SummaryOrder(.received, descending: isDescending)
                    _ = try $0.summaries(SummaryFilter(openness, for: Self.viewer), by: order, limit: 50)
                }
                #expect(plans[0].contains(index) && !readsAll(plans[0]), "\(plans)")
            }
        }
    }

    @Test("A filter that lets few cases through does not look at the others, nor one of open cases at the closed")
    func filters() async throws {
        let changes: [(inout SummaryFilter) -> Void] = [
            { $0.handler = .nobody }, { $0.department = "none" }, { $0.nextAction = "read-reply" },
            { $0.received = (Self.today - 3000)...(Self.today - 2000) },
        ]
        for change in changes {
            for openness: SummaryFilter.Openness in [.any, .open] {
                var filter = SummaryFilter(openness, for: .nobody)
                change(&filter)
                let plans = try await plans { [filter] transaction in
                    _ = try transaction.summaries(filter, by: SummaryOrder(.received, descending: true), limit: 50)
                    _ = try transaction.count(filter, most: 1000)
                }
                for plan in plans {
                    #expect(plan.contains("Index Cond") || plan.contains("SEARCH s USING"), "\(plan)")
                }
                if openness == .open { #expect(plans[1].contains("open_summary_by"), "\(plans[1])") }
            }
        }
    }

    @Test("Of a filter and another order, many cases are read along the order and a few are put in order")
    func filtersInAnotherOrder() async throws {
        var many = SummaryFilter(.open, for: Self.viewer)
        many.punctuality = .late(on: Self.today + 400)
        var few = many
        few.nextAction = "read-reply"
        // More than are sorted.
        let all = try await store.read { [many] in
            try $0.summaries(many, by: SummaryOrder(.received), limit: 5000)
        }
        #expect(all.count > 1000)
        for column in SummaryOrder.Column.allCases where column != .due && column != .received {
            for isDescending in [false, true] {
                let order = SummaryOrder(column, descending: isDescending)
                let plans = try await plans { [many] in _ = try $0.summaries(many, by: order, offset: 20, limit: 50) }
                #expect(!readsAll(plans[plans.count - 1]), "\(order): \(plans)")
                let (page, whole) = try await store.read { [many] in
                    (
                        try $0.summaries(many, by: order, offset: 20, limit: 50),
                        try $0.summaries(many, by: order, limit: 5000)
                    )
                }
                #expect(page == Array(whole[20..<70]) && whole.count == all.count)
                #expect(Set(whole.map(\.id)) == Set(all.map(\.id)))
                let names = whole.map(\.requesterName)
                if column == .requester { #expect(names == (isDescending ? names.sorted(by: >) : names.sorted())) }
                let others = try await self.plans { [few] in _ = try $0.summaries(few, by: order, limit: 50) }
                #expect(others[1].contains("open_summary_by"), "\(order): \(others)")
            }
        }
    }

    @Test("Words that many cases have are looked for among the newest, and find the same as by the index")
    func frequentWords() async throws {
        // The last is a word of one in two of the newest cases and of hardly any others.
        for typed in ["family", "sar", "smith", "family2 sar2", "family49"] {
            let filter = SummaryFilter(for: Self.viewer)
            let plans = try await plans { _ = try $0.search(typed, filter, limit: 50) }
            let (found, most) = try await store.read { transaction in
                (
                    try transaction.search(typed, filter, limit: 5000),
                    try transaction.countFound(typed, filter, most: 5000)
                )
            }
            let prefixes = typed.split(separator: " ")
            let expected = try await store.read { transaction in
                try transaction.summaries(filter, by: SummaryOrder(.reference, descending: true), limit: 5000)
                    .filter { summary in
                        prefixes.allSatisfy {
                            summary.requesterName.hasPrefix($0)
                                || summary.reference.replacing("-", with: "").lowercased().hasPrefix($0)
                        }
                    }
            }
            #expect(!found.isEmpty && found == expected && most == expected.count, "\(typed)")
            if TestEngine.current == .postgresql {
                let isFrequent = ["family", "sar"].contains(typed)
                let path = isFrequent ? "Index Scan Backward using case_search_pkey" : "case_search_by_word"
                #expect(plans[plans.count - 1].contains(path), "\(typed): \(plans)")
            }
        }
    }

    @Test("Search reads the index of words, and the nightly work finds what is new without looking at all")
    func searchAndNight() async throws {
        for typed in ["smith", "sar4999", "nobody"] {
            let plans = try await plans { transaction in
                _ = try transaction.search(typed, SummaryFilter(for: Self.viewer), limit: 50)
                _ = try transaction.countFound(typed, SummaryFilter(for: Self.viewer))
            }
            // On PostgreSQL each is preceded by a look at the newest cases, of which few have these words.
            let index = TestEngine.current == .postgresql ? "case_search_by_word" : "VIRTUAL TABLE INDEX"
            let asked = TestEngine.current == .postgresql ? [plans[1], plans[3]] : plans
            #expect(asked.count == 2)
            for plan in asked { #expect(plan.contains(index) && !plan.contains("USE TEMP B-TREE"), "\(plan)") }
        }
        let plans = try await plans { transaction in
            _ = try transaction.filesOfCases(receivedBefore: Moment(milliseconds: 0))
            _ = try transaction.cases(withFilesReleasedSince: Moment(milliseconds: 0))
        }
        // Both tables are empty here, and PostgreSQL reads an empty table as it is.
        if TestEngine.current == .sqlite {
            #expect(plans[0].contains("file_to_inspect") && plans[1].contains("released_file_by_time"), "\(plans)")
        }
    }
}

/// Asks for the plan of every question before it asks it.
private final class ExplainingConnection: Connection {
    private let connection: any Connection
    private(set) var plans: [String] = []

    init(_ connection: any Connection) { self.connection = connection }

    var dialect: Dialect { connection.dialect }
    var passingOver: String { connection.passingOver }
    var search: SearchText { connection.search }

    func execute(_ sql: String, _ values: [StoredValue?]) throws -> Int { try connection.execute(sql, values) }
    func define(_ sql: String) throws { try connection.define(sql) }
    func tables() throws -> [Table] { try connection.tables() }
    func append(_ rows: TableRows, to table: Table) throws { try connection.append(rows, to: table) }
    func requireAlone() throws { try connection.requireAlone() }

    func query(_ sql: String, _ values: [StoredValue?], _ visit: (Row) throws -> Bool) throws {
        let (explain, column) =
            switch dialect {
            case .sqlite: ("EXPLAIN QUERY PLAN ", 3)
            case .postgresql: ("EXPLAIN ", 0)
            }
        var plan = ""
        try connection.query(explain + sql, values) { row in
            plan += try row.text(column) + "\n"
            return true
        }
        plans.append(plan)
        try connection.query(sql, values, visit)
    }
}
