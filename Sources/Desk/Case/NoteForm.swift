import Rights
import Web

/// Writing something down for colleagues.
struct NoteForm: CaseForm {
    static let pattern = "/cases/:case/notes"
    static let permission = Permission.addNote
    static let done = Done.noted

    init(_ visit: StaffVisit) {}

    func title(in opened: OpenedCase) -> String { "Add a note" }

    func start(in opened: OpenedCase) -> Form { Form() }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        .textarea(
            form["text"], label: .small("Note"),
            hint: "The requester never sees notes here, but may ask for a copy of them one day. Keep to facts.")
    }

    let button = HTML.button("Add the note")

    func act(_ form: inout Form, in opened: OpenedCase) -> AddNote { AddNote(text: form.text("text")) }
}
