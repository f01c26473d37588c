import Rights

extension Transaction {
    /// Writes the summary of a case and what search knows of it, in place of the one before.
    ///
    /// Throws `StoreError.noSuchCase` for a case that was never opened, and `StoreError.notUnique` for a reference
    /// that another case has.
    package func save(_ summary: Summary) throws {
        guard try !touch(summary) else { return }
        let number = try first("SELECT number FROM opening WHERE case_id = $1", summary.id) { try $0.integer(0) }
        guard let number else { throw StoreError.noSuchCase }
        try execute(
            """
            INSERT INTO case_summary (
                number, case_id, reference, application_type, right_code, account_id, requester_name, requester_key,
                subject_name, subject_key, nhs_number, hospital_number, date_of_birth, stage, received_on, logged_on,
                policy_due, statute_due, governing_due, due_key, clock_state, is_extended, handler_id, department,
                next_action, awaits_requester, awaits_staff, answered_on, closed_on, outcome, last_sequence,
                updated_at, requester_email, requester_person, subject_person, urgency, clock_started
            ) VALUES (
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37
            )
            ON CONFLICT (number) DO UPDATE SET
                reference = excluded.reference, application_type = excluded.application_type,
                right_code = excluded.right_code, account_id = excluded.account_id,
                requester_name = excluded.requester_name, requester_key = excluded.requester_key,
                subject_name = excluded.subject_name, subject_key = excluded.subject_key,
                nhs_number = excluded.nhs_number, hospital_number = excluded.hospital_number,
                date_of_birth = excluded.date_of_birth, stage = excluded.stage, received_on = excluded.received_on,
                logged_on = excluded.logged_on, policy_due = excluded.policy_due, statute_due = excluded.statute_due,
                governing_due = excluded.governing_due, due_key = excluded.due_key,
                clock_state = excluded.clock_state, is_extended = excluded.is_extended,
                handler_id = excluded.handler_id, department = excluded.department,
                next_action = excluded.next_action, awaits_requester = excluded.awaits_requester,
                awaits_staff = excluded.awaits_staff, answered_on = excluded.answered_on,
                closed_on = excluded.closed_on, outcome = excluded.outcome, last_sequence = excluded.last_sequence,
                updated_at = excluded.updated_at, requester_email = excluded.requester_email,
                requester_person = excluded.requester_person, subject_person = excluded.subject_person,
                urgency = excluded.urgency, clock_started = excluded.clock_started
            """,
            number, summary.id, summary.reference, summary.applicationType, summary.right, summary.account,
            summary.requesterName, Folding.key(summary.requesterName), summary.subjectName,
            Folding.key(summary.subjectName), summary.nhsNumber, summary.hospitalNumber, summary.dateOfBirth,
            summary.stage, summary.receivedOn, summary.loggedOn, summary.policyDue, summary.statuteDue,
            summary.governingDue, summary.governingDue ?? .distantFuture, summary.clockState,
            summary.isExtended, summary.handler, summary.department, summary.nextAction, summary.awaitsRequester,
            summary.awaitsStaff, summary.answeredOn, summary.closedOn, summary.outcome, summary.lastSequence,
            summary.updatedAt, summary.requesterEmail?.lowercased(), summary.requesterName.asPerson,
            summary.subjectName.asPerson, summary.urgency, summary.hasStarted)
        try index(SearchTerms.words(of: summary).joined(separator: " "), as: number)
    }

    /// Keeps that a case was worked on, where lists and search show nothing new of it, as after most acts: that leaves
    /// the indexes alone. False if there is more to keep.
    private func touch(_ summary: Summary) throws -> Bool {
        guard var kept = try self.summary(of: summary.id) else { return false }
        kept.lastSequence = summary.lastSequence
        kept.updatedAt = summary.updatedAt
        guard kept == summary else { return false }
        return try execute(
            "UPDATE case_summary SET last_sequence = $2, updated_at = $3 WHERE case_id = $1", summary.id,
            summary.lastSequence, summary.updatedAt) == 1
    }

