import Rights
import Web

/// Refusing a proof, and asking for a better one in the same step.
struct EvidenceRefusalForm: CaseForm {
    static let pattern = "/cases/:case/checks/:check/refusal"
    static let permission = Permission.checkEvidence
    static let done = Done.refused

    let check: Check

    init(_ visit: StaffVisit) throws {
        check = try Check(in: visit)
    }

    func title(in opened: OpenedCase) -> String { "Refuse proof of \(check.title.lowercased())" }

    func start(in opened: OpenedCase) -> Form { Form() }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let accepted = opened.policy.documents(proving: check, in: opened.matter.requester.capacity).map(\.label)
        let list: HTML =
            accepted.isEmpty
            ? "" : .details("What can be sent", "<ul>\(each: accepted, { "<li>\($0)</li>" })</ul>")
        return """
            \(OfferedProof(check, in: opened).html)\
            \(.textarea(
                form["reason"], label: .small("Why is it refused, and what should be sent instead?"),
                hint: "The requester reads these words, and is asked for a document."))\(list)
            """
    }

    let button = HTML.button("Refuse and ask again", .warning)

    func act(_ form: inout Form, in opened: OpenedCase) -> RefuseCheck {
        RefuseCheck(check: check, reason: form.text("reason"))
    }

    func next(in opened: OpenedCase) -> String { opened.address.checks }
}
