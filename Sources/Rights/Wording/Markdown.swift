/// A text that a trust may edit: an email, a text message, a letter, a page. Read from Markdown once, with named
/// merge fields (`{{reference}}`) that stay fields until `filled(with:)` puts values in.
///
/// The Markdown is a small closed part of the language: `#` headings, paragraphs, `-` and `1.` lists, `**bold**`,
/// `[label](target)`, a line break by a trailing backslash, and a backslash before a sign that is meant as itself.
/// There is no way to write HTML. Written by hand because the pure target imports nothing, and because a value must
/// never be read as Markdown: fields are leaves of the parsed text, so what is put in them cannot become markup.
package struct Markdown: Hashable, Sendable {
    /// The first level-1 heading: a mail's subject, a letter's or page's title.
    package let title: [Span]
    /// Everything below the title, in order.
    package let blocks: [MarkdownBlock<Span>]

    /// A piece of a line.
    package indirect enum Span: Hashable, Sendable {
        case text(String)
        /// A merge field by its name.
        case field(MergeField)
        case bold([Span])
        case link(label: [Span], target: [TargetPart])
        case lineBreak
    }

    /// A piece of a link's address.
    package enum TargetPart: Hashable, Sendable {
        case literal(String)
        case field(MergeField)
    }

    /// Something in the Markdown that cannot be read, with its line counted from 1.
    package struct Fault: Hashable, Sendable {
        package let line: Int
        /// What is wrong and what to write instead.
        package let text: String
    }

    /// Every fault of a text at once.
    package struct Unreadable: Error, Hashable, Sendable {
        package let faults: [Fault]
    }

    /// Reads a text, or throws with every fault in it.
    package init(_ markdown: String) throws(Unreadable) {
        var reader = MarkdownReader(markdown)
        let read = reader.read()
        guard reader.faults.isEmpty else { throw Unreadable(faults: reader.faults) }
        if case .heading(level: 1, let spans) = read.first {
            title = spans
            blocks = Array(read.dropFirst())
        } else {
            title = []
            blocks = read
        }
    }

    /// All merge fields used, so that `policy check` can say which may not stand in a text of this kind.
    package var fields: Set<MergeField> {
        var names: Set<MergeField> = []
        for span in title { span.collect(into: &names) }
        for block in blocks {
            for span in block.lines.joined() { span.collect(into: &names) }
        }
        return names
    }
}

/// One block of a text, with the kind of its pieces open: with fields in `Markdown`, without in `FilledMarkdown`.
package enum MarkdownBlock<Piece: Hashable & Sendable>: Hashable, Sendable {
    /// Level 1 to 3.
    case heading(level: Int, [Piece])
    case paragraph([Piece])
    case list(ordered: Bool, items: [[Piece]])

    /// The lines of the block, one for each list item.
    package var lines: [[Piece]] {
        switch self {
        case .heading(level: _, let pieces), .paragraph(let pieces): [pieces]
        case .list(ordered: _, let items): items
        }
    }

    /// The same block with its lines changed.
    func map<Other: Hashable & Sendable, Failure: Error>(
        _ change: ([Piece]) throws(Failure) -> [Other]
    ) throws(Failure) -> MarkdownBlock<Other> {
        switch self {
        case .heading(let level, let pieces): return .heading(level: level, try change(pieces))
        case .paragraph(let pieces): return .paragraph(try change(pieces))
        case .list(let ordered, let items):
            var changed: [[Other]] = []
            for item in items { changed.append(try change(item)) }
            return .list(ordered: ordered, items: changed)
        }
    }
}

extension Markdown.Span {
    fileprivate func collect(into names: inout Set<MergeField>) {
        switch self {
        case .text, .lineBreak: break
        case .field(let name): names.insert(name)
        case .bold(let inner):
            for span in inner { span.collect(into: &names) }
        case .link(let label, let target):
            for span in label { span.collect(into: &names) }
            for case .field(let name) in target { names.insert(name) }
        }
    }
}
