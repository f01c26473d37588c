/// One thing to choose among radio buttons, check boxes or the options of a list.
package struct Choice: Sendable, Hashable {
    enum Kind: Hashable {
        case option
        /// The word between the choices and the last one: "or".
        case divider
    }

    let kind: Kind
    let value: String
    let label: String
    let hint: HTML?
    let reveals: HTML?
    let isExclusive: Bool

    /// - Parameters:
    ///   - value: what is sent.
    ///   - hint: more words under the label.
    ///   - reveals: what to ask further when this one is chosen; without JavaScript it is always seen.
    ///   - isExclusive: a check box that clears the others: "None of these".
    package init(
        _ value: String, _ label: String, hint: HTML? = nil, reveals: HTML? = nil, isExclusive: Bool = false
    ) {
        kind = .option
        self.value = value
        self.label = label
        self.hint = hint
        self.reveals = reveals
        self.isExclusive = isExclusive
    }

    private init(divider: String) {
        kind = .divider
        value = ""
        label = divider
        hint = nil
        reveals = nil
        isExclusive = false
    }

    /// The word that sets the last choice apart.
    package static let or = Choice(divider: "or")
}

extension HTML {
    /// Choose one. Under a small legend the buttons are small too: for forms that ask many things on one page.
    package static func radios(
        _ field: Field, legend: Label, hint: HTML? = nil, isInline: Bool = false, _ choices: [Choice]
    ) -> HTML {
        let kind = ChoiceKind.radios
        return choiceGroup(
            field, legend: legend, hint: hint,
            """
            <div class="nhsuk-radios\(" nhsuk-radios--small", when: legend.size == .small)\
            \(" nhsuk-radios--inline", when: isInline)" data-module="nhsuk-radios">\
            \(choiceItems(choices, kind, field))</div>
            """)
    }

    /// Choose any number. Under a small legend the boxes are small too.
    package static func checkboxes(_ field: Field, legend: Label, hint: HTML? = nil, _ choices: [Choice]) -> HTML {
        choiceGroup(
            field, legend: legend, hint: hint,
            """
            <div class="nhsuk-checkboxes\(" nhsuk-checkboxes--small", when: legend.size == .small)\
            \(" nhsuk-checkboxes--error", when: field.problem != nil)" \
            data-module="nhsuk-checkboxes">\(choiceItems(choices, .checkboxes, field))</div>
            """)
    }

    /// A single box to tick: a declaration.
    package static func checkbox(_ field: Field, value: String = "yes", label: String, hint: HTML? = nil) -> HTML {
        """
        <div class="nhsuk-form-group\(" nhsuk-form-group--error", when: field.problem != nil)">\
        \(field.problem.map { .errorMessage($0, for: field.id) })\
        <div class="nhsuk-checkboxes\(" nhsuk-checkboxes--error", when: field.problem != nil)" \
        data-module="nhsuk-checkboxes">\
        \(choiceItem(
            Choice(value, label, hint: hint), number: 1, .checkboxes, field,
            describedBy: field.problem == nil ? nil : "\(field.id)-error"))</div></div>
        """
    }

    /// Choose one of many from a list that opens.
    package static func select(
        _ field: Field, label: Label, hint: HTML? = nil, _ choices: [Choice]
    ) -> HTML {
        formGroup(
            field, label: label.element(for: field.id), hint: hint,
            control: """
                <select class="nhsuk-select\(" nhsuk-select--error", when: field.problem != nil)" id="\(field.id)" \
                name="\(field.name)"\(attribute: "aria-describedby", field.description(hint: hint))>\
                \(each: choices, { choice -> HTML in
                    switch choice.kind {
                    case .divider: "<hr>"
                    case .option:
                        """
                        <option value="\(choice.value)"\(" selected", when: field.value == choice.value)>\
                        \(choice.label)</option>
                        """
                    }
                })</select>
                """)
    }

    private static func choiceGroup(_ field: Field, legend: Label, hint: HTML?, _ inputs: HTML) -> HTML {
        """
        <div class="nhsuk-form-group\(" nhsuk-form-group--error", when: field.problem != nil)">\
        \(fieldset(
            legend, describedBy: field.description(hint: hint),
            """
            \(hint.map { .hint($0, for: field.id) })\(field.problem.map { .errorMessage($0, for: field.id) })\(inputs)
            """))</div>
        """
    }

    private static func choiceItems(_ choices: [Choice], _ kind: ChoiceKind, _ field: Field) -> HTML {
        "\(each: choices.enumerated(), { choiceItem($1, number: $0 + 1, kind, field, describedBy: nil) })"
    }

    private static func choiceItem(
        _ choice: Choice, number: Int, _ kind: ChoiceKind, _ field: Field, describedBy: String?
    ) -> HTML {
        guard choice.kind == .option else { return "<div class=\"\(kind.block)__divider\">\(choice.label)</div>" }
        // The library's own numbering: the first has the group's identifier, so that the error summary leads to it.
        let id = number == 1 ? field.id : "\(field.id)-\(number)"
        let isChosen = field.values.contains(choice.value)
        let description = [describedBy, choice.hint.map { _ in "\(id)-item-hint" }].compactMap(\.self)
        return """
            <div class="\(kind.block)__item"><input class="\(kind.block)__input" id="\(id)" name="\(field.name)" \
            type="\(kind.type)" value="\(choice.value)"\(" checked", when: isChosen)\
            \(" data-checkbox-exclusive", when: choice.isExclusive)\
            \(attribute: "data-aria-controls", choice.reveals.map { _ in "conditional-\(id)" })\
            \(attribute: "aria-describedby", description.isEmpty ? nil : description.joined(separator: " "))>\
            \(Label(choice.label).element(for: id, further: " \(kind.block)__label"))\
            \(choice.hint.map { .hint($0, for: "\(id)-item", further: " \(kind.block)__hint") })</div>\
            \(choice.reveals.map { """
                <div class="\(kind.block)__conditional\
                \(" \(kind.block)__conditional--hidden", when: !isChosen)" id="conditional-\(id)">\($0)</div>
                """ })
            """
    }
}

private enum ChoiceKind {
    case radios, checkboxes

    var block: HTML { self == .radios ? "nhsuk-radios" : "nhsuk-checkboxes" }
    var type: HTML { self == .radios ? "radio" : "checkbox" }
}
