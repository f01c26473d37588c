import Rights
import Web

/// The clock with the account of every day, its pauses and its extensions.
struct ClockPage {
    let opened: OpenedCase

    var content: HTML {
        """
        \(opened.clockSection(isWhole: true))\
        \(.section("Pauses", id: "pauses", pauses))\(.section("Extensions", id: "extensions", extensions))
        """
    }

    private var pauses: HTML {
        guard !opened.matter.pauses.isEmpty else { return "<p>The clock has not been stopped.</p>" }
        return .responsiveTable(
            .hidden("Pauses"),
            [Column("Reason"), Column("From"), Column("To"), Column("Stopped by"), Column("Next")],
            opened.matter.pauses.map { pause in
                let end: HTML =
                    pause.isOpen && opened.mayChange(.runClock)
                    ? .link(
                        "Restart the clock", to: opened.address.end(ofPause: pause.paused.number),
                        hidden: "stopped on \(pause.from.inWords)") : "Nothing"
                return [
                    "\(opened.policy.pauseReasons[pause.paused.reason]?.label ?? pause.paused.reason)",
                    "\(pause.from.inWords)", "\(pause.to?.inWords ?? "Still open")", "\(person: pause.by.label)", end,
                ]
            })
    }

    private var extensions: HTML {
        guard !opened.matter.extensions.isEmpty else { return "<p>The time has not been extended.</p>" }
        return """
            \(each: opened.matter.extensions, { extended, day in
                """
                <h3>By \(extended.amount.inWords), told on \(day.inWords)</h3>\(.paragraphs(extended.reason))\
                \(.details("Read the letter", .paragraphs(extended.letter)))
                """
            })
            """
    }
}
