import Rights
import Web

/// The controls of questions, filled with what was typed or, when the page is opened, with what is kept.
struct QuestionFields {
    let form: Form?
    let answers: Answers

    /// - Parameters:
    ///   - label: the question, as large as its place on the page asks for.
    ///   - isOwn: the answers are about the person who types, so that a browser may fill them in.
    func control(_ question: Question, label: Label, isOwn: Bool) -> HTML {
        let hint: HTML? = question.hint.isEmpty ? nil : "\(question.hint)"
        switch question.kind {
        case .text(_, let autocomplete):
            return .input(
                text(question), label: label, hint: hint, autocomplete: autocomplete.isEmpty ? nil : autocomplete,
                spellcheck: false)
        case .email:
            return .input(
                text(question), label: label, hint: hint, kind: .email, autocomplete: "email", spellcheck: false)
        case .phone:
            return .input(
                text(question), label: label, hint: hint, kind: .telephone, width: .twenty, autocomplete: "tel")
        case .nhsNumber:
            return .input(text(question), label: label, hint: hint, kind: .digits, width: .twenty, spellcheck: false)
        case .longText(let limit):
            return .textarea(text(question), label: label, hint: hint, rows: 6, most: limit)
        case .date:
            return .dateInput(
                date(question), legend: label, hint: hint,
                isBirth: isOwn && question.meaning == .subjectDateOfBirth)
        case .yesNo:
            return .radios(text(question), legend: label, hint: hint, isInline: true, question.choices.map(choice))
        case .choice(let choices):
            return .radios(text(question), legend: label, hint: hint, choices.map(choice))
        case .several(let choices):
            return .checkboxes(
                text(question), legend: label, hint: hint ?? "Select all that apply", choices.map(choice))
        case .address:
            return address(
                question, legend: label, hint: hint, isOwn: isOwn || question.meaning == .requesterAddress)
        case .declaration(let statement):
            let heading: HTML =
                label.isPageHeading
                ? "<h1>\(label.text)</h1>" : "<h2 class=\"nhsuk-heading-m\">\(label.text)</h2>"
            return """
                \(heading)\
                \(hint.map { "<p>\($0)</p>" })\(HTML.checkbox(text(question), label: statement))
                """
        // Uploads are controls of their own kind: `UploadQuestion`.
        case .files: return .empty
        }
    }

    private func choice(_ choice: Question.Choice) -> Choice {
        Choice(choice.value, choice.label, hint: choice.hint.isEmpty ? nil : "\(choice.hint)")
    }

    /// The field of a question that has one field.
    func text(_ question: Question) -> Field {
        if let form { return form[question.code] }
        return Field(question.code, values: answers[question.code].map(kept) ?? [])
    }

    private func kept(_ answer: Answer) -> [String] {
        switch answer {
        case .text(let text): [text]
        case .choice(let value): [value]
        case .several(let values): values
        case .nhsNumber(let number): [number.description]
        case .confirmed: ["yes"]
        case .day, .address, .files, .sameFiles: []
        }
    }

    private func date(_ question: Question) -> DateField {
        if let form { return form.date(question.code) }
        if case .day(let day) = answers[question.code] { return DateField(question.code, day) }
        return DateField(question.code)
    }

    private func address(_ question: Question, legend: Label, hint: HTML?, isOwn: Bool) -> HTML {
        var known: PostalAddress?
        if case .address(let address) = answers[question.code] { known = address }
        func part(_ name: String, _ label: String, _ value: String?, _ width: InputWidth?, _ token: String) -> HTML {
            let code = "\(question.code)-\(name)"
            return .input(
                form?[code] ?? Field(code, value ?? ""), label: Label(label), width: width,
                autocomplete: isOwn ? token : nil, spellcheck: false)
        }
        return .fieldset(
            legend,
            """
            \(hint.map { .hint($0, for: question.code) })\
            \(part("line-1", "Address line 1", known?.line1, nil, "address-line1"))\
            \(part("line-2", "Address line 2 (optional)", known?.line2, nil, "address-line2"))\
            \(part("town", "Town or city", known?.town, .twenty, "address-level2"))\
            \(part("county", "County (optional)", known?.county, .twenty, "address-level1"))\
            \(part("postcode", "Postcode", known?.postcode, .ten, "postal-code"))
            """)
    }
}

extension Form {
    /// The fields as the form's rules read them, where the parts of a date are named `dob-day`.
    var entered: [String: [String]] {
        Dictionary(
            fields.values.map { name, values in
                (name.replacing("[", with: "-").replacing("]", with: ""), values)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The same form with every reason why a page was refused. A date is one field on the page, so what is wrong with
    /// a part of it is told of the whole.
    func refused(_ reasons: [Reason], on page: ApplicationForm.Page) -> Form {
        let dates = page.questions.filter { if case .date = $0.kind { true } else { false } }.map(\.code)
        return refused(
            reasons.map { reason in
                let date = dates.first { code in ["day", "month", "year"].contains { reason.field == "\(code)-\($0)" } }
                return date.map { Reason(reason.code, reason.text, field: $0) } ?? reason
            })
    }
}
