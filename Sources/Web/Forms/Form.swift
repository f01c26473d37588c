import Rights

/// A form: what was typed, and what is wrong with it. A page shows it again with every value in its place.
///
///     var form = form
///     let name = form.required("name", "Enter your name")
///     let born = form.day("born", called: "Date of birth")
///     guard form.isSound else { return visit.show(page(form)) }
package struct Form: Sendable {
    package private(set) var fields: FormFields
    /// What must be put right, in the order it was found; the field is nothing for what concerns the whole form.
    package private(set) var problems: [(field: String?, text: String)] = []

    package init(_ fields: FormFields = FormFields()) {
        self.fields = fields
    }

    /// A form with answers that are known already.
    package init(_ known: [String: String]) {
        fields = FormFields()
        for (name, value) in known.sorted(by: { $0.key < $1.key }) { fields.set(name, to: [value]) }
    }

    /// Takes over fields that have come in since; problems stay.
    mutating func take(_ fields: FormFields) { self.fields = fields }

    /// Whether nothing is wrong so far.
    package var isSound: Bool { problems.isEmpty }

    // MARK: Reading

    /// The first value of a name without white space round it; empty when there is none.
    package func text(_ name: String) -> String {
        trimmed(fields.values[name]?.first ?? "")
    }

    /// The first value as typed: for passwords, where a space counts.
    package func exact(_ name: String) -> String { fields.values[name]?.first ?? "" }

    /// Every value of a name: the boxes that were ticked.
    package func values(_ name: String) -> [String] { fields.values[name] ?? [] }

    /// Whether a box was ticked.
    package func isTicked(_ name: String) -> Bool { !values(name).isEmpty }

    /// The names of what was asked and answered, in the order they came in: without the hidden fields of every form.
    package var names: [String] { fields.names.filter { $0 != FormToken.field && $0 != FormToken.onceField } }

    /// Whether the form has this name at all: which of several buttons was pressed.
    package func has(_ name: String) -> Bool { fields.values[name] != nil }

    // MARK: Reading with a rule

    /// A value that must be given; notes the problem when it is not.
    package mutating func required(_ name: String, _ problem: String) -> String {
        let text = text(name)
        if text.isEmpty { add(problem, to: name) }
        return text
    }

    /// One of several values; notes the problem when it is none of them.
    package mutating func choice(_ name: String, among choices: [String], _ problem: String) -> String {
        let text = text(name)
        if !choices.contains(text) { add(problem, to: name) }
        return text
    }

    /// A date in three parts; notes what is wrong with it in the library's words.
    ///
    /// - Parameters:
    ///   - title: as it begins a sentence: `Date of birth`.
    ///   - isRequired: whether it may be left out altogether.
    package mutating func day(_ name: String, called title: String, isRequired: Bool = true) -> Day? {
        let parts = ["day", "month", "year"].map { (name: $0, text: text("\(name)[\($0)]")) }
        let missing = parts.filter { $0.text.isEmpty }.map(\.name)
        switch missing.count {
        case 0: break
        case 3:
            if isRequired { add("Enter \(lowercasedFirst(title))", to: name) }
            return nil
        default:
            add("\(title) must include a \(missing.joined(separator: " and "))", to: name)
            return nil
        }
        guard let number = Int(parts[0].text), let month = Form.month(parts[1].text),
            let year = Int(parts[2].text), parts[2].text.utf8.count == 4,
            let day = Day(year: year, month: month, day: number)
        else {
            add("\(title) must be a real date", to: name)
            return nil
        }
        return day
    }

    /// A month as a number or a name: `7`, `July`, `jul`.
    private static func month(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        let wanted = text.lowercased()
        guard wanted.count >= 3 else { return nil }
        return Day.monthNames.firstIndex { $0.lowercased().hasPrefix(wanted) }.map { $0 + 1 }
    }

    // MARK: Problems

    /// Notes what must be put right about a field, or about the whole form.
    package mutating func add(_ problem: String, to field: String? = nil) {
        problems.append((field, problem))
    }

    /// The same form with every reason why the act was refused.
    package func refused(_ reasons: [Reason]) -> Form {
        var form = self
        for reason in reasons { form.add(reason.text, to: reason.field) }
        return form
    }

    /// Changes a value, for showing the form again.
    package mutating func set(_ name: String, to value: String) { fields.set(name, to: [value]) }

    /// Changes the values of a name that may have several: the boxes that are ticked.
    package mutating func set(_ name: String, to values: [String]) { fields.set(name, to: values) }

    // MARK: Showing

    /// A field with its value and its problem, for a component.
    package subscript(_ name: String) -> Field {
        Field(name, values: values(name), problem: problem(of: name))
    }

    /// A field that shows nothing of what was typed: for passwords and codes.
    package func blank(_ name: String) -> Field { Field(name, problem: problem(of: name)) }

    /// A date's three parts with what was typed and its problem, for a component.
    package func date(_ name: String) -> DateField {
        DateField(
            name, day: exact("\(name)[day]"), month: exact("\(name)[month]"), year: exact("\(name)[year]"),
            problem: problem(of: name))
    }

    private func problem(of name: String) -> String? { problems.first { $0.field == name }?.text }

    /// The problems as the summary lists them, each with the element it leads to.
    var summary: [(text: String, id: String?)] {
        problems.map { problem in
            guard let field = problem.field else { return (problem.text, nil) }
            let isDate = has("\(field)[day]")
            return (problem.text, Field.id(of: isDate ? "\(field)[day]" : field))
        }
    }
}

private func lowercasedFirst(_ text: String) -> String {
    text.prefix(1).lowercased() + text.dropFirst()
}

/// Text without white space at its ends, no-break spaces and zero-width ones that come with pasting included.
private func trimmed(_ text: String) -> String {
    let isBlank: (Character) -> Bool = { $0.isWhitespace || $0 == "\u{200b}" || $0 == "\u{feff}" }
    var rest = text[...]
    while let first = rest.first, isBlank(first) { rest.removeFirst() }
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return String(rest)
}
