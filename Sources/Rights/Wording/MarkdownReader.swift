/// Reads Markdown blocks line by line, collecting every fault.
struct MarkdownReader {
    private let lines: [Substring]
    private(set) var faults: [Markdown.Fault] = []
    private var blocks: [MarkdownBlock<Markdown.Span>] = []
    private var paragraph = Gathered()
    private var items: [Gathered] = []
    private var listIsOrdered = false

    /// Lines that belong together, with the number of the first.
    private struct Gathered {
        var text = ""
        var line = 0

        mutating func add(_ more: some StringProtocol, line number: Int) {
            if text.isEmpty {
                line = number
            } else if text.hasSuffix("\\") && !text.hasSuffix("\\\\") {
                text.removeLast()
                text += "\n"
            } else {
                text += " "
            }
            text += more
        }
    }

    init(_ markdown: String) {
        // `isNewline` takes CR LF as one sign, so files from any editor read the same.
        lines = markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    mutating func read() -> [MarkdownBlock<Markdown.Span>] {
        for (index, raw) in lines.enumerated() {
            let isIndented = raw.first == " " || raw.first == "\t"
            let line = trimmed(raw)
            if line.isEmpty {
                finish()
            } else if let (level, text) = heading(line) {
                finish()
                if level > 3 {
                    fault(index + 1, "Headings have one to three # signs.")
                }
                blocks.append(.heading(level: min(level, 3), spans(Gathered(text: String(text), line: index + 1))))
            } else if let (ordered, text) = item(line) {
                finishParagraph()
                if ordered != listIsOrdered { finishList() }
                listIsOrdered = ordered
                items.append(Gathered())
                items[items.count - 1].add(text, line: index + 1)
            } else if isIndented, !items.isEmpty {
                items[items.count - 1].add(line, line: index + 1)
            } else {
                finishList()
                paragraph.add(line, line: index + 1)
            }
        }
        finish()
        return blocks
    }

    private mutating func finish() {
        finishParagraph()
        finishList()
    }

    private mutating func finishParagraph() {
        guard !paragraph.text.isEmpty else { return }
        blocks.append(.paragraph(spans(paragraph)))
        paragraph = Gathered()
    }

    private mutating func finishList() {
        guard !items.isEmpty else { return }
        var read: [[Markdown.Span]] = []
        for item in items { read.append(spans(item)) }
        blocks.append(.list(ordered: listIsOrdered, items: read))
        items = []
    }

    private mutating func spans(_ gathered: Gathered) -> [Markdown.Span] {
        var reader = MarkdownSpanReader(gathered.text)
        let read = reader.read()
        for text in reader.faults { fault(gathered.line, text) }
        return read
    }

    private mutating func fault(_ line: Int, _ text: String) {
        faults.append(Markdown.Fault(line: line, text: text))
    }

    private func heading(_ line: Substring) -> (level: Int, text: Substring)? {
        let signs = line.prefix { $0 == "#" }
        let rest = line.dropFirst(signs.count)
        guard !signs.isEmpty, rest.first == " " else { return nil }
        return (signs.count, trimmed(rest))
    }

    private func item(_ line: Substring) -> (ordered: Bool, text: Substring)? {
        if line.hasPrefix("- ") || line.hasPrefix("* ") { return (false, trimmed(line.dropFirst(2))) }
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        let rest = line.dropFirst(digits.count)
        guard (1...3).contains(digits.count), rest.hasPrefix(". ") else { return nil }
        return (true, trimmed(rest.dropFirst(2)))
    }
}

private func trimmed(_ text: Substring) -> Substring {
    var rest = text.drop { $0 == " " || $0 == "\t" }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return rest
}
