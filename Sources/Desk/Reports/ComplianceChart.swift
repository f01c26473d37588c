import Rights
import Store
import Web

/// Bars of requests by month of receipt: answered in time, late, and open. The table below it says the same in
/// figures, so the picture is for the eye alone.
struct ComplianceChart {
    private struct Bar {
        let label: String
        let inTime: Int
        let late: Int
        let neverStarted: Int
        let open: Int
        var total: Int { inTime + late + neverStarted + open }
    }

    private let bars: [Bar]

    init(_ months: [(month: Month, figures: ComplianceFigures)]) {
        bars = months.reversed().map { month, figures in
            // An open request that is late is drawn once, as late.
            let rest = max(0, figures.received - figures.inTime - figures.late - figures.neverStarted)
            return Bar(
                label: month.inWords, inTime: figures.inTime, late: figures.late, neverStarted: figures.neverStarted,
                open: rest)
        }
    }

    private static let row = 26
    private static let labels = 150
    private static let width = 560

    var html: HTML {
        let most = max(1, bars.map(\.total).max() ?? 1)
        let height = bars.count * ComplianceChart.row + 4
        return """
            <svg class="app-chart" viewBox="0 0 \(ComplianceChart.labels + ComplianceChart.width + 60) \(height)" \
            aria-hidden="true" focusable="false">\
            \(each: bars.enumerated(), { index, bar in drawn(bar, at: index * ComplianceChart.row + 2, most: most) })</svg>\
            <ul class="app-clock__key">\(key("app-chart__good", "Answered in time"))\(key("app-chart__bad", "Late"))\
            \(key("app-chart__none", "Closed before the clock started"))\
            \(key("app-chart__open", "Open, not late"))</ul>
            """
    }

    private func drawn(_ bar: Bar, at top: Int, most: Int) -> HTML {
        func length(_ count: Int) -> Int { count * ComplianceChart.width / most }
        let left = ComplianceChart.labels
        let (inTime, late) = (length(bar.inTime), length(bar.late))
        let (never, open) = (length(bar.neverStarted), length(bar.open))
        let (second, third) = (left + inTime + late, left + inTime + late + never)
        return """
            <text x="\(left - 8)" y="\(top + 16)" text-anchor="end">\(bar.label)</text>\
            <rect class="app-chart__good" x="\(left)" y="\(top)" width="\(inTime)" height="20"/>\
            <rect class="app-chart__bad" x="\(left + inTime)" y="\(top)" width="\(late)" height="20"/>\
            <rect class="app-chart__none" x="\(second)" y="\(top)" width="\(never)" height="20"/>\
            <rect class="app-chart__open" x="\(third)" y="\(top)" width="\(open)" height="20"/>\
            <text x="\(third + open + 6)" y="\(top + 16)">\(bar.total)</text>
            """
    }

    private func key(_ fill: HTML, _ name: String) -> HTML {
        """
        <li><svg viewBox="0 0 12 12" aria-hidden="true" focusable="false"><rect class="\(fill)" width="12" \
        height="12"/></svg>\(name)</li>
        """
    }
}
