import Casework
import Rights
import Web

/// Taking longer, with the letter that tells the requester (policy 4.2.2, 5.3(d); S2-092, S2-093). The letter is
/// shown before it is sent.
struct ExtensionForm: CaseForm {
    static let pattern = "/cases/:case/extensions"
    static let permission = Permission.runClock
    static let done = Done.extended

    init(_ visit: StaffVisit) {}

    func title(in opened: OpenedCase) -> String { "Extend the time" }

    func start(in opened: OpenedCase) -> Form {
        switch left(in: opened) {
        case .days(let days), .months(let days): Form(["amount": String(days)])
        case nil: Form()
        }
    }

    /// How much may still be added.
    private func left(in opened: OpenedCase) -> Period? { opened.clock.counted?.policy.extensionLeft }

    private func unit(in opened: OpenedCase) -> String {
        if case .months = left(in: opened) { "months" } else { "days" }
    }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let unit = unit(in: opened)
        let most = left(in: opened)?.inWords ?? "nothing"
        let due: HTML = opened.clock.counted?.due.map { "<p>The reply is due on \($0.withWeekday) now.</p>" } ?? ""
        return """
            \(due)<p>The requester must be told before that day, with the reason and the new date.</p>\
            \(.input(
                form["amount"], label: .small("How many \(unit) more?"), hint: "At most \(most) can be added.",
                kind: .digits, width: .three, suffix: unit))\
            \(.textarea(
                form["reason"], label: .small("Why is the request complex, or one of many?"),
                hint: "The reason goes into the letter, so write it to the requester."))
            """
    }

    let button = HTML.button("Continue to the letter")

    func act(_ form: inout Form, in opened: OpenedCase) -> ExtendClock {
        let amount = Int(form.text("amount")) ?? 0
        if amount < 1 { form.add("Enter how many \(unit(in: opened)) as a number, 1 or more.", to: "amount") }
        return ExtendClock(
            amount: period(amount, in: opened), reason: form.text("reason"), letter: form.text("letter"))
    }

    private func period(_ amount: Int, in opened: OpenedCase) -> Period {
        if case .months = left(in: opened) { .months(amount) } else { .days(amount) }
    }

    var letter: LetterStep<ExtensionForm>? {
        LetterStep(
            field: "letter",
            button: .button("Send and extend"),
            summary: { step, form, opened in
                let period = step.period(Int(form.text("amount")) ?? 0, in: opened)
                return [
                    SummaryRow("Longer by", "\(period.inWords)"),
                    SummaryRow("New date", "\(step.newDue(period, in: opened)?.withWeekday ?? "Not known yet")"),
                ]
            },
            compose: { step, form, opened in
                let period = step.period(Int(form.text("amount")) ?? 0, in: opened)
                let due = step.newDue(period, in: opened)?.inWords ?? "a date that we will tell you"
                return try opened.compose(.moreTime, [.reason: form.text("reason"), .due: due, .lastDay: due])
            })
    }

    /// The date that would hold: the case is counted anew with the extension already in it.
    private func newDue(_ amount: Period, in opened: OpenedCase) -> Day? {
        guard let clock = opened.clock.counted else { return nil }
        let entry = Entry(
            sequence: opened.matter.sequence + 1, recorded: opened.matter.loggedAt, effective: opened.today,
            by: Actor.staff(opened.staff).author,
            fact: .clockExtended(ClockExtended(amount: amount, reason: "", letter: "")))
        guard let longer = try? Case(id: opened.matter.id, entries: opened.matter.entries + [entry]),
            let counted = try? longer.clock(under: opened.policy, holidays: clock.policy.holidays, on: opened.today)
        else { return nil }
        return counted.due
    }

    func next(in opened: OpenedCase) -> String { opened.address.clock }

    func isFinal(_ reason: Reason) -> Bool {
        switch reason.code {
        case "extension-late", "extension-not-available", "no-clock", "closed", "holidays-unknown": true
        default: false
        }
    }
}
