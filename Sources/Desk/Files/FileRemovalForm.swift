import Rights
import Web

/// Taking a file out of a case: a wrong person's page, a doubled scan.
struct FileRemovalForm: CaseForm {
    static let pattern = "/cases/:case/files/:file/removal"
    static let permission = Permission.handleFiles
    static let done = Done.removed

    let file: StoredFile.ID

    init(_ visit: StaffVisit) throws {
        file = try visit.identifier("file")
    }

    func title(in opened: OpenedCase) throws -> String {
        guard opened.matter.file(file) != nil else { throw Problem.notFound }
        return "Take a file out of the case"
    }

    func start(in opened: OpenedCase) -> Form { Form() }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        """
        \(opened.matter.file(file).map { .files([CaseFileItem($0, in: opened).item]) })\
        <p>The file can no longer be opened or released. It is kept until the case is destroyed.</p>\
        \(.textarea(form["reason"], label: .small("Why is it taken out?"), rows: 3))
        """
    }

    let button = HTML.button("Take the file out", .warning)

    func act(_ form: inout Form, in opened: OpenedCase) -> RemoveFile {
        RemoveFile(file: file, reason: form.text("reason"))
    }

    func next(in opened: OpenedCase) -> String { opened.address.files }
}
