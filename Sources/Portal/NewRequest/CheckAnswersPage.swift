import Casework
import Rights
import Web

/// Everything that was answered, to read once more before it is sent (S1-41).
struct CheckAnswersPage {
    let draft: Draft
    let email: String

    func page(on visit: RequesterVisit, _ form: Form? = nil) -> Page {
        let missing = draft.form.missing(in: draft.answers)
        return Page(
            "Check your answers", back: Link("Back to your tasks", Place.draft(draft.id)), current: Place.newRequest,
            form: form,
            .twoThirds(
                """
                \(HTML.heading("Check your answers before you submit", caption: draft.form.title))\(sections)\
                \(missing.isEmpty ? submit(visit, form) : open(missing))
                """))
    }

    private var sections: HTML {
        HTML(
            draft.form.summary(of: draft.answers).map { section in
                """
                <h2 class="nhsuk-heading-m">\(section.title)</h2>\
                \(HTML.summaryList(section.rows.map { row in
                    SummaryRow(
                        row.question,
                        row.answer.isEmpty
                            ? "<span class=\"nhsuk-u-secondary-text-colour\">Not answered</span>"
                            : .paragraphs(row.answer.joined(separator: "\n")),
                        actions: [
                            Link(
                                "Change", "\(Place.draft(draft.id))/pages/\(row.page)?return=check",
                                hidden: row.question)
                        ])
                }))
                """
            })
    }

    private func submit(_ visit: RequesterVisit, _ form: Form?) -> HTML {
        visit.form(
            to: "\(Place.draft(draft.id))/submit", again: form,
            """
            <h2 class="nhsuk-heading-m">Now send your request</h2>\
            <p>By submitting this request you confirm that the answers are true as far as you know. We will send an \
            email with your reference number to \(person: email).</p>\(HTML.button("Submit"))
            """)
    }

    private func open(_ missing: [ApplicationForm.Missing]) -> HTML {
        """
        <h2 class="nhsuk-heading-m">What is still missing</h2><p>You can submit your request when you have done this:</p>\
        <ul class="nhsuk-list nhsuk-list--bullet">\
        \(each: missing, { """
            <li>\($0.section): <a href="\(Place.draft(draft.id))/pages/\($0.page)?return=check">\($0.reason.text)</a></li>
            """ })</ul>
        """
    }
}

/// The request has been sent: its reference, at once (S1-42).
struct SentPage {
    let id: Case.ID
    let reference: String
    let email: String

    var page: Page {
        Page(
            "Request submitted", current: Place.newRequest,
            .twoThirds(
                """
                \(HTML.panel("Request submitted", "Your reference number is<br><strong>\(HTML.unbroken(reference))</strong>"))\
                <p>We have sent an email with your reference number to \(person: email).</p>\
                <h2>What happens next</h2>\
                <ol class="nhsuk-list nhsuk-list--number"><li>We check the documents that you sent.</li>\
                <li>If we need anything else, we write to you here and send you an email. Please answer quickly, so that \
                your request is not delayed.</li><li>We find the records and check every page.</li>\
                <li>We send you an email when your files are ready to download.</li></ol>\
                <p><a href="\(Place.request(id))">See your request and by when we will reply</a></p>\
                <p><a href="\(Place.home)">Go to your home page</a></p>
                """))
    }
}
