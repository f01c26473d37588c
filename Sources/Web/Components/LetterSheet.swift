import Rights

/// A letter as it is printed, with the way to have it in another size, language or form (S1-67).
package struct LetterSheet: Sendable {
    /// The sizes it can be printed in.
    package enum Size: String, CaseIterable, Sendable {
        case usual
        /// 18 points, as the guidance on accessible information asks for.
        case large

        /// The other one, and what leads to it.
        fileprivate var other: (size: Size, words: String) {
            switch self {
            case .usual: (.large, "Show it in large print")
            case .large: (.usual, "Show it in the usual size")
            }
        }
    }

    /// The trust and the department that writes.
    let from: [String]
    /// Reference and date.
    let about: [String]
    let text: String
    let size: Size
    /// The trust's own words on other formats and languages.
    let otherFormats: FilledMarkdown

    package init(from: [String], about: [String], text: String, size: Size, otherFormats: FilledMarkdown) {
        self.from = from
        self.about = about
        self.text = text
        self.size = size
        self.otherFormats = otherFormats
    }

    /// - Parameter path: the address of the letter's page.
    package func html(at path: String) -> HTML {
        let other = size.other
        return """
            <p class="app-actions">\(HTML.link(other.words, to: "\(path)?size=\(other.size.rawValue)"))</p>\
            <div class="app-letter\(" app-letter--large", when: size == .large)">\
            <p>\(lines(from))</p><p>\(lines(about))</p>\(HTML.paragraphs(text))\
            <section aria-labelledby="other-formats"><h2 id="other-formats">\(otherFormats.plainTitle)</h2>\
            \(HTML.wording(otherFormats))</section></div>
            """
    }

    private func lines(_ lines: [String]) -> HTML {
        "\(each: lines.enumerated(), { "\("<br>", when: $0 > 0)\($1)" })"
    }
}
