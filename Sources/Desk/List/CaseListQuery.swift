import Rights
import Store
import Web

/// Which cases a list shows and in which order, as its address says. Everything in it is understood or left out: an
/// address that somebody changed by hand shows a list, never an error.
struct CaseListQuery: Hashable, Sendable {
    enum Openness: String, CaseIterable, Sendable {
        case open, closed, any

        var label: String {
            switch self {
            case .open: "Open"
            case .closed: "Closed"
            case .any: "Open and closed"
            }
        }
    }

    enum Handler: String, CaseIterable, Sendable {
        case anybody = ""
        case mine, nobody

        var label: String {
            switch self {
            case .anybody: "Anybody"
            case .mine: "Me"
            case .nobody: "Nobody yet"
            }
        }
    }

    enum Due: String, CaseIterable, Sendable {
        case any = ""
        case late
        case today
        case week = "7"
        case fortnight = "14"

        var label: String {
            switch self {
            case .any: "Any day"
            case .late: "Late"
            case .today: "Late or due today"
            case .week: "Late or within 7 days"
            case .fortnight: "Late or within 14 days"
            }
        }

        /// The days on which such a case is due.
        func days(on today: Day) -> ClosedRange<Day>? {
            let first = Day(number: 0)
            switch self {
            case .any: return nil
            case .late: return first...(today - 1)
            case .today: return first...today
            case .week: return first...(today + 7)
            case .fortnight: return first...(today + 14)
            }
        }
    }

    /// What a number of the compliance list stands for.
    enum Result: String, CaseIterable, Sendable {
        case any = ""
        case inTime = "in-time"
        case late
        case neverStarted = "never-started"
        case paused, extended

        var label: String {
            switch self {
            case .any: "Any"
            case .inTime: "Answered in time"
            case .late: "Late"
            case .neverStarted: "Closed before the clock started"
            case .paused: "Paused"
            case .extended: "Extended"
            }
        }
    }

    let path: String
    var openness: Openness
    var handler = Handler.anybody
    var department = ""
    var action = ""
    var due = Due.any
    var result = Result.any
    /// The month of receipt, `2026-03`.
    var month: Month?
    var column: SummaryOrder.Column
    var isDescending: Bool
    var page = 1

    /// - Parameters:
    ///   - openness: what is shown where the address does not say.
    ///   - order: the same for the order.
    init(_ visit: some Visiting, path: String, openness: Openness, order: SummaryOrder) {
        self.path = path
        self.openness = Openness(rawValue: visit.query("state")) ?? openness
        handler = Handler(rawValue: visit.query("handler")) ?? .anybody
        department = visit.query("department")
        action = NextAction.Kind(rawValue: visit.query("action"))?.rawValue ?? ""
        due = Due(rawValue: visit.query("due")) ?? .any
        result = Result(rawValue: visit.query("result")) ?? .any
        month = Month(visit.query("month"))
        column = SummaryOrder.Column(rawValue: visit.query("sort")) ?? order.column
        switch visit.query("order") {
        case "up": isDescending = false
        case "down": isDescending = true
        default: isDescending = order.isDescending
        }
        page = visit.page()
    }

    /// A list that a page links to.
    init(path: String, openness: Openness) {
        self.path = path
        self.openness = openness
        column = .due
        isDescending = false
    }

    var order: SummaryOrder { SummaryOrder(column, descending: isDescending) }

    func filter(for staff: Staff, on today: Day) -> SummaryFilter {
        // A day on which something is due is asked of what can still be answered.
        var filter: SummaryFilter =
            switch due == .any ? openness : .open {
            case .open: SummaryFilter(.open, for: .staff(staff.own))
            case .closed: SummaryFilter(.closed, for: .staff(staff.own))
            case .any: SummaryFilter(.any, for: .staff(staff.own))
            }
        switch handler {
        case .anybody: break
        case .mine: filter.handler = .staff(staff.id)
        case .nobody: filter.handler = .nobody
        }
        if !department.isEmpty { filter.department = department }
        if !action.isEmpty { filter.nextAction = action }
        filter.due = due.days(on: today)
        filter.received = month?.days
        switch result {
        case .any: break
        case .inTime: filter.punctuality = .inTime
        case .late: filter.punctuality = .late(on: today)
        case .neverStarted: filter.punctuality = .neverStarted
        case .paused: filter.clockState = ClockAccount.State.paused.rawValue
        case .extended: filter.isExtended = true
        }
        return filter
    }

    /// The parts of the address, those that narrow nothing left out.
    var parameters: [(name: String, value: String)] {
        [
            ("state", openness.rawValue), ("handler", handler.rawValue), ("department", department),
            ("action", action), ("due", due.rawValue), ("result", result.rawValue),
            ("month", month?.description ?? ""), ("sort", column.rawValue), ("order", isDescending ? "down" : "up"),
            ("page", page == 1 ? "" : String(page)),
        ].filter { !$0.value.isEmpty }
    }

    var href: String { href(at: path) }

    /// The same list at another path: as CSV.
    func href(at path: String) -> String {
        path + "?" + parameters.map { "\($0.name)=\(percentEncoded($0.value))" }.joined(separator: "&")
    }

    func href(page: Int) -> String {
        var other = self
        other.page = page
        return other.href
    }

    /// The list sorted by a column, or the other way round where it is already.
    func head(_ title: String, _ column: SummaryOrder.Column) -> Column {
        var other = self
        other.page = 1
        other.isDescending = self.column == column ? !isDescending : false
        other.column = column
        let order: Column.Order = self.column == column ? (isDescending ? .descending : .ascending) : .none
        return Column(title, sorted: order, by: other.href)
    }
}

/// A month of a year.
struct Month: Hashable, Comparable, Sendable, CustomStringConvertible {
    let first: Day

    /// The month that a day is in.
    init(of day: Day) {
        let parts = day.parts
        first = day - (parts.day - 1)
    }

    /// Reads `2026-03`.
    init?(_ text: String) {
        guard let day = Day("\(text)-01") else { return nil }
        first = day
    }

    var days: ClosedRange<Day> { first...(first.adding(months: 1) - 1) }
    var description: String { String(first.description.prefix(7)) }
    /// `March 2026`.
    var inWords: String { "\(Day.monthNames[first.parts.month - 1]) \(first.parts.year)" }

    static func < (left: Month, right: Month) -> Bool { left.first < right.first }
}
