import Casework
import Rights
import Web

/// Refusing the request on a ground of the catalogue, with the letter (policy 3.6, 5.4; S2-018, S2-019, S2-122).
struct RefusalForm: CaseForm {
    static let pattern = "/cases/:case/refusal"
    static let permission = Permission.decideOutcome
    static let done = Done.decided

    init(_ visit: StaffVisit) {}

    func title(in opened: OpenedCase) -> String { "Refuse the request" }

    func start(in opened: OpenedCase) -> Form { Form() }

    private func grounds(in opened: OpenedCase) -> [Exemption] {
        opened.policy.exemptions(for: opened.matter.received.regime, opened.matter.received.right)
    }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        """
        \(.radios(
            form["ground"], legend: .small("On which ground?"),
            grounds(in: opened).map { Choice($0.code, $0.label, hint: "\($0.basis). \($0.staffText)") }))\
        \(.textarea(
            form["reason"], label: .small("Why does it apply to this request?"),
            hint: "For the file. The requester does not see these words."))
        """
    }

    let button = HTML.button("Continue to the letter")

    func act(_ form: inout Form, in opened: OpenedCase) -> RefuseRequest {
        RefuseRequest(ground: form.text("ground"), reason: form.text("reason"), letter: form.text("letter"))
    }

    var letter: LetterStep<RefusalForm>? {
        LetterStep(
            field: "letter",
            button: .button("Send and refuse", .warning),
            summary: { step, form, opened in
                let ground = opened.policy.exemptions[form.text("ground")]
                return [
                    SummaryRow("Ground", "\(ground?.label ?? "")"),
                    SummaryRow("Reason for the file", .paragraphs(form.text("reason"))),
                ]
            },
            compose: { _, form, opened in
                guard let ground = opened.policy.exemptions[form.text("ground")] else { return "" }
                let told = ground.telling == .neutral ? ground.neutralText : ground.letterText
                return try opened.compose(.refusal, [.grounds: told])
            })
    }

    func next(in opened: OpenedCase) -> String { opened.address.decisions }
}
