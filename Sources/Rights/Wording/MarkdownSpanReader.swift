/// Reads the pieces within a line: bold, links, merge fields and escaped signs.
struct MarkdownSpanReader {
    private let signs: [Character]
    private var place = 0
    private(set) var faults: [String] = []

    init(_ text: String) {
        signs = Array(text)
    }

    mutating func read() -> [Markdown.Span] {
        read(until: nil)
    }

    /// What ends the piece that is being read.
    private enum Ending { case bold, label }

    private mutating func read(until ending: Ending?) -> [Markdown.Span] {
        var spans: [Markdown.Span] = []
        var text = ""
        func finished() -> [Markdown.Span] { text.isEmpty ? spans : spans + [.text(text)] }

        while place < signs.count {
            let sign = signs[place]
            var span: Markdown.Span?
            if sign == "\\", place + 1 < signs.count, "\\*[](){}#-.".contains(signs[place + 1]) {
                text.append(signs[place + 1])
                place += 2
                continue
            } else if sign == "\n" {
                place += 1
                span = .lineBreak
            } else if follows("**") {
                place += 2
                if ending == .bold { return finished() }
                span = .bold(read(until: .bold))
            } else if sign == "]", ending == .label {
                place += 1
                return finished()
            } else if sign == "[", ending != .label {
                place += 1
                span = link()
            } else if follows("{{") {
                place += 2
                span = field().map { .field($0) }
            } else {
                text.append(sign)
                place += 1
                continue
            }
            guard let span else { continue }
            if !text.isEmpty { spans.append(.text(text)) }
            text = ""
            spans.append(span)
        }
        switch ending {
        case nil: break
        case .bold: faults.append("Bold text begins with ** but does not end: add ** after the last word.")
        case .label: faults.append("A link begins with [ but has no ]: write [label](address), or \\[ for the sign.")
        }
        return finished()
    }

    private mutating func link() -> Markdown.Span {
        let label = read(until: .label)
        guard place < signs.count, signs[place] == "(" else {
            faults.append("A link's label in [ ] is followed by its address in ( ): write \\[ for the sign itself.")
            return .link(label: label, target: [])
        }
        place += 1
        var target: [Markdown.TargetPart] = []
        var literal = ""
        while place < signs.count, signs[place] != ")" {
            if follows("{{") {
                place += 2
                if !literal.isEmpty { target.append(.literal(literal)) }
                literal = ""
                if let field = field() { target.append(.field(field)) }
            } else {
                literal.append(signs[place])
                place += 1
            }
        }
        if !literal.isEmpty { target.append(.literal(literal)) }
        if place == signs.count {
            faults.append("A link's address begins with ( but has no ).")
        }
        place += 1
        if target.isEmpty { faults.append("A link has no address between ( and ).") }
        return .link(label: label, target: target)
    }

    private mutating func field() -> MergeField? {
        var name = ""
        while place < signs.count, !follows("}}") {
            name.append(signs[place])
            place += 1
        }
        guard place < signs.count else {
            faults.append("A merge field begins with {{ but has no }}.")
            return nil
        }
        place += 2
        guard let field = MergeField(rawValue: name) else {
            faults.append("There is no merge field “\(name)”. The fields are \(MergeField.names).")
            return nil
        }
        return field
    }

    private func follows(_ text: String) -> Bool {
        signs[place...].starts(with: text)
    }
}

extension MergeField {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
