/// A run of days on the clock's bar.
package struct ClockSpan: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Days of the period that are used.
        case counted
        /// Days that do not count: the clock stood.
        case paused
        /// Bank holidays, which the rules do not count.
        case holiday
        /// Days of the period still to come.
        case left
        /// Days beyond the end of the period.
        case late

        var fill: HTML {
            switch self {
            case .counted: "app-clock--counted"
            case .paused: "app-clock--paused"
            case .holiday: "app-clock--holiday"
            case .left: "app-clock--left"
            case .late: "app-clock--late"
            }
        }

        var name: String {
            switch self {
            case .counted: "Counted"
            case .paused: "Paused"
            case .holiday: "Bank holidays"
            case .left: "Left"
            case .late: "Late"
            }
        }
    }

    package let kind: Kind
    package let days: Int

    package init(_ kind: Kind, days: Int) {
        self.kind = kind
        self.days = days
    }
}

extension HTML {
    /// The clock: the answer in large words, the sentence with the date, the bar with its key, and every date that
    /// made it. The bar repeats what the words say and is for the eye alone.
    ///
    /// - Parameters:
    ///   - big: `11 days left`, `Paused`, `3 days late`.
    ///   - sentence: `Day 17 of 28. Reply by Tuesday 24 November 2026.`
    ///   - spans: the days in order; the line for today stands before the first day that is left.
    package static func clock(
        _ big: String, sentence: HTML, spans: [ClockSpan], dates pairs: [(key: String, value: HTML)]
    ) -> HTML {
        """
        <div class="app-clock"><div><p class="app-clock__big">\(big)</p><p>\(sentence)</p>\
        \(clockBar(spans))\(clockKey(spans))</div>\(dates(pairs))</div>
        """
    }

    /// The bar alone, for a line of a list.
    package static func clockBar(_ spans: [ClockSpan]) -> HTML {
        let total = spans.reduce(0) { $0 + max(0, $1.days) }
        guard total > 0 else { return .empty }
        var from = 0
        var today = 0
        var bars: [HTML] = []
        for span in spans where span.days > 0 {
            bars.append(
                "<rect class=\"\(span.kind.fill)\" x=\"\(from * 10)\" width=\"\(span.days * 10)\" height=\"20\"/>")
            from += span.days
            if span.kind != .left { today = from }
        }
        let line: HTML =
            today < total
            ? "<rect class=\"app-clock--today\" x=\"\(max(0, today * 10 - 2))\" width=\"4\" height=\"20\"/>" : ""
        return """
            <svg class="app-clock__bar" viewBox="0 0 \(total * 10) 20" preserveAspectRatio="none" aria-hidden="true" \
            focusable="false">\(HTML(bars))\(line)</svg>
            """
    }

    /// What the colours of the bar mean, with the days of each.
    private static func clockKey(_ spans: [ClockSpan]) -> HTML {
        var order: [ClockSpan.Kind] = []
        var days: [ClockSpan.Kind: Int] = [:]
        for span in spans where span.days > 0 {
            if days[span.kind] == nil { order.append(span.kind) }
            days[span.kind, default: 0] += span.days
        }
        guard !order.isEmpty else { return .empty }
        return """
            <ul class="app-clock__key">\
            \(each: order, { kind -> HTML in
                let count = days[kind] ?? 0
                return """
                    <li><svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">\
                    <rect class="\(kind.fill)" width="12" height="12"/></svg>\
                    \(kind.name), \(count) \(count == 1 ? "day" : "days")</li>
                    """
            })</ul>
            """
    }
}
