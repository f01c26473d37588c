import Rights
import Web

/// The statutory clock as the case page shows it: the answer first, then every date that made it.
struct ClockPanel {
    let big: String
    let sentence: HTML
    let spans: [ClockSpan]
    let dates: [(key: String, value: HTML)]

    init(_ clock: CaseClock, of opened: OpenedCase) throws(HolidaysUnknown) {
        big = ClockPanel.big(clock, on: opened.today)
        sentence = ClockPanel.sentence(clock, on: opened.today)
        spans = try ClockPanel.spans(clock.state == .running ? clock.governing : clock.policy)
        dates = try ClockDates(clock, of: opened).pairs
    }

    /// `11 days left`, `Due today`, `3 days late`, `Paused`.
    private static func big(_ clock: CaseClock, on today: Day) -> String {
        switch clock.state {
        case .awaitingCompleteness: return "Not started"
        case .paused: return "Paused"
        case .closed: return clock.isBreached ? "Closed late" : "Closed"
        case .running:
            guard let due = clock.due else { return "Running" }
            let left = due - today
            if left == 0 { return "Due today" }
            return left > 0 ? "\(counted(left, "day")) left" : "\(counted(-left, "day")) late"
        }
    }

    private static func sentence(_ clock: CaseClock, on today: Day) -> HTML {
        let account = clock.policy
        switch clock.state {
        case .awaitingCompleteness:
            let age = max(0, account.today - account.history.received)
            return """
                Waiting for what is needed to start. The request came \(counted(age, "day")) ago.\(byLaw(clock))
                """
        case .paused:
            return """
                \(counted(account.usedDays, "day")) used, \(account.remainingDays) left when the answer comes.\
                \(byLaw(clock))
                """
        case .closed:
            return "\(clock.governing.inWords)"
        case .running:
            let due: HTML =
                clock.due.map { due in
                    due < today
                        ? " The reply was due on <b>\(due.withWeekday)</b>." : " Reply by <b>\(due.withWeekday)</b>."
                } ?? ""
            let governing = clock.governing
            return "Day \(min(governing.usedDays, governing.totalDays)) of \(governing.totalDays).\(due)"
        }
    }

    /// The law's clock may run while the trust's own waits or stands; then its date is the one to keep.
    private static func byLaw(_ clock: CaseClock) -> HTML {
        guard let due = clock.statute?.due else { return "" }
        return " The law's own time runs on: reply by <b>\(due.withWeekday)</b>."
    }

    /// The days of the period for the bar, parted at today. What came before the start is not part of the period.
    private static func spans(_ account: ClockAccount) throws(HolidaysUnknown) -> [ClockSpan] {
        var spans: [ClockSpan] = []
        for segment in try account.segments() {
            switch segment.cause {
            case .waiting, .startDay: continue
            case .counting, .rolled:
                let past = max(0, min(segment.to ?? account.today, account.today) - segment.from + 1)
                let whole = (segment.to ?? account.today) - segment.from + 1
                spans.append(ClockSpan(.counted, days: past))
                spans.append(ClockSpan(.left, days: whole - past))
            case .paused: spans.append(ClockSpan(.paused, days: segment.daysNotCounted))
            case .bankHoliday: spans.append(ClockSpan(.holiday, days: segment.daysNotCounted))
            case .late: spans.append(ClockSpan(.late, days: segment.daysNotCounted))
            }
        }
        // While the clock stands there is no end to draw, but what is left is known.
        if account.state == .paused { spans.append(ClockSpan(.left, days: account.remainingDays)) }
        return spans.filter { $0.days > 0 }
    }

    var html: HTML { .clock(big, sentence: sentence, spans: spans, dates: dates) }
}

extension OpenedCase {
    /// The clock's box on a page, or the sentence that says why there is none.
    ///
    /// - Parameter account: whether every day is listed at once; else the list opens when asked for.
    func clockSection(isWhole: Bool) -> HTML {
        let content: HTML
        do {
            switch clock {
            case .unknown(let why): content = .insetText("<p>\(why)</p>")
            case .counted(let clock):
                let panel = try ClockPanel(clock, of: self)
                content = "\(panel.html)\(try ClockAccounts(clock).html(isOpen: isWhole))"
            }
        } catch {
            content = .insetText("<p>\(error.reason.text)</p>")
        }
        return .section("Statutory clock", id: "clock", content)
    }
}
