import Rights
import Web

/// Striking out a mistaken entry. It stays readable and no longer counts.
struct StrikeForm: CaseForm {
    static let pattern = "/cases/:case/entries/:entry/strike"
    static let permission = Permission.correctHistory
    static let done = Done.struck

    let number: Int

    init(_ visit: StaffVisit) throws {
        number = try visit.number("entry")
    }

    private func entry(in opened: OpenedCase) -> Entry? { opened.matter.entries.first { $0.sequence == number } }

    func title(in opened: OpenedCase) throws -> String {
        guard entry(in: opened) != nil else { throw Problem.notFound }
        return "Strike out an entry"
    }

    func start(in opened: OpenedCase) -> Form { Form() }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let line = entry(in: opened).map { entry in
            let words = EntryLine(entry.fact, of: opened.matter, under: opened.policy)
            return HTML.insetText(
                """
                <p><b>\(entry.sequence). \(words.title)</b></p><p>\(opened.inWords(entry.recorded)), \
                \(person: entry.by.label)</p>\(words.detail)
                """)
        }
        return """
            \(line)<p>The entry stays in the history, struck through. Everything that rested on it, dates among it, \
            is worked out anew.</p>\(.textarea(form["reason"], label: .small("What was the mistake?"), rows: 3))
            """
    }

    let button = HTML.button("Strike out the entry", .warning)

    func act(_ form: inout Form, in opened: OpenedCase) -> StrikeEntry {
        StrikeEntry(entry: number, reason: form.text("reason"))
    }

    func next(in opened: OpenedCase) -> String { opened.address.history }
}
