import Casework
import Rights
import Web

/// Saying that what was asked for is not held, after a search that is on record (policy 5.4(d); S2-123, S2-124).
struct NotHeldForm: CaseForm {
    static let pattern = "/cases/:case/not-held"
    static let permission = Permission.decideOutcome
    static let done = Done.decided

    /// How many places the form has room for. One line each; more go into the last one's result.
    private static let places = 6

    init(_ visit: StaffVisit) {}

    func title(in opened: OpenedCase) -> String { "Nothing is held" }

    func start(in opened: OpenedCase) -> Form { Form() }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let shown = max(3, min(NotHeldForm.places, searches(form).count + 1))
        return """
            <p>This is not a refusal. The letter says where you looked and that nothing was found.</p>\
            \(.fieldset(
                .small("Where did you search, and what did you find?"),
                """
                \(form["searches"].problem.map { .errorMessage($0, for: "searches") })\
                \(each: 1...shown, { number in
                    """
                    \(.input(form["place-\(number)"], label: "Place \(number)"))\
                    \(.input(form["result-\(number)"], label: "Result \(number)"))
                    """
                })
                """))
            """
    }

    let button = HTML.button("Continue to the letter")

    private func searches(_ form: Form) -> [NotHeld.Search] {
        (1...NotHeldForm.places).compactMap { number in
            let search = NotHeld.Search(place: form.text("place-\(number)"), result: form.text("result-\(number)"))
            return search.place.isEmpty && search.result.isEmpty ? nil : search
        }
    }

    func act(_ form: inout Form, in opened: OpenedCase) -> DeclareNotHeld {
        DeclareNotHeld(searches: searches(form), letter: form.text("letter"))
    }

    var letter: LetterStep<NotHeldForm>? {
        LetterStep(
            field: "letter",
            button: .button("Send the letter"),
            summary: { step, form, _ in step.searches(form).map { SummaryRow($0.place, "\($0.result)") } },
            compose: { step, form, opened in
                let searched = step.searches(form).map { "\($0.place): \($0.result)" }.joined(separator: "\n")
                return try opened.compose(.notHeld, [.searched: searched])
            })
    }

    func next(in opened: OpenedCase) -> String { opened.address.decisions }
}
