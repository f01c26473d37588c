/// What a one-line field takes: its type, and the keyboard that a phone shows.
package enum InputKind: Sendable {
    case text, email, telephone, search
    /// Digits that are no quantity: an NHS number, a security code.
    case digits

    var type: HTML {
        switch self {
        case .text, .digits: "text"
        case .email: "email"
        case .telephone: "tel"
        case .search: "search"
        }
    }
}

/// The widths for answers of a known length, in characters.
package enum InputWidth: Sendable {
    case two, three, four, five, ten, twenty, thirty

    var modifier: HTML {
        switch self {
        case .two: " nhsuk-input--width-2"
        case .three: " nhsuk-input--width-3"
        case .four: " nhsuk-input--width-4"
        case .five: " nhsuk-input--width-5"
        case .ten: " nhsuk-input--width-10"
        case .twenty: " nhsuk-input--width-20"
        case .thirty: " nhsuk-input--width-30"
        }
    }
}

extension HTML {
    /// One line of text.
    ///
    /// - Parameter autocomplete: the token of the HTML standard (`email`, `one-time-code`); it lets a browser fill in
    ///   what the person has given before (WCAG 1.3.5, 3.3.7).
    package static func input(
        _ field: Field, label: Label, hint: HTML? = nil, kind: InputKind = .text, width: InputWidth? = nil,
        autocomplete: String? = nil, spellcheck: Bool? = nil, prefix: String? = nil, suffix: String? = nil,
        attributes: [Attribute] = []
    ) -> HTML {
        let control = inputElement(
            field, describedBy: field.description(hint: hint), kind: kind, modifiers: width?.modifier ?? "",
            autocomplete: autocomplete, spellcheck: spellcheck, isWrong: field.problem != nil, attributes: attributes)
        let wrapped: HTML =
            prefix == nil && suffix == nil
            ? control
            : """
            <div class="nhsuk-input-wrapper">\
            \(prefix.map { "<div class=\"nhsuk-input-wrapper__prefix\" aria-hidden=\"true\">\($0)</div>" })\
            \(control)\
            \(suffix.map { "<div class=\"nhsuk-input-wrapper__suffix\" aria-hidden=\"true\">\($0)</div>" })</div>
            """
        return formGroup(field, label: label.element(for: field.id), hint: hint, control: wrapped)
    }

    /// The bare element, for the components that are made of it.
    static func inputElement(
        _ field: Field, describedBy: String?, kind: InputKind, modifiers: HTML = "", autocomplete: String? = nil,
        spellcheck: Bool? = nil, isWrong: Bool, further classes: HTML = "", attributes: [Attribute] = []
    ) -> HTML {
        let digits = if case .digits = kind { true } else { false }
        return """
            <input class="nhsuk-input\(modifiers)\(" nhsuk-input--error", when: isWrong)\(classes)" \
            id="\(field.id)" name="\(field.name)" type="\(kind.type)"\
            \(attribute: "spellcheck", spellcheck.map { $0 ? "true" : "false" })\
            \(attribute: "value", field.value.isEmpty ? nil : field.value)\(attribute: "aria-describedby", describedBy)\
            \(attribute: "autocomplete", autocomplete)\(" inputmode=\"numeric\"", when: digits)\(attributes)>
            """
    }

    /// A password with a button that shows it. What was typed is never sent back.
    ///
    /// - Parameter autocomplete: `current-password` or `new-password`.
    package static func passwordInput(
        _ field: Field, label: Label, hint: HTML? = nil, autocomplete: String = "current-password"
    ) -> HTML {
        let wrong: HTML = field.problem == nil ? "" : " nhsuk-input--error"
        return formGroup(
            field, label: label.element(for: field.id), hint: hint, further: " nhsuk-password-input",
            attributes: " data-module=\"nhsuk-password-input\"",
            control: """
                <div class="nhsuk-input-wrapper">\
                <input class="nhsuk-input\(wrong) nhsuk-password-input__input nhsuk-js-password-input-input" \
                id="\(field.id)" name="\(field.name)" type="password" spellcheck="false"\
                \(attribute: "aria-describedby", field.description(hint: hint)) autocomplete="\(autocomplete)" \
                autocapitalize="none">\
                <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small \
                nhsuk-password-input__toggle nhsuk-js-password-input-toggle" data-module="nhsuk-button" \
                type="button" aria-controls="\(field.id)" aria-label="Show password" hidden>Show</button></div>
                """)
    }

