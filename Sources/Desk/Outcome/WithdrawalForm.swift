import Rights
import Web

/// The requester takes the request back, in a letter or a call that staff log.
struct WithdrawalForm: CaseForm {
    static let pattern = "/cases/:case/withdrawal"
    static let permission = Permission.decideOutcome
    static let done = Done.withdrawn

    init(_ visit: StaffVisit) {}

    func title(in opened: OpenedCase) -> String { "Withdraw the request" }

    func start(in opened: OpenedCase) -> Form { Form() }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        .textarea(
            form["how"], label: .small("How did the requester say so?"),
            hint: "For example: letter of 3 November. The case is closed.", rows: 3)
    }

    let button = HTML.button("Continue to the letter")

    func act(_ form: inout Form, in opened: OpenedCase) -> WithdrawRequest {
        WithdrawRequest(how: form.text("how"), letter: form.text("letter"))
    }

    var letter: LetterStep<WithdrawalForm>? {
        LetterStep(
            field: "letter",
            button: .button("Withdraw, close and send the letter", .warning),
            summary: { _, form, _ in [SummaryRow("Told by", .paragraphs(form.text("how")))] },
            compose: { _, _, opened in try opened.compose(.withdrawn, [:]) })
    }

    func next(in opened: OpenedCase) -> String { opened.address.decisions }
}

/// Closing a case that lapsed, was redirected or turned out a duplicate: always a person's decision.
struct ClosingForm: CaseForm {
    static let pattern = "/cases/:case/closing"
    static let permission = Permission.decideOutcome
    static let done = Done.closed

    init(_ visit: StaffVisit) {}

    func title(in opened: OpenedCase) -> String { "Close the case" }

    func start(in opened: OpenedCase) -> Form { Form() }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        """
        \(.radios(
            form["cause"], legend: .small("Why is it closed?"),
            Closed.Cause.allCases.map { Choice($0.rawValue, $0.outcome.label, hint: $0.meaning) }))\
        \(.textarea(
            form["reason"], label: .small("Reason"),
            hint: "It goes into the letter, so write it to the requester.", rows: 3))
        """
    }

    let button = HTML.button("Continue to the letter")

    func act(_ form: inout Form, in opened: OpenedCase) -> CloseCase {
        let cause = Closed.Cause(rawValue: form.text("cause"))
        if cause == nil { form.add("Choose why it is closed.", to: "cause") }
        return CloseCase(cause: cause ?? .lapsed, reason: form.text("reason"), letter: form.text("letter"))
    }

    var letter: LetterStep<ClosingForm>? {
        LetterStep(
            field: "letter",
            button: .button("Close the case and send the letter", .warning),
            summary: { _, form, _ in
                [
                    SummaryRow("Why", "\(Closed.Cause(rawValue: form.text("cause"))?.outcome.label ?? "")"),
                    SummaryRow("Reason", .paragraphs(form.text("reason"))),
                ]
            },
            compose: { _, form, opened in try opened.compose(.closing, [.reason: form.text("reason")]) })
    }

    func next(in opened: OpenedCase) -> String { opened.address.decisions }
}

extension Closed.Cause {
    /// What it means, for the person who chooses.
    fileprivate var meaning: HTML {
        switch self {
        case .lapsed: "What was asked for never came, and the requester was warned."
        case .redirected: "Another procedure or organisation deals with it."
        case .duplicate: "Another case is the same request."
        }
    }
}
