import Rights
import Web

/// The first page of a case: the clock, the tasks and what happened on the left; what stands before the release and
/// what was asked on the right.
struct OverviewPage {
    let opened: OpenedCase

    /// - Parameter form: makes a form that sends itself to a path of the desk.
    func content(form: (_ action: String, _ content: HTML) -> HTML) -> HTML {
        let gates = GateList(opened)
        let tasks = TaskTable(opened)
        let timeline = Timeline(latest: 8, of: opened)
        let judging = opened.may(.logRequest) ? opened.address : nil
        return """
            \(each: opened.matter.proposedEnds, { ProposedEnd($0.pause, on: $0.on, in: opened).html(form: form) })\
            \(opened.matter.isOpen ? gates.alert(checksAt: "#gates") : closedNotice)\
            \(.columns(
                main: """
                    \(opened.clockSection(isWhole: false))\
                    \(.section(tasks.title, id: "tasks", tasks.html))\
                    \(KindredCase.section(opened.kin, judgedFrom: judging))\
                    \(.section(
                        "Timeline", id: "timeline",
                        """
                        \(.timeline(timeline.entries))\
                        <p>\(.link("Show the whole history (\(timeline.count == 1 ? "1 entry" : "\(timeline.count) entries"))", to: opened.address.history))</p>
                        """))
                    """,
                side: """
                    \(.section("Checks before release", id: "gates", gates.html))\(RequestSummary(opened).html)
                    """))
            """
    }

    private var closedNotice: HTML {
        guard let outcome = opened.matter.outcome else { return .empty }
        return .insetText(
            "<p>This case was closed on \(outcome.on.inWords). Outcome: \(outcome.outcome.label.lowercased()).</p>")
    }
}

/// The end of a pause that an answer proposes; a person confirms it (S1-59).
struct ProposedEnd {
    private let pause: CasePause
    private let day: Day
    private let opened: OpenedCase

    init(_ pause: CasePause, on day: Day, in opened: OpenedCase) {
        self.pause = pause
        self.day = day
        self.opened = opened
    }

    func html(form: (_ action: String, _ content: HTML) -> HTML) -> HTML {
        let end = opened.address.end(ofPause: pause.paused.number)
        let parts = day.parts
        let accept: HTML =
            opened.mayChange(.runClock)
            ? form(
                end,
                """
                <input type="hidden" name="seen" value="\(opened.matter.sequence)">\
                <input type="hidden" name="answered-on[day]" value="\(parts.day)">\
                <input type="hidden" name="answered-on[month]" value="\(parts.month)">\
                <input type="hidden" name="answered-on[year]" value="\(parts.year)">\
                \(.buttonGroup("""
                    \(.button("Restart the clock from \(day.inWords)", isSmall: true))\
                    \(.link("Choose another day", to: end))
                    """))
                """) : ""
        return .notificationBanner(
            titled: "Answer received", id: "pause-\(pause.paused.number)-end",
            """
            \(.noticeHeading("The requester answered on \(day.inWords). Does that end the pause?"))\
            <p>\(.link("Read the answer", to: opened.address.messages)) first.</p>\(accept)
            """)
    }
}
