import Casework
import Rights
import Web

/// One page of the form: one question, or one small group (S1-37).
struct QuestionPage {
    let draft: Draft
    let page: ApplicationForm.Page
    let limits: FileLimits
    /// What was sent and refused; nothing when the page is opened.
    let form: Form?
    /// Whether it was opened from "Check your answers", to which it then leads back.
    let returnsToCheck: Bool

    private var path: String { "\(Place.draft(draft.id))/pages/\(page.code)" }
    private var hasFiles: Bool { page.questions.contains { $0.fileQuestion != nil } }
    private var fields: QuestionFields { QuestionFields(form: form, answers: draft.answers) }

    func page(on visit: RequesterVisit) -> Page {
        let removals = FileRemovals(path: path, returnsToCheck: returnsToCheck, visit: visit)
        let content: HTML = """
            \("<input type=\"hidden\" name=\"return\" value=\"check\">", when: returnsToCheck)\(heading)\
            \(each: page.questions, { control($0, removals) })\
            \(HTML.buttonGroup("""
                \(HTML.button("Continue", name: "do", value: "continue"))\
                <a href="\(Place.draft(draft.id))">Save and come back later</a>
                """))
            """
        return Page(
            page.title, back: Link("Back", back), current: Place.newRequest, form: form,
            .twoThirds(
                """
                \(visit.form(to: hasFiles ? "\(path)/files" : path, again: form, hasFiles: hasFiles, content))\
                \(removals.forms(for: draft.answers.files(on: page)))
                """))
    }

    private var back: String {
        if returnsToCheck { return "\(Place.draft(draft.id))/check" }
        guard let before = draft.form.page(before: page.code, given: draft.answers) else {
            return Place.draft(draft.id)
        }
        return "\(Place.draft(draft.id))/pages/\(before.code)"
    }

    /// A page with one question has its title as the question's label, unless words stand between.
    private var isHeadedByQuestion: Bool { page.questions.count == 1 && page.intro.isEmpty && !hasFiles }

    private var heading: HTML {
        guard !isHeadedByQuestion else { return .empty }
        let section = draft.form.sections.first { $0.pages.contains { $0.code == page.code } }?.title
        return """
            \(HTML.heading(page.title, caption: section == page.title ? nil : section))\
            \(page.intro.isEmpty ? .empty : HTML.paragraphs(page.intro))
            """
    }

    private func control(_ question: Question, _ removals: FileRemovals) -> HTML {
        if let rule = question.fileQuestion {
            let upload = UploadQuestion(question: question, rule: rule, limits: limits, fields: fields)
            return upload.control(removals)
        }
        let isOwn = draft.form.capacity(in: draft.answers)?.isPatient ?? false
        return fields.control(
            question, label: isHeadedByQuestion ? .heading(page.title) : label(of: question), isOwn: isOwn)
    }

    private func label(of question: Question) -> Label {
        // The heading above asks the same, so the words need not be seen twice.
        if question.label == page.title { return .hidden(question.label) }
        switch question.kind {
        case .text, .email, .phone: return Label(optional(question))
        case .longText, .date, .yesNo, .choice, .several, .nhsNumber, .address, .files, .declaration:
            return .medium(optional(question))
        }
    }

    private func optional(_ question: Question) -> String {
        question.required || question.label.hasSuffix("(optional)") ? question.label : "\(question.label) (optional)"
    }
}

extension Answers {
    /// The files given to the upload questions of a page.
    func files(on page: ApplicationForm.Page) -> [(question: Question, file: StoredFile)] {
        page.questions.flatMap { question -> [(Question, StoredFile)] in
            guard case .files(let files) = self[question.code] else { return [] }
            return files.map { (question, $0) }
        }
    }
}
