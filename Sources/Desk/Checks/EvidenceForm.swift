import Rights
import Web

/// Logging a proof that came by post or at the desk and was given back.
struct EvidenceForm: CaseForm {
    static let pattern = "/cases/:case/checks/:check/evidence"
    static let permission = Permission.checkEvidence
    static let done = Done.logged

    let check: Check

    init(_ visit: StaffVisit) throws {
        check = try Check(in: visit)
    }

    func title(in opened: OpenedCase) -> String { "Log proof of \(check.title.lowercased())" }

    func start(in opened: OpenedCase) -> Form {
        var form = Form()
        form.set("arrived-on", to: opened.today)
        return form
    }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let documents = opened.policy.documents(proving: check, in: opened.matter.requester.capacity)
        return """
            <p>Use this for a document that you saw and gave back. To keep a copy, \
            \(.link("add it as a file", to: "\(opened.address.files)#new")).</p>\
            \(.select(
                form["document"], label: .small("Document (optional)"),
                [Choice("", "Not said")] + documents.map { Choice($0.code, $0.label) }))\
            \(.dateInput(form.date("arrived-on"), legend: .small("When did it come?")))
            """
    }

    let button = HTML.button("Log the proof")

    func act(_ form: inout Form, in opened: OpenedCase) -> LogEvidence {
        let arrived = form.day("arrived-on", called: "Date it came") ?? opened.today
        return LogEvidence(check: check, arrivedOn: arrived, document: form.optional("document"))
    }

    func next(in opened: OpenedCase) -> String { opened.address.checks }
}
