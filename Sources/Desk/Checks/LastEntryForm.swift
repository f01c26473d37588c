import Rights
import Web

/// The dates of a deceased patient's record, which decide between 21 and 40 days (policy 6.1(e); S2-157).
struct LastEntryForm: CaseForm {
    static let pattern = "/cases/:case/last-entry"
    static let permission = Permission.checkEvidence
    static let done = Done.dated

    init(_ visit: StaffVisit) {}

    func title(in opened: OpenedCase) -> String { "Dates of the record" }

    func start(in opened: OpenedCase) -> Form {
        var form = Form()
        if let known = opened.matter.lastEntry {
            if let day = known.lastEntry { form.set("last-entry", to: day) }
            if let day = known.firstEntry { form.set("first-entry", to: day) }
        }
        return form
    }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        """
        \(.dateInput(
            form.date("last-entry"), legend: .small("When was the last entry made in the record?"),
            hint: "If nobody knows, leave it empty: the shorter time then holds."))\
        \(.dateInput(
            form.date("first-entry"), legend: .small("What is the oldest entry that is asked for? (optional)"),
            hint: "The law's own date depends on it."))
        """
    }

    let button = HTML.button("Save the dates")

    func act(_ form: inout Form, in opened: OpenedCase) -> RecordLastEntry {
        let last = form.day("last-entry", called: "Date of the last entry", isRequired: false)
        let first = form.day("first-entry", called: "Date of the oldest entry", isRequired: false)
        return RecordLastEntry(lastEntry: last, firstEntry: first)
    }

    func next(in opened: OpenedCase) -> String { opened.address.checks }
}
