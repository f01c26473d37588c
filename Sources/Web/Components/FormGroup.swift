extension HTML {
    /// The hint under a label. `id` is the control's; the control names it in `aria-describedby`.
    package static func hint(_ words: HTML, for id: String, further classes: HTML = "") -> HTML {
        "<div class=\"nhsuk-hint\(classes)\" id=\"\(id)-hint\">\(words)</div>"
    }

    /// The message beside a control that is wrong.
    package static func errorMessage(_ problem: String, for id: String) -> HTML {
        """
        <span class="nhsuk-error-message" id="\(id)-error">\
        <span class="nhsuk-u-visually-hidden">Error:</span> \(problem)</span>
        """
    }

    /// Fields that belong together under one legend.
    package static func fieldset(_ legend: Label, describedBy: String? = nil, isGroup: Bool = false, _ content: HTML)
        -> HTML
    {
        """
        <fieldset class="nhsuk-fieldset"\(" role=\"group\"", when: isGroup)\
        \(attribute: "aria-describedby", describedBy)>\(legend.legend)\(content)</fieldset>
        """
    }

    /// The shell every control stands in: label, hint and problem, then the control.
    static func formGroup(
        _ field: Field, label: HTML, hint: HTML?, further classes: HTML = "", attributes: HTML = "", control: HTML
    ) -> HTML {
        """
        <div class="nhsuk-form-group\(" nhsuk-form-group--error", when: field.problem != nil)\(classes)"\(attributes)>\
        \(label)\(hint.map { .hint($0, for: field.id) })\(field.problem.map { .errorMessage($0, for: field.id) })\
        \(control)</div>
        """
    }
}

extension Field {
    /// The identifiers of the hint and the problem, for `aria-describedby`.
    func description(hint: HTML?, first: String? = nil) -> String? {
        var ids: [String] = []
        if let first { ids.append(first) }
        if hint != nil { ids.append("\(id)-hint") }
        if problem != nil { ids.append("\(id)-error") }
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }
}
