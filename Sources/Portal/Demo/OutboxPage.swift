import Rights
import Store
import Web

/// Everything that would have left: for the demonstration alone, where nothing does.
struct OutboxPage {
    struct Letter: Sendable {
        let channel: OutgoingMessage.Channel
        let recipient: String
        let subject: String
        let body: String
        let when: String
        let state: OutgoingMessage.State
    }

    static let perPage = 25

    /// Those of this page.
    let letters: [Letter]
    /// Everybody who was written to.
    let recipients: [String]
    /// Whose messages alone are shown; empty for all.
    let recipient: String
    /// How many messages there are to whom this page shows.
    let count: Int
    let number: Int

    static func pages(of count: Int) -> Int { max(1, (count + perPage - 1) / perPage) }

    var page: Page {
        Page(
            "Demo outbox",
            .twoThirds(
                """
                <h1>Demo outbox</h1><p>Emails and text messages that this demonstration would have sent, newest first. \
                Nothing leaves this machine, and nobody but you on this machine can see this page.</p>\
                <form action="\(Place.outbox)" method="get">\
                \(HTML.select(
                    Field("to", recipient), label: "Show messages to",
                    [Choice("", "Everybody")] + recipients.map { Choice($0, $0) }))\
                \(HTML.button("Show", .secondary, isSmall: true))</form>\
                \(HTML.count(count == 1 ? "1 message." : "\(count) messages."))\
                \(each: letters.enumerated(), { section($1, number: $0 + 1) })\
                \(HTML.pagination(current: number, of: OutboxPage.pages(of: count)) { number in
                    "\(Place.outbox)?to=\(percentEncoded(recipient))&page=\(number)"
                })
                """))
    }

    private func section(_ letter: Letter, number: Int) -> HTML {
        let title =
            switch letter.channel {
            case .email: letter.subject
            case .text: "Text message"
            }
        // Not a landmark each: many have the same heading.
        return """
            <article class="app-panel" id="message-\(number)"><h2>\(title)</h2>\
            \(HTML.facts([
                (key: "To", value: "\(letter.recipient)"), (key: "Written", value: "\(letter.when)"),
            ], tags: [letter.state.tag]))<div class="app-message__text">\(HTML.paragraphs(linking: letter.body))</div></article>
            """
    }
}

extension OutgoingMessage.State {
    fileprivate var tag: HTML {
        switch self {
        case .queued: .tag("To be sent", .blue)
        case .sent: .tag("Sent", .green)
        case .dead: .tag("Could not be sent", .red)
        }
    }
}

extension HTML {
    /// Paragraphs of text in which web addresses can be followed, as a mail program shows them.
    fileprivate static func paragraphs(linking text: String) -> HTML {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let blocks = lines.split { $0.allSatisfy(\.isWhitespace) }
        return """
            \(each: blocks, { block -> HTML in """
                <p>\(each: block.enumerated(), { "\("<br>", when: $0 > 0)\(linked($1))" })</p>
                """ })
            """
    }

    private static func linked(_ line: Substring) -> HTML {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        return """
            \(each: words.enumerated(), { index, word -> HTML in
                let isBracketed = word.hasPrefix("<") && word.hasSuffix(">")
                let address = isBracketed ? word.dropFirst().dropLast() : word
                let isAddress = address.hasPrefix("https://") || address.hasPrefix("http://")
                let shown: HTML = isAddress ? "<a href=\"\(address)\">\(address)</a>" : "\(word)"
                return "\(" ", when: index > 0)\(shown)"
            })
            """
    }
}