    private func index(_ words: String, as number: Int) throws {
        let known = try first("SELECT words FROM case_search WHERE rowid = $1", number) { try $0.text(0) }
        guard known != words else { return }
        if known != nil { try execute("DELETE FROM case_search WHERE rowid = $1", number) }
        try execute("INSERT INTO case_search (rowid, words) VALUES ($1, $2)", number, words)
    }

    /// Whether some case has no summary.
    package func lacksSummaries() throws -> Bool {
        try first(
            """
            SELECT EXISTS (
                SELECT 1 FROM case_head h JOIN data_key k ON k.key_id = h.key_id
                WHERE k.wrapped IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM case_summary s WHERE s.case_id = h.case_id))
            """
        ) { try $0.flag(0) } ?? false
    }

    /// Takes away every summary, so that they can be made anew from the facts in the same transaction.
    package func clearSummaries() throws {
        try execute("DELETE FROM case_search")
        try execute("DELETE FROM case_summary")
    }

    /// The summary of one case.
    package func summary(of id: Case.ID) throws -> Summary? {
        try first("SELECT \(Summary.columns) FROM case_summary s WHERE s.case_id = $1", id) { try Summary($0) }
    }

    /// The summary of the case with this reference, written in any case of letters. A reference is never by itself
    /// a reason to show anything.
    package func summary(withReference reference: String) throws -> Summary? {
        try first(
            "SELECT \(Summary.columns) FROM case_summary s WHERE s.reference = $1", reference.uppercased()
        ) { try Summary($0) }
    }

    /// One page of a list.
    package func summaries(
        _ filter: SummaryFilter, by order: SummaryOrder, offset: Int = 0, limit: Int
    ) throws -> [Summary] {
        var conditions = filter.conditions
        let rows = try rows(of: filter, conditions, by: order)
        let page = "LIMIT \(conditions.parameter(limit)) OFFSET \(conditions.parameter(offset))"
        return try all(
            "SELECT \(Summary.columns) FROM \(rows) ORDER BY \(order.text) \(page)", conditions.values
        ) { try Summary($0) }
    }

    /// The rows of a list, found so that a page costs about the same however many cases there are.
    ///
    /// An engine does not know how many cases a filter lets through. A few are found and put in order. Where they are
    /// many, sorting them for the first fifty grows with their number, and a page is soon full along the order's index.
    private func rows(of filter: SummaryFilter, _ conditions: Conditions, by order: SummaryOrder) throws -> String {
        guard let path = order.path, filter != SummaryFilter(for: filter.viewer) else {
            return "case_summary s\(conditions.text)"
        }
        let few = 1000
        guard try count(filter, most: few) > few else {
            return "(SELECT * FROM case_summary s\(conditions.text) LIMIT \(few)) s"
        }
        switch connection.dialect {
        case .sqlite: return "case_summary s \(path)\(conditions.text)"
        case .postgresql:
            // `OFFSET 0` keeps the planner from another way.
            return "(SELECT * FROM case_summary s ORDER BY \(order.text) OFFSET 0) s\(conditions.text)"
        }
    }

    /// How many cases the list has, counted no further than `most`: `most + 1` means "more than `most`".
    package func count(_ filter: SummaryFilter, most: Int = 100_000) throws -> Int {
        var conditions = filter.conditions
        let limit = conditions.parameter(most + 1)
        return try count("SELECT 1 AS one FROM case_summary s\(conditions.text) LIMIT \(limit)", conditions.values)
    }

    /// Cases found by words, newest first: parts of names in any order, a reference, an NHS or hospital number, a
    /// date of birth. Nothing typed finds nothing.
    package func search(
        _ typed: String, _ filter: SummaryFilter, offset: Int = 0, limit: Int
    ) throws -> [Summary] {
        guard let (found, matching) = try matching(typed, filter) else { return [] }
        var conditions = matching
        let page = "LIMIT \(conditions.parameter(limit)) OFFSET \(conditions.parameter(offset))"
        return try all(
            """
            SELECT \(Summary.columns) FROM \(found)\(conditions.text) ORDER BY \(connection.search.newestFirst) \(page)
            """,
            conditions.values
        ) { try Summary($0) }
    }

