import Hummingbird
import Rights
import Web

/// The page of one act: what is asked, what was typed, and what speaks against it.
struct CaseFormPage<Step: CaseForm> {
    /// The button that leads back from the letter to the answers.
    static var back: String { "back" }

    private let step: Step
    private let opened: OpenedCase
    private let visit: StaffVisit

    init(_ step: Step, in opened: OpenedCase, for visit: StaffVisit) {
        self.step = step
        self.opened = opened
        self.visit = visit
    }

    /// The page that asks.
    func asking(_ form: Form) throws -> Page { try page(form, body(of: form)) }

    /// The letter, to be read and put right before it goes.
    func showing(_ letter: LetterStep<Step>, _ form: Form) throws -> Page {
        try page(form, body(of: letter, form))
    }

    /// The page that was sent, once more: with what is wrong, or with what others did in the meantime.
    func again(_ form: Form, after news: [Entry] = []) throws -> Page {
        let content =
            if let letter = step.letter, form.has(letter.field), form.problems.allSatisfy({ $0.field == letter.field })
            {
                body(of: letter, form)
            } else {
                body(of: form)
            }
        return try page(form, notice(of: news) + content, status: news.isEmpty ? nil : .conflict)
    }

    /// Why it cannot be done at all.
    func refusing(_ reasons: [Reason]) throws -> Page {
        try page(
            nil,
            """
            <p>This cannot be done now:</p>\
            <ul class="nhsuk-list nhsuk-list--bullet">\(each: reasons, { "<li>\($0.text)</li>" })</ul>\
            <p>\(.link("Back to the case", to: opened.address.page))</p>
            """)
    }

    private func page(_ form: Form?, _ content: HTML, status: HTTPResponse.Status? = nil) throws -> Page {
        let title = try step.title(in: opened)
        let head = CaseHead(opened)
        let caption = "\(opened.matter.reference), \(opened.matter.subject.name.full)"
        return Page(
            "\(title), \(opened.matter.reference)",
            back: Link("Back to \(opened.matter.reference)", opened.address.page),
            form: form, status: status,
            "\(.heading(title, caption: caption))\(.facts(head.facts, tags: head.tags))\(.twoThirds(.box(content)))")
    }

    private func body(of form: Form) -> HTML {
        visit.form(
            to: visit.visit.path, again: form, hasFiles: Step.takesFiles,
            """
            \(seen)\(step.fields(form, in: opened))\(.buttonGroup("\(step.button)\(cancel)"))
            """)
    }

    private func body(of letter: LetterStep<Step>, _ form: Form) -> HTML {
        let kept = form.names.filter { name in
            name != letter.field && name != CaseFormField.seen && name != Self.back
        }
        return visit.form(
            to: visit.visit.path, again: form,
            """
            \(seen)\(each: kept, { name in
                "\(each: form.values(name), { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" })"
            })\(.summaryList(letter.summary(step, form, opened)))\
            \(.textarea(
                form[letter.field], label: .small("The letter to the requester"),
                hint: "Read it and put it right. It is sent as it stands here.", rows: 18))\
            \(.buttonGroup("\(letter.button)\(.button("Change the answers", .secondary, name: Self.back, value: "yes"))\(cancel)"))
            """)
    }

    private var seen: HTML {
        "<input type=\"hidden\" name=\"\(CaseFormField.seen)\" value=\"\(opened.matter.sequence)\">"
    }

    private var cancel: HTML { .link("Cancel", to: step.next(in: opened)) }

    private func notice(of news: [Entry]) -> HTML {
        guard !news.isEmpty else { return .empty }
        return .alert(
            """
            <b>Somebody else worked on this case while you had this page open.</b> Nothing of yours is lost. \
            Read what changed, then send the form again if it is still right.
            """)
            + .timeline(
                news.reversed().map { entry in
                    let line = EntryLine(entry.fact, of: opened.matter, under: opened.policy)
                    return TimelineEntry(
                        line.title, at: entry.recorded.description, opened.inWords(entry.recorded),
                        by: entry.by.label, mark: line.mark, detail: line.detail)
                })
    }
}
