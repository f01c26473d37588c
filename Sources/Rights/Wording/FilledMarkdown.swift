/// A text with every merge field replaced by its value: what a page shows and a mail says. Values are plain text in
/// it, whatever signs they hold.
package struct FilledMarkdown: Hashable, Sendable {
    package let title: [Run]
    package let blocks: [MarkdownBlock<Run>]

    /// A piece of a line; every string is text, to be escaped where it is shown.
    package indirect enum Run: Hashable, Sendable {
        case text(String)
        case bold([Run])
        /// The target is an `https`, `mailto` or site-relative address, or `http` on this machine; nothing else.
        case link(label: [Run], target: String)
        case lineBreak
    }
}

/// Why a text could not be filled.
package enum UnfilledMarkdown: Error, Hashable, Sendable {
    /// Merge fields for which there was no value.
    case missing([MergeField])
    /// A link came out with an address that is not allowed, after these fields were put in.
    case unsafeAddress(fields: [MergeField])
}

extension Markdown {
    /// The text with these values in the place of its fields. A line end in a value becomes a line break.
    package func filled(with values: [MergeField: String]) throws(UnfilledMarkdown) -> FilledMarkdown {
        let missing = fields.filter { values[$0] == nil }
        guard missing.isEmpty else { throw .missing(MergeField.allCases.filter(missing.contains)) }
        let title = try runs(title, values)
        var filled: [MarkdownBlock<FilledMarkdown.Run>] = []
        for block in blocks {
            filled.append(try block.map { (line) throws(UnfilledMarkdown) in try runs(line, values) })
        }
        return FilledMarkdown(title: title, blocks: filled)
    }

    private func runs(_ spans: [Span], _ values: [MergeField: String]) throws(UnfilledMarkdown) -> [FilledMarkdown.Run]
    {
        var runs: [FilledMarkdown.Run] = []
        for span in spans {
            switch span {
            case .text(let text): runs.append(.text(text))
            case .lineBreak: runs.append(.lineBreak)
            case .bold(let inner): runs.append(.bold(try self.runs(inner, values)))
            case .field(let field):
                let lines = (values[field] ?? "").split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                for (index, line) in lines.enumerated() {
                    if index > 0 { runs.append(.lineBreak) }
                    if !line.isEmpty { runs.append(.text(String(line))) }
                }
            case .link(let label, let target):
                let address = target.map { part in
                    switch part {
                    case .literal(let text): text
                    case .field(let field): values[field] ?? ""
                    }
                }.joined()
                guard isAllowed(address) else {
                    throw .unsafeAddress(
                        fields: target.compactMap { if case .field(let field) = $0 { field } else { nil } })
                }
                runs.append(.link(label: try self.runs(label, values), target: address))
            }
        }
        return runs
    }
}

/// Whether a link may lead there. Scripts and foreign schemes never; plain `http` only on this machine, where the
/// demonstration runs.
private func isAllowed(_ address: String) -> Bool {
    let isPlain = address.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != 34 && $0 != 60 && $0 != 62 && $0 != 92 }
    guard isPlain else { return false }
    if address.hasPrefix("/") { return !address.hasPrefix("//") }
    let starts = ["https://", "mailto:"]
    if starts.contains(where: { address.hasPrefix($0) }) { return true }
    return ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { start in
        guard address.hasPrefix(start) else { return false }
        let next = address.dropFirst(start.count).first
        return next == nil || next == ":" || next == "/"
    }
}

extension FilledMarkdown {
    /// The title as one line of plain text: a mail's subject.
    package var plainTitle: String {
        plain(title, alone: false).split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Everything below the title as plain text, lines ended by a line feed, blocks parted by an empty line.
    package var plainText: String {
        blocks.map { block in
            switch block {
            case .heading(level: _, let runs), .paragraph(let runs): plain(runs, alone: runs.count == 1)
            case .list(let ordered, let items):
                items.enumerated().map { index, runs in
                    (ordered ? "\(index + 1). " : "- ") + plain(runs, alone: runs.count == 1)
                }.joined(separator: "\n")
            }
        }.joined(separator: "\n\n") + (blocks.isEmpty ? "" : "\n")
    }

    private func plain(_ runs: [Run], alone: Bool) -> String {
        runs.map { run in
            switch run {
            case .text(let text): text
            case .lineBreak: "\n"
            case .bold(let inner): plain(inner, alone: false)
            case .link(let label, let target): plainLink(plain(label, alone: false), target, alone: alone)
            }
        }.joined()
    }

    /// A link that stands alone ends its line, so that mail programs find the whole address; within a sentence the
    /// address stands in angle brackets, as RFC 3986 (appendix C) advises.
    private func plainLink(_ label: String, _ target: String, alone: Bool) -> String {
        if label == target { return target }
        return alone ? "\(label): \(target)" : "\(label) <\(target)>"
    }
}
