/// What a browser would make of a piece of markup, written down one tag or text a line: attributes and classes in
/// alphabetical order, white space folded. Two pieces with one outline look and work the same.
func outline(_ markup: String) -> [String] {
    var lines: [String] = []
    var rest = Substring(markup)
    while !rest.isEmpty {
        let text = rest.prefix { $0 != "<" }
        rest = rest.dropFirst(text.count)
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !words.isEmpty { lines.append(words) }
        guard !rest.isEmpty else { break }
        var end = rest.startIndex
        var quote: Character?
        while end < rest.endIndex, quote != nil || rest[end] != ">" {
            if rest[end] == quote {
                quote = nil
            } else if quote == nil, rest[end] == "\"" {
                quote = "\""
            }
            end = rest.index(after: end)
        }
        lines.append(tag(rest[rest.index(after: rest.startIndex)..<end]))
        rest = end < rest.endIndex ? rest[rest.index(after: end)...] : ""
    }
    return lines
}

private func tag(_ inside: Substring) -> String {
    let name = inside.prefix { !$0.isWhitespace }
    var attributes: [String] = []
    var rest = inside.dropFirst(name.count).drop(while: \.isWhitespace)
    while !rest.isEmpty {
        let key = rest.prefix { $0 != "=" && !$0.isWhitespace }
        rest = rest.dropFirst(key.count)
        if rest.hasPrefix("=\"") {
            let value = rest.dropFirst(2).prefix { $0 != "\"" }
            rest = rest.dropFirst(value.count + 3)
            let words = value.split(separator: " ")
            attributes.append("\(key)=\((key == "class" ? words.sorted() : words).joined(separator: " "))")
        } else {
            attributes.append(String(key))
        }
        rest = rest.drop(while: \.isWhitespace)
    }
    return "<\(([String(name)] + attributes.sorted()).joined(separator: "|"))>"
}
