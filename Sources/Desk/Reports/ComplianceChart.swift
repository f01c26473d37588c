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

    /// - Parameter months: those with requests, in any order. The months between them have a place on the chart too,
    ///   so that it keeps to time.
    init(_ months: [(month: Month, figures: ComplianceFigures)]) {
        let known = Dictionary(months.map { ($0.month, $0.figures) }) { first, _ in first }
        var bars: [Bar] = []
        if let first = known.keys.min(), let last = known.keys.max() {
            var month = first
            while month <= last {
                bars.append(ComplianceChart.bar(month, known[month] ?? ComplianceFigures()))
                month = Month(of: month.first.adding(months: 1))
            }
        }
        self.bars = bars
    }

    private static func bar(_ month: Month, _ figures: ComplianceFigures) -> Bar {
        // An open request that is late is drawn once, as late.
        let rest = max(0, figures.received - figures.inTime - figures.late - figures.neverStarted)
        return Bar(
            label: month.inWords, inTime: figures.inTime, late: figures.late, neverStarted: figures.neverStarted,
            open: rest)
    }

    /// The words keep their size at every width; only the bars grow.
    var html: HTML {
        let most = max(1, bars.map(\.total).max() ?? 1)
        return """
            <ul class="app-bars" aria-hidden="true">\(each: bars, { drawn($0, most: most) })</ul>\
            <ul class="app-clock__key">\(key("app-chart__good", "Answered in time"))\(key("app-chart__bad", "Late"))\
            \(key("app-chart__none", "Closed before the clock started"))\
            \(key("app-chart__open", "Open, not late"))</ul>
            """
    }

    private func drawn(_ bar: Bar, most: Int) -> HTML {
        """
        <li><span>\(bar.label)</span><svg viewBox="0 0 \(most) 1" preserveAspectRatio="none" focusable="false">\
        <rect class="app-chart__good" width="\(bar.inTime)" height="1"/>\
        <rect class="app-chart__bad" x="\(bar.inTime)" width="\(bar.late)" height="1"/>\
        <rect class="app-chart__none" x="\(bar.inTime + bar.late)" width="\(bar.neverStarted)" height="1"/>\
        <rect class="app-chart__open" x="\(bar.total - bar.open)" width="\(bar.open)" height="1"/></svg>\
        <b>\(bar.total)</b></li>
        """
    }

    private func key(_ fill: HTML, _ name: String) -> HTML {
        """
        <li><svg viewBox="0 0 12 12" aria-hidden="true" focusable="false"><rect class="\(fill)" width="12" \
        height="12"/></svg>\(name)</li>
        """
    }
}
