/// One happening on a timeline.
package struct TimelineEntry: Sendable {
    /// What the dot on the line tells besides the words: whose doing it was, or that the clock stood.
    package enum Mark: Sendable {
        case ours, theirs, pause, struckOut

        var modifier: HTML {
            switch self {
            case .ours: ""
            case .theirs: " class=\"app-timeline--in\""
            case .pause: " class=\"app-timeline--pause\""
            case .struckOut: " class=\"app-timeline--struck\""
            }
        }
    }

    let title: HTML
    let moment: String
    let when: String
    let who: String
    let detail: HTML?
    let mark: Mark

    /// - Parameters:
    ///   - moment: for machines: the stored form of a `Moment` or a `Day`.
    ///   - when: the same for people: `13 November 2026, 9:14am`.
    ///   - detail: a letter's text, a note, the day it took effect when that is another.
    package init(
        _ title: HTML, at moment: String, _ when: String, by who: String, mark: Mark = .ours, detail: HTML? = nil
    ) {
        self.title = title
        self.moment = moment
        self.when = when
        self.who = who
        self.mark = mark
        self.detail = detail
    }
}

/// One condition of a release, and how it stands.
package struct Gate: Sendable {
    let name: String
    let detail: HTML
    let tag: HTML

    package init(_ name: String, detail: HTML = "", _ tag: HTML) {
        self.name = name
        self.detail = detail
        self.tag = tag
    }
}

extension HTML {
    /// What happened, newest first.
    package static func timeline(_ entries: [TimelineEntry]) -> HTML {
        """
        <ol class="app-timeline">\
        \(each: entries, { """
            <li\($0.mark.modifier)><p><b>\($0.title)</b></p>\
            <p class="app-timeline__meta"><time datetime="\($0.moment)">\($0.when)</time>, \(person: $0.who)</p>\
            \($0.detail.map { "<div class=\"app-timeline__detail\">\($0)</div>" })</li>
            """ })</ol>
        """
    }

    /// The conditions of a release.
    package static func gates(_ gates: [Gate]) -> HTML {
        """
        <ul class="app-gates">\
        \(each: gates, { gate -> HTML in
            let detail: HTML = gate.detail.isEmpty ? "" : "<small>\(gate.detail)</small>"
            return "<li><span>\(gate.name)\(detail)</span>\(gate.tag)</li>"
        })</ul>
        """
    }

    /// Dates and other short facts in pairs.
    package static func dates(_ pairs: [(key: String, value: HTML)]) -> HTML {
        "<dl class=\"app-dates\">\(each: pairs, { "<dt>\($0.key)</dt><dd>\($0.value)</dd>" })</dl>"
    }

    /// A person's message on a case, with what came with it.
    package static func message(
        from who: String, at moment: String, _ when: String, isOwn: Bool, text: String, attachments: HTML = ""
    ) -> HTML {
        """
        <article class="app-message\(" app-message--own", when: isOwn)"><p class="app-message__meta">\
        <b>\(person: who)</b>, <time datetime="\(moment)">\(when)</time></p>\
        <div class="app-message__text">\(paragraphs(text))</div>\(attachments)</article>
        """
    }

    /// Text as somebody typed it: an empty line begins a paragraph, a single one breaks the line.
    package static func paragraphs(_ text: String) -> HTML {
        // Cut by bytes: forms end their lines in one way only, and to look at characters was a tenth of the page.
        let lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).map { Substring($0) }
        let blocks = lines.split { line in line.utf8.allSatisfy { $0 <= 0x20 } }
        return """
            \(each: blocks, { block -> HTML in """
                <p dir="auto">\(each: block.enumerated(), { "\("<br>", when: $0 > 0)\($1)" })</p>
                """ })
            """
    }
}
