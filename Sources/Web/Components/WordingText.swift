import Rights

extension HTML {
    /// A text of the trust's own, below its title: headings of level 2 and 3, paragraphs and lists.
    package static func wording(_ text: FilledMarkdown) -> HTML {
        """
        \(each: text.blocks, { block -> HTML in
            switch block {
            case .heading(let level, let runs):
                level < 3 ? "<h2>\(wordingRuns(runs))</h2>" : "<h3>\(wordingRuns(runs))</h3>"
            case .paragraph(let runs): "<p>\(wordingRuns(runs))</p>"
            case .list(ordered: true, let items):
                "<ol class=\"nhsuk-list nhsuk-list--number\">\(each: items, { "<li>\(wordingRuns($0))</li>" })</ol>"
            case .list(ordered: false, let items):
                "<ul class=\"nhsuk-list nhsuk-list--bullet\">\(each: items, { "<li>\(wordingRuns($0))</li>" })</ul>"
            }
        })
        """
    }

    private static func wordingRuns(_ runs: [FilledMarkdown.Run]) -> HTML {
        """
        \(each: runs, { run -> HTML in
            switch run {
            case .text(let text): "\(text)"
            case .bold(let inner): "<strong>\(wordingRuns(inner))</strong>"
            case .link(let label, let target): "<a href=\"\(target)\">\(wordingRuns(label))</a>"
            case .lineBreak: "<br>"
            }
        })
        """
    }
}
