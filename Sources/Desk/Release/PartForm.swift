import Casework
import Rights
import Web

/// Releasing files to the requester: a part, or the answer to the whole request (policy 5.3(d), (f); S2-094, S2-100).
struct PartForm: CaseForm {
    static let pattern = "/cases/:case/parts"
    static let permission = Permission.release
    static let done = Done.released

    init(_ visit: StaffVisit) {}

    func title(in opened: OpenedCase) -> String { "Release files" }

    func start(in opened: OpenedCase) -> Form {
        var form = Form(["final": "yes"])
        form.set("files", to: opened.matter.records.filter { $0.releasedIn.isEmpty }.map(\.file.id.text))
        return form
    }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        """
        \(.checkboxes(
            form["files"], legend: .small("Which files go to the requester?"),
            opened.matter.records.map { file in
                let again: HTML = file.releasedIn.isEmpty ? "" : ", released before"
                return Choice(file.file.id.text, file.file.name, hint: "\(HTML.size(file.file.size))\(again)")
            }))\
        \(.radios(
            form["final"], legend: .small("Does this answer the request?"),
            [
                Choice("yes", "Yes, this is everything", hint: "The case is closed."),
                Choice("no", "No, this is a part and more will follow", hint: "The clock goes on."),
            ]))\
        \(.textarea(
            form["withheld"], label: .small("What was left out, and why? (optional)"),
            hint: "It goes into the covering note, so write it to the requester.", rows: 3))
        """
    }

    let button = HTML.button("Continue to the covering note")

    func act(_ form: inout Form, in opened: OpenedCase) -> ReleasePart {
        let final = form.choice("final", among: ["yes", "no"], "Say whether this answers the request.")
        let typed = form.values("files")
        let files = typed.compactMap { StoredFile.ID($0) }
        if files.count != typed.count {
            form.add("One of the files is not known. Choose the files again.", to: "files")
        }
        return ReleasePart(files: files, note: form.text("note"), isFinal: final != "no")
    }

    var letter: LetterStep<PartForm>? {
        LetterStep(
            field: "note",
            button: .button("Release the files"),
            summary: { step, form, opened in
                [
                    SummaryRow("Files", "\(each: step.names(form, opened), { "\(person: $0)<br>" })"),
                    SummaryRow(
                        "Answers the request",
                        form.text("final") == "yes" ? "Yes, the case is closed" : "No, more will follow"),
                ]
            },
            compose: { step, form, opened in
                let withheld = form.text("withheld")
                let isAll = form.text("final") == "yes" && opened.matter.parts.isEmpty
                let part =
                    isAll
                    ? "This answers your whole request."
                    : "This is part \(opened.matter.parts.count + 1). "
                        + (form.text("final") == "yes" ? "It is the last one." : "More will follow.")
                return try opened.compose(
                    .releaseNote,
                    [
                        .part: part,
                        .released: step.names(form, opened).joined(separator: "\n"),
                        .withheld: withheld.isEmpty ? "Nothing was left out." : withheld,
                    ])
            })
    }

    private func names(_ form: Form, _ opened: OpenedCase) -> [String] {
        form.values("files").compactMap { StoredFile.ID($0) }.compactMap { opened.matter.file($0)?.file.name }
    }

    func next(in opened: OpenedCase) -> String { opened.address.release }

    func isFinal(_ reason: Reason) -> Bool { reason.field == nil && reason.code != "gate-tasks" }
}