    /// Several lines of text. With `most`, a live count of the characters left.
    package static func textarea(
        _ field: Field, label: Label, hint: HTML? = nil, rows: Int = 5, most: Int? = nil, autocomplete: String? = nil,
        attributes: [Attribute] = []
    ) -> HTML {
        let described = field.description(hint: hint, first: most.map { _ in "\(field.id)-info" })
        let wrong: HTML = field.problem == nil ? "" : " nhsuk-textarea--error"
        // A line break straight after the tag is not part of the value, so one is put there for a value that
        // begins with a line break to keep it.
        let guardBreak: HTML = field.value.utf8.first == 0x0a || field.value.utf8.first == 0x0d ? "\n" : ""
        let control: HTML = """
            <textarea class="nhsuk-textarea\(wrong)\(" nhsuk-js-character-count", when: most != nil)" id="\(field.id)" \
            name="\(field.name)" rows="\(rows)"\(attribute: "aria-describedby", described)\
            \(attribute: "autocomplete", autocomplete)\(attributes)>\(guardBreak)\(field.value)</textarea>
            """
        guard let most else {
            return formGroup(field, label: label.element(for: field.id), hint: hint, control: control)
        }
        return formGroup(
            field, label: label.element(for: field.id), hint: hint, further: " nhsuk-character-count",
            attributes: " data-module=\"nhsuk-character-count\" data-maxlength=\"\(most)\"",
            control: """
                \(control)<div class="nhsuk-hint nhsuk-character-count__message" id="\(field.id)-info">\
                You can enter up to \(most) characters</div>
                """)
    }

    /// A date in three parts, sent as `name[day]`, `name[month]` and `name[year]`; read it with `Form.day`.
    ///
    /// - Parameter isBirth: whether a browser may fill in the person's own date of birth.
    package static func dateInput(
        _ date: DateField, legend: Label, hint: HTML? = nil, isBirth: Bool = false
    ) -> HTML {
        let field = date.field
        let parts: HTML = """
            <div class="nhsuk-date-input" id="\(field.id)">\
            \(datePart("Day", date.day, " nhsuk-input--width-2", date, isBirth ? "bday-day" : nil))\
            \(datePart("Month", date.month, " nhsuk-input--width-2", date, isBirth ? "bday-month" : nil))\
            \(datePart("Year", date.year, " nhsuk-input--width-4", date, isBirth ? "bday-year" : nil))</div>
            """
        return """
            <div class="nhsuk-form-group\(" nhsuk-form-group--error", when: field.problem != nil)">\
            \(fieldset(
                legend, describedBy: field.description(hint: hint), isGroup: true,
                """
                \(hint.map { .hint($0, for: field.id) })\(field.problem.map { .errorMessage($0, for: field.id) })\
                \(parts)
                """))</div>
            """
    }

    private static func datePart(
        _ label: String, _ part: Field, _ width: HTML, _ date: DateField, _ autocomplete: String?
    ) -> HTML {
        let control = inputElement(
            part, describedBy: nil, kind: .digits, modifiers: width, autocomplete: autocomplete,
            isWrong: date.field.problem != nil, further: " nhsuk-date-input__input")
        return """
            <div class="nhsuk-date-input__item"><div class="nhsuk-form-group">\
            \(Label(label).element(for: part.id, further: " nhsuk-date-input__label"))\(control)</div></div>
            """
    }

    /// Files. Several at once, by the browser's own dialogue or, with JavaScript, by dropping them.
    ///
    /// - Parameter accept: file endings for the dialogue; a convenience, no check.
    package static func fileUpload(
        _ field: Field, label: Label, hint: HTML? = nil, isMultiple: Bool = true, accept: [String] = []
    ) -> HTML {
        formGroup(
            field, label: label.element(for: field.id), hint: hint, further: " nhsuk-file-upload",
            attributes: isMultiple
                ? """
                 data-module="nhsuk-file-upload" data-i18n.choose-files-button="Choose files" \
                data-i18n.drop-instruction="or drop files here"
                """ : " data-module=\"nhsuk-file-upload\"",
            control: """
                <input class="nhsuk-file-upload__input" id="\(field.id)" name="\(field.name)" type="file"\
                \(" multiple", when: isMultiple)\(attribute: "aria-describedby", field.description(hint: hint))\
                \(attribute: "accept", accept.isEmpty ? nil : accept.joined(separator: ","))>
                """)
    }
}
