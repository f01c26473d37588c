import Rights
import Web

/// The files of a case by what they are to it, and the form that adds some.
struct FilesPage {
    let opened: OpenedCase

    func content(upload: HTML) -> HTML {
        """
        \(section(.record, "Record files", "No record files have been added."))\
        \(section(.evidence, "Proof", "No proof has been sent."))\
        \(section(.correspondence, "Correspondence", "None."))\
        \(removed)\(upload)
        """
    }

    private func section(_ purpose: FileAdded.Purpose, _ title: String, _ none: String) -> HTML {
        let files = opened.matter.presentFiles.filter { $0.purpose == purpose }
        let list: HTML =
            files.isEmpty
            ? "<p>\(none)</p>"
            : .files(files.map { CaseFileItem($0, in: opened, isRemovable: true).item })
        return .section("\(title) (\(files.count))", id: purpose.rawValue, list)
    }

    private var removed: HTML {
        let files = opened.matter.files.filter { !$0.isPresent }
        guard !files.isEmpty else { return "" }
        return .section(
            "Taken out (\(files.count))", id: "removed", .files(files.map { CaseFileItem($0, in: opened).item }))
    }
}

/// The form that adds files to a case.
struct UploadForm {
    static func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let limits = opened.policy.files
        return """
            \(.radios(
                form["purpose"], legend: .small("What are they?"),
                [
                    Choice(FileAdded.Purpose.record.rawValue, "Records that were asked for"),
                    Choice(
                        FileAdded.Purpose.evidence.rawValue, "Proof that came by post",
                        reveals: .select(
                            form["check"], label: .small("What do they prove?"),
                            [Choice("", "Choose")] + Check.allCases.map { Choice($0.rawValue, $0.title) })),
                    Choice(FileAdded.Purpose.correspondence.rawValue, "Other letters"),
                ]))\
            \(.dateInput(form.date("arrived-on"), legend: .small("When did they come?")))\
            \(.fileUpload(
                form["files"], label: .small("Files"),
                hint: "Several at once if you like, each up to \(HTML.size(limits.staffBytes)). Every file is checked for viruses before anybody can open it."))\
            \(.button("Add the files"))
            """
    }

    static func start(in opened: OpenedCase) -> Form {
        var form = Form(["purpose": FileAdded.Purpose.record.rawValue])
        form.set("arrived-on", to: opened.today)
        return form
    }
}
