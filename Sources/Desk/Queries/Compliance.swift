import Rights
import Store

/// How the requests of one department, received in one month, were dealt with.
struct ComplianceLine: Hashable, Sendable {
    let month: Month
    let department: String
    var figures: ComplianceFigures
}

extension Transaction {
    /// The figures by month of receipt and department, newest month first, without the cases that this member of staff
    /// is concerned in.
    func compliance(since first: Month, through last: Month, on today: Day, for staff: Staff) throws -> [ComplianceLine]
    {
        let (from, to) = (first.days.lowerBound, last.days.upperBound)
        guard from <= to else { return [] }
        var filter = SummaryFilter(for: .staff(staff.own))
        filter.received = from...to
        return try compliance(filter, on: today) { month, department, figures in
            ComplianceLine(month: Month(month) ?? first, department: department, figures: figures)
        }
    }
}
