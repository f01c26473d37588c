import Rights
import Web

/// The statements that a named person confirms about the record files as they are (policy 5.3(e) to (h); S2-105).
struct ReleaseCheckForm: CaseForm {
    static let pattern = "/cases/:case/release-check"
    static let permission = Permission.release
    static let done = Done.confirmed

    init(_ visit: StaffVisit) {}

    func title(in opened: OpenedCase) -> String { "Release check" }

    func start(in opened: OpenedCase) -> Form { Form() }

    private func checks(in opened: OpenedCase) -> [ReleaseCheck] {
        opened.policy.releaseChecks(in: opened.matter.received.regime)
    }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        """
        <p>You confirm each statement in your own name, about exactly these files. If a file is added or taken out, \
        it must be done again.</p>\
        \(.files(opened.matter.records.map { CaseFileItem($0, in: opened).item }))\
        \(each: checks(in: opened), { .checkbox(form["statement-\($0.code)"], label: $0.text) })
        """
    }

    let button = HTML.button("Confirm the release check")

    func act(_ form: inout Form, in opened: OpenedCase) -> ConfirmRelease {
        ConfirmRelease(
            statements: checks(in: opened).map(\.code).filter { code in form.isTicked("statement-\(code)") })
    }

    func next(in opened: OpenedCase) -> String { opened.address.release }
}
