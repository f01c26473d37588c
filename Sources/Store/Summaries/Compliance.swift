import Rights

/// How many requests came and what became of them.
package struct ComplianceFigures: Hashable, Sendable {
    package var received = 0
    /// Closed on or before the governing date.
    package var inTime = 0
    /// Closed after the governing date, or open past it.
    package var late = 0
    /// Closed before the trust's own clock had started, and not after the law's date: no promise was kept or missed.
    package var neverStarted = 0
    package var open = 0
    /// Open with the clock stopped.
    package var paused = 0
    package var extended = 0

    package init() {}

    package static func + (left: ComplianceFigures, right: ComplianceFigures) -> ComplianceFigures {
        var sum = left
        sum.received += right.received
        sum.inTime += right.inTime
        sum.late += right.late
        sum.neverStarted += right.neverStarted
        sum.open += right.open
        sum.paused += right.paused
        sum.extended += right.extended
        return sum
    }
}

extension Transaction {
    /// The figures of policy 3.4 by month of receipt (`2026-03`) and department, newest month first (S2-011).
    ///
    /// - Parameter filter: the days of receipt, and who is shown the list.
    package func compliance<Line>(
        _ filter: SummaryFilter, on today: Day, as line: (String, String, ComplianceFigures) throws -> Line
    ) throws -> [Line] {
        var conditions = filter.conditions
        let today = conditions.parameter(today)
        return try all(
            """
            SELECT substr(s.received_on, 1, 7) AS received_month, coalesce(s.department, ''), count(*),
                count(*) FILTER (WHERE \(SummaryFilter.inTime)),
                count(*) FILTER (WHERE s.governing_due < coalesce(s.closed_on, \(today))),
                count(*) FILTER (WHERE \(SummaryFilter.neverStarted)),
                count(*) FILTER (WHERE s.closed_on IS NULL),
                count(*) FILTER (WHERE s.closed_on IS NULL AND s.clock_state = 'paused'),
                count(*) FILTER (WHERE s.is_extended)
            FROM case_summary s\(conditions.text)
            GROUP BY substr(s.received_on, 1, 7), coalesce(s.department, '')
            ORDER BY received_month DESC, 2
            """, conditions.values
        ) { row in
            var figures = ComplianceFigures()
            figures.received = try row.integer(2)
            figures.inTime = try row.integer(3)
            figures.late = try row.integer(4)
            figures.neverStarted = try row.integer(5)
            figures.open = try row.integer(6)
            figures.paused = try row.integer(7)
            figures.extended = try row.integer(8)
            return try line(try row.text(0), try row.text(1), figures)
        }
    }
}
