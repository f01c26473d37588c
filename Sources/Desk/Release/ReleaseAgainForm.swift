import Rights
import Web

/// Releasing files once more whose time to be downloaded has ended (S1-63).
struct ReleaseAgainForm: CaseForm {
    static let pattern = "/cases/:case/parts/:part/again"
    static let permission = Permission.release
    static let done = Done.releasedAgain

    let part: Int

    init(_ visit: StaffVisit) throws {
        part = try visit.number("part")
    }

    private func released(in opened: OpenedCase) -> ReleasedPart? {
        opened.matter.parts.first { $0.part.number == part }
    }

    func title(in opened: OpenedCase) throws -> String {
        guard released(in: opened) != nil else { throw Problem.notFound }
        return "Release the files again"
    }

    func start(in opened: OpenedCase) -> Form { Form() }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let files = (released(in: opened)?.part.files ?? []).compactMap { opened.matter.file($0) }
        let until = opened.policy.periods.lastDownload(ofFilesReleasedOn: opened.today)
        return """
            \(.files(files.map { CaseFileItem($0, in: opened).item }))\
            <p>The requester can download them until \(until.inWords), and is told by email that files are ready.</p>\
            \(.textarea(
                form["reason"], label: .small("Why are they released again?"),
                hint: "For example: the requester was in hospital. It stays in the case.", rows: 3))
            """
    }

    let button = HTML.button("Release again")

    func act(_ form: inout Form, in opened: OpenedCase) -> ReleasePartAgain {
        ReleasePartAgain(part: part, reason: form.text("reason"))
    }

    func next(in opened: OpenedCase) -> String { opened.address.release }
}