    /// How many cases `search` finds, counted no further than `most`: `most + 1` means "more than `most`".
    package func countFound(
        _ typed: String, _ filter: SummaryFilter, most: Int = 500
    ) throws -> Int {
        guard let (found, matching) = try matching(typed, filter) else { return 0 }
        var conditions = matching
        let limit = conditions.parameter(most + 1)
        return try count("SELECT 1 AS one FROM \(found)\(conditions.text) LIMIT \(limit)", conditions.values)
    }

    /// The tables in which these words are found, and the filter's conditions; nothing where no word was typed.
    private func matching(_ typed: String, _ filter: SummaryFilter) throws -> (found: String, Conditions)? {
        let words = SearchTerms(typed).words
        guard !words.isEmpty else { return nil }
        var conditions = filter.conditions
        let search = connection.search
        let expression = search.expression(words)
        let parameter = conditions.parameter(expression)
        if let looking = search.foundByLooking, try areFrequent(expression, looking) {
            return (looking(parameter, nil), conditions)
        }
        return (search.found(parameter), conditions)
    }

    /// Whether one of twenty cases has these words, among the newest and among the oldest: the number of a year is in all
    /// of its cases and in no others.
    private func areFrequent(
        _ expression: String, _ looking: (String, SearchSample?) -> String
    ) throws -> Bool {
        let (size, enough) = (200, 10)
        return try [SearchSample.newest(size), .oldest(size)].allSatisfy { sample in
            try count("SELECT 1 AS one FROM \(looking("$1", sample))", [expression.stored]) >= enough
        }
    }

    private func count(_ rows: String, _ values: [StoredValue?]) throws -> Int {
        try all("SELECT count(*) FROM (\(rows)) AS counted", values) { try $0.integer(0) }.first ?? 0
    }

    /// Cases that may be about the same person: the same NHS number, or the same date of birth and name. Newest
    /// first; a person judges (policy 5.2(g)).
    ///
    /// - Parameter viewer: who is shown them.
    package func possibleDuplicates(
        nhsNumber: String?, subjectName: String, dateOfBirth: Day?, except id: Case.ID?,
        for viewer: SummaryFilter.Viewer,
        limit: Int = 20
    ) throws -> [Summary] {
        var conditions = SummaryFilter(for: viewer).conditions
        var same: [String] = []
        if let nhsNumber { same.append("s.nhs_number = \(conditions.parameter(nhsNumber))") }
        if let dateOfBirth {
            let (day, name) = (conditions.parameter(dateOfBirth), conditions.parameter(Folding.key(subjectName)))
            same.append("(s.date_of_birth = \(day) AND s.subject_key = \(name))")
        }
        guard !same.isEmpty else { return [] }
        conditions.texts.append("(\(same.joined(separator: " OR ")))")
        if let id { conditions.add("s.case_id <>", id) }
        let page = "LIMIT \(conditions.parameter(limit))"
        return try all(
            "SELECT \(Summary.columns) FROM case_summary s\(conditions.text) ORDER BY s.number DESC \(page)",
            conditions.values
        ) { try Summary($0) }
    }

    /// The next reference of a year, `SAR-2026-004187`. Numbers have no gaps that last: a unit of work that fails
    /// gives its number back.
    package func nextReference(prefix: String, year: Int) throws -> String {
        let number = try first(
            """
            INSERT INTO reference_counter (prefix, year, last) VALUES ($1, $2, 1)
            ON CONFLICT (prefix, year) DO UPDATE SET last = reference_counter.last + 1 RETURNING last
            """, prefix, year
        ) { try $0.integer(0) }
        let digits = String(number ?? 1)
        return "\(prefix)-\(year)-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits)"
    }
}
