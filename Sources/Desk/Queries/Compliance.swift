import Rights
import Store

/// How the requests of one department, received in one month, were dealt with.
struct ComplianceLine: Hashable, Sendable {
    let month: Month
    let department: String
    var figures: ComplianceFigures
}

/// How many requests came and what became of them.
struct ComplianceFigures: Hashable, Sendable {
    var received = 0
    /// Closed on or before the governing date, or before any clock had started.
    var inTime = 0
    /// Closed after the governing date, or open past it.
    var late = 0
    var open = 0
    /// Open with the clock stopped.
    var paused = 0
    var extended = 0

    static func + (left: ComplianceFigures, right: ComplianceFigures) -> ComplianceFigures {
        ComplianceFigures(
            received: left.received + right.received, inTime: left.inTime + right.inTime, late: left.late + right.late,
            open: left.open + right.open, paused: left.paused + right.paused, extended: left.extended + right.extended)
    }
}

extension Transaction {
    /// The figures of policy 3.4 by month of receipt and department, newest month first (S2-011).
    ///
    /// - Parameter since: the first day of the first month.
    func compliance(since first: Day, through last: Day, on today: Day) throws -> [ComplianceLine] {
        try all(
            """
            SELECT substr(received_on, 1, 7) AS received_month, coalesce(department, ''), count(*),
                count(*) FILTER (
                    WHERE closed_on IS NOT NULL AND (governing_due IS NULL OR closed_on <= governing_due)),
                count(*) FILTER (WHERE governing_due < coalesce(closed_on, $3)),
                count(*) FILTER (WHERE closed_on IS NULL),
                count(*) FILTER (WHERE closed_on IS NULL AND clock_state = 'paused'),
                count(*) FILTER (WHERE is_extended)
            FROM case_summary WHERE received_on >= $1 AND received_on <= $2
            GROUP BY substr(received_on, 1, 7), coalesce(department, '')
            ORDER BY received_month DESC, 2
            """, first, last, today
        ) { row in
            let month = Month(try row.text(0)) ?? Month(of: first)
            return ComplianceLine(
                month: month, department: try row.text(1),
                figures: ComplianceFigures(
                    received: try row.integer(2), inTime: try row.integer(3), late: try row.integer(4),
                    open: try row.integer(5), paused: try row.integer(6), extended: try row.integer(7)))
        }
    }
}
