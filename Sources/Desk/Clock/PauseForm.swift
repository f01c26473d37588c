import Rights
import Web

/// Stopping the clock with a dated question (policy 5.3(c); S2-086 to S2-090).
struct PauseForm: CaseForm {
    static let pattern = "/cases/:case/pauses"
    static let permission = Permission.runClock
    static let done = Done.paused

    init(_ visit: StaffVisit) {}

    func title(in opened: OpenedCase) -> String { "Pause the clock" }

    func start(in opened: OpenedCase) -> Form { Form(["asks": MessageSent.Asks.reply.rawValue]) }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let reasons = opened.policy.pauseReasons.offered.filter { $0.kind != .furtherInformation || opened.isDeceased }
        return """
            <p>The clock stops today with this message, and starts again on the day the answer comes in.</p>\
            \(.radios(
                form["reason"], legend: .small("Why does the clock stop?"), reasons.map { Choice($0.code, $0.label) }))\
            \(.textarea(
                form["question"], label: .small("What do you ask the requester?"),
                hint: "Say what you need and why you cannot go on without it."))\
            \(.radios(
                form["asks"], legend: .small("What do you need back?"),
                [
                    Choice(MessageSent.Asks.reply.rawValue, "A written answer"),
                    Choice(MessageSent.Asks.document.rawValue, "A document", reveals: AskedProof.field(form)),
                ]))
            """
    }

    let button = HTML.button("Send and pause the clock")

    func act(_ form: inout Form, in opened: OpenedCase) -> PauseClock {
        let asks = MessageSent.Asks(form: &form)
        return PauseClock(
            reason: form.text("reason"), question: form.text("question"), asks: asks,
            check: AskedProof.read(form, asks))
    }

    func next(in opened: OpenedCase) -> String { opened.address.clock }
}

extension OpenedCase {
    var isDeceased: Bool { matter.received.regime == .deceased }
}
