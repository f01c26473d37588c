import Rights
import Web

/// Saying whether another request about the same person is the same request (S2-077: a person's act).
struct JudgementForm: CaseForm {
    static let pattern = "/cases/:case/duplicates/:other"
    static let permission = Permission.logRequest
    static let done = Done.judged

    let other: Case.ID

    init(_ visit: StaffVisit) throws {
        other = try visit.identifier("other")
    }

    private func kin(in opened: OpenedCase) -> KindredCase? { opened.kin.first { $0.id == other } }

    func title(in opened: OpenedCase) throws -> String {
        guard kin(in: opened) != nil else { throw Problem.notFound }
        return "Compare two requests"
    }

    func start(in opened: OpenedCase) -> Form { Form() }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        guard let kin = kin(in: opened) else { return .empty }
        let own = KindredCase(opened.matter)
        return """
            \(KindredCase.table([own, kin], judgedFrom: nil))\
            \(.radios(
                form["duplicate"], legend: .small("Do both ask for the same?"),
                [
                    Choice("yes", "Yes, it is the same request"),
                    Choice("no", "No, it is another request"),
                ]))\
            \(.textarea(form["reason"], label: .small("How can you tell?"), rows: 3))
            """
    }

    let button = HTML.button("Record the comparison")

    func act(_ form: inout Form, in opened: OpenedCase) -> JudgeDuplicate {
        // Only a case that was found, and may be shown, can be judged.
        if kin(in: opened) == nil { form.add("There is no such request to compare with.", to: "duplicate") }
        let same = form.choice("duplicate", among: ["yes", "no"], "Say whether both ask for the same.")
        return JudgeDuplicate(
            judged: DuplicateJudged(
                other: other, otherReference: kin(in: opened)?.reference ?? "", isDuplicate: same == "yes",
                reason: form.text("reason")))
    }
}
