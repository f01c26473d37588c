import Rights
import Store
import Web

/// How well the dates were kept, by month of receipt and department (policy 3.4; S2-011). Every number leads to its
/// cases.
struct ComplianceReport: Sendable {
    let lines: [ComplianceLine]
    let policy: Policy
    let first: Month
    let last: Month

    private func department(_ code: String) -> String { policy.departments[code]?.label ?? code }

    private var months: [(month: Month, figures: ComplianceFigures)] {
        Dictionary(grouping: lines, by: \.month)
            .map { (month: $0.key, figures: $0.value.reduce(ComplianceFigures()) { $0 + $1.figures }) }
            .sorted { $0.month > $1.month }
    }

    var html: HTML {
        """
        <p>Requests received from \(first.inWords) to \(last.inWords), counted by the day they were received. \
        In time and late are judged by the earlier of the policy's date and the law's. A request that is still open \
        is late once its date has passed. One that was closed before its clock started, because something was still \
        missing, had no date to keep and is counted by itself.</p>\
        \(period)\(lines.isEmpty ? .insetText("<p>No requests were received in these months.</p>") : figures)
        """
    }

    private var period: HTML {
        """
        <form action="\(Place.compliance)" method="get" class="app-filters">\
        \(.input(Field("from", first.description), label: "From (year-month)", width: .ten))\
        \(.input(Field("to", last.description), label: "To (year-month)", width: .ten))\
        <div class="app-filters__end">\
        <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" data-module="nhsuk-button" \
        type="submit">Show</button>\
        \(.buttonLink("Download as CSV", to: "\(Place.compliance).csv?from=\(first)&to=\(last)", .secondary, isSmall: true))\
        </div></form>
        """
    }

    private var figures: HTML {
        let months = months
        return """
            \(.section("By month", id: "chart", "\(ComplianceChart(months).html)\(table("months", "Requests by month", months.map { ($0.month, nil, $0.figures) }))"))\
            \(.section("By month and department", id: "departments",
                table("lines", "Requests by month and department", lines.map { ($0.month, $0.department, $0.figures) })))
            """
    }

    private static let numbers = [
        "Received", "In time", "Late", "Closed before the clock started", "Open", "Paused", "Extended",
    ]

    private func table(
        _ id: String, _ caption: String, _ rows: [(month: Month, department: String?, figures: ComplianceFigures)]
    ) -> HTML {
        let isSplit = rows.contains { $0.department != nil }
        let numbers = ComplianceReport.numbers.map { Column($0, isNumeric: true) }
        return .table(
            id: id, .hidden(caption), [Column("Month")] + (isSplit ? [Column("Department")] : []) + numbers,
            rows.map { row in
                let link = { (change: (inout CaseListQuery) -> Void, count: Int) -> HTML in
                    self.link(row.month, row.department, count, change)
                }
                let cells: [HTML] = [
                    link({ $0.openness = .any }, row.figures.received),
                    link({ $0.result = .inTime }, row.figures.inTime),
                    link({ $0.result = .late }, row.figures.late),
                    link({ $0.result = .neverStarted }, row.figures.neverStarted),
                    link({ $0.openness = .open }, row.figures.open),
                    link(
                        {
                            $0.openness = .open
                            $0.result = .paused
                        }, row.figures.paused),
                    link({ $0.result = .extended }, row.figures.extended),
                ]
                return ["\(row.month.inWords)"] + (row.department.map { ["\(department($0))"] } ?? []) + cells
            })
    }

    private func link(
        _ month: Month, _ department: String?, _ count: Int, _ change: (inout CaseListQuery) -> Void
    ) -> HTML {
        guard count > 0 else { return "0" }
        var query = CaseListQuery(path: Place.requests, openness: .any)
        query.month = month
        query.department = department ?? ""
        change(&query)
        let place = department.map { ", \(self.department($0))" } ?? ""
        return .link(String(count), to: query.href, hidden: "received in \(month.inWords)\(place)")
    }

    var csv: [UInt8] {
        var csv = CSV(["Month", "Department"] + ComplianceReport.numbers)
        for line in lines {
            let figures = line.figures
            csv.add(
                [line.month.description, department(line.department)]
                    + [
                        figures.received, figures.inTime, figures.late, figures.neverStarted, figures.open,
                        figures.paused,
                        figures.extended,
                    ].map(String.init))
        }
        return csv.bytes
    }
}
