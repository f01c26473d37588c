import Rights
import Web

/// An upload question: the files that are there, and the square for more (S1-39).
struct UploadQuestion {
    let question: Question
    let rule: Question.FileQuestion
    let limits: FileLimits
    let fields: QuestionFields

    private var files: [StoredFile] {
        if case .files(let files) = fields.answers[question.code] { files } else { [] }
    }

    func control(_ removals: FileRemovals) -> HTML {
        """
        <h2 class="nhsuk-heading-m" id="\(question.code)-heading">\(question.label)\
        \(" (optional)", when: !question.required)</h2>\
        \(question.hint.isEmpty ? .empty : "<p>\(question.hint)</p>")\(consentForm)\(accepted)\(list(removals))\(reuse)\
        \(HTML.fileUpload(
            fields.form?[question.code] ?? Field(question.code),
            label: .small(files.isEmpty ? "Add your files" : "Add more files"), hint: "\(limits.advice)",
            accept: limits.endings))\
        \(HTML.button("Upload", .secondary, name: "do", value: "add"))\
        \(HTML.details("I cannot upload a document", """
            <p>\(HTML.link("Contact us", to: "/contact")). You can post copies or bring the documents, and we will add \
            them for you.</p>
            """))
        """
    }

    /// The form that the patient signs, where that is what is asked for (S1-35).
    private var consentForm: HTML {
        guard rule.slot.isConsent else { return .empty }
        return "<p>\(HTML.link("Print the consent form", to: "/consent-form")) if you do not have one yet.</p>"
    }

    private var accepted: HTML {
        guard rule.accepts.count > 1 else { return .empty }
        return """
            <p>You can send any of these:</p>\
            <ul class="nhsuk-list nhsuk-list--bullet">\(each: rule.accepts, { "<li>\($0)</li>" })</ul>
            """
    }

    private func list(_ removals: FileRemovals) -> HTML {
        guard !files.isEmpty else { return .empty }
        return """
            <h3 class="nhsuk-heading-s">Files added</h3>\
            \(HTML.files(files.map { file in
                FileItem(
                    file.name, detail: "\(file.kindInWords), \(HTML.size(file.size))", tag: .tag("Added", .green),
                    action: removals.button(for: file))
            }))
            """
    }

    /// One file may prove two things (WCAG 2.2, redundant entry).
    private var reuse: HTML {
        guard let other = rule.reuses, files.isEmpty else { return .empty }
        let code = "\(question.code)-reuse"
        var isChosen = false
        if case .sameFiles(as: other) = fields.answers[question.code] { isChosen = true }
        let names = fields.answers.files(for: other).map(\.name).joined(separator: ", ")
        return .checkbox(
            fields.form?[code] ?? Field(code, isChosen ? "yes" : ""),
            label: "Use the file I have already added as proof of identity", hint: "\(person: names)")
    }
}

/// The buttons that take files out again. A form cannot stand within a form, so the buttons stand beside the files
/// and name forms at the end of the page.
struct FileRemovals {
    let path: String
    /// Whether the page was opened from "Check your answers", to which it then leads back.
    let returnsToCheck: Bool
    let visit: RequesterVisit

    func button(for file: StoredFile) -> HTML {
        .linkButton("Remove", hidden: file.name, form: "remove-\(file.id)")
    }

    func forms(for files: [(question: Question, file: StoredFile)]) -> HTML {
        HTML(
            files.map { question, file in
                visit.form(
                    to: "\(path)/questions/\(question.code)/files/\(file.id)/remove",
                    attributes: [Attribute("id", "remove-\(file.id)")],
                    "\("<input type=\"hidden\" name=\"return\" value=\"check\">", when: returnsToCheck)")
            })
    }
}

extension FileLimits {
    /// `PDF, JPG or PNG, smaller than 25MB. You can add up to 5 files.`
    var advice: String {
        var kinds: [String] = []
        for type in requesterTypes where !kinds.contains(type.label) { kinds.append(type.label) }
        let list =
            kinds.count < 2
            ? kinds.joined() : kinds.dropLast().joined(separator: ", ") + " or \(kinds[kinds.count - 1])"
        return "\(list), smaller than \(HTML.size(requesterBytes)). You can add up to \(filesPerQuestion) files."
    }

    /// For the browser's dialogue; a convenience and no check.
    var endings: [String] {
        requesterTypes.flatMap { type -> [String] in
            switch type {
            case .jpg: [".jpg", ".jpeg"]
            case .tiff: [".tif", ".tiff"]
            case .heic: [".heic", ".heif"]
            case .dicom: [".dcm"]
            case .pdf, .png, .doc, .docx, .odt, .rtf, .txt, .csv, .xls, .xlsx, .eml, .msg, .mp3, .mp4, .zip:
                [".\(type.rawValue)"]
            }
        }
    }
}

extension StoredFile {
    /// What kind of file it is, from its content: `PDF`.
    var kindInWords: String {
        let known: [String: String] = [
            "application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG", "image/heic": "HEIC",
            "image/tiff": "TIFF", "application/msword": "Word", "application/rtf": "RTF", "text/plain": "Text",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
            "application/vnd.ms-excel": "Excel", "text/csv": "CSV", "application/zip": "ZIP",
            "application/dicom": "DICOM", "audio/mpeg": "MP3", "video/mp4": "MP4",
            "application/vnd.oasis.opendocument.text": "OpenDocument", "message/rfc822": "Email",
        ]
        return known[contentType] ?? "File"
    }
}
