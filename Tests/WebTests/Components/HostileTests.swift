import Testing

@testable import Web

/// Every component with text that tries to break out of it.
@Suite struct HostileTests {
    static let attack = "\"'><script>alert(1)</script>\u{22}\u{301} onfocus=alert(1) x='\u{200d}\u{0}\u{202e}"

    static var everything: [(String, HTML)] {
        let field = Field(attack, attack, problem: attack)
        let label = Label(attack, size: .large)
        let choices = [Choice(attack, attack, hint: "\(attack)", reveals: "\(attack)"), .or, Choice("b", attack)]
        let link = Link(attack, attack, hidden: attack, count: 2)
        let date = DateField(attack, day: attack, month: attack, year: attack, problem: attack)
        let column = Column(attack, sorted: .ascending, by: attack)
        let pair: (key: String, value: HTML) = (attack, "\(attack)")
        let entry: (link: Link, detail: HTML, tag: HTML) = (link, "\(attack)", "")
        return [
            ("button", .button(attack, name: attack, value: attack, attributes: [Attribute("title", attack)])),
            ("buttonLink", .buttonLink(attack, to: attack, hidden: attack)),
            ("link", .link(attack, to: attack, hidden: attack)), ("backLink", .backLink(link)),
            ("breadcrumb", .breadcrumb([link])),
            (
                "input",
                .input(field, label: label, hint: "\(attack)", autocomplete: attack, prefix: attack, suffix: attack)
            ),
            ("password", .passwordInput(field, label: label, autocomplete: attack)),
            ("textarea", .textarea(field, label: label, most: 10)), ("date", .dateInput(date, legend: label)),
            ("file", .fileUpload(field, label: label, accept: [attack])),
            ("radios", .radios(field, legend: label, choices)),
            ("checkboxes", .checkboxes(field, legend: label, choices)),
            ("checkbox", .checkbox(field, value: attack, label: attack)),
            ("select", .select(field, label: label, choices)),
            ("fieldset", .fieldset(label, describedBy: attack, "")), ("summary", .errorSummary([(attack, attack)])),
            ("details", .details(attack, "")), ("banner", .notificationBanner(titled: attack, .noticeHeading(attack))),
            ("panel", .panel(attack, "")), ("warning", .warningCallout(attack, "")), ("card", .card(attack, "")),
            ("feature", .featureCard(attack, "")), ("linkCard", .linkCard(link, attack)), ("tag", .tag(attack, .red)),
            ("pagination", .pagination(current: 1, of: 2) { _ in attack }),
            ("summaryList", .summaryList([SummaryRow(attack, "\(attack)", actions: [link, link])])),
            ("responsive", .responsiveTable(.shown(attack), [column], [["\(attack)"]])),
            ("table", .table(id: attack, .hidden(attack), [column], [["\(attack)"]])),
            ("tasks", .taskList(id: attack, [TaskItem(attack, to: attack, hint: "\(attack)", .tag(attack, .blue))])),
            ("toolbar", .toolbar(search: field, label: label, action: attack, keeping: [(attack, attack)])),
            ("section", .section(attack, id: attack, "")), ("heading", .heading(attack, caption: attack)),
            ("subnav", .subnav(label: attack, [link], current: "")),
            ("facts", .facts([pair])),
            ("question", .questionLink(attack, to: attack, hidden: attack)),
            ("entries", .entries([entry])),
            ("timeline", .timeline([TimelineEntry("\(attack)", at: attack, attack, by: attack)])),
            ("gates", .gates([Gate(attack, detail: "\(attack)", "")])), ("count", .count(attack)),
            ("message", .message(from: attack, at: attack, attack, isOwn: true, text: attack)),
            ("clock", .clock(attack, sentence: "\(attack)", spans: [], dates: [pair])),
            ("files", .files([FileItem(attack, detail: "\(attack)", href: attack)])),
            ("linkButton", .linkButton(attack, hidden: attack, name: attack, value: attack)),
        ]
    }

    @Test("Nothing put into a component becomes a tag or an attribute", arguments: everything.map(\.0))
    func safe(name: String) throws {
        let markup = try #require(Self.everything.first { $0.0 == name }?.1)
        let tags = outline(markup.text).filter { $0.hasPrefix("<") }
        #expect(!tags.contains { $0.lowercased().hasPrefix("<script") })
        #expect(!tags.contains { tag in tag.split(separator: "|").dropFirst().contains { $0.hasPrefix("onfocus") } })
        #expect(markup.text.contains("&lt;script&gt;"), "the text itself is there")
        #expect(!markup.bytes.contains(0) && !markup.text.unicodeScalars.contains("\u{202e}"))
    }

    @Test("Typed paragraphs and lines stay apart, in the text's own direction")
    func paragraphs() {
        #expect(HTML.paragraphs("a\nb\n\n \nc<").text == "<p dir=\"auto\">a<br>b</p><p dir=\"auto\">c&lt;</p>")
    }

    @Test("Sizes read as people say them")
    func sizes() {
        #expect(
            [0, 1, 999, 1_499, 999_600, 2_400_000, 61_000_000, 2_147_483_648].map(HTML.size) == [
                "0 bytes", "1 byte", "999 bytes", "1KB", "1MB", "2.4MB", "61MB", "2.1GB",
            ])
    }

    @Test("The bar of the clock draws every day once and marks today before the days left")
    func bar() {
        let bar = HTML.clockBar([ClockSpan(.counted, days: 7), ClockSpan(.paused, days: 5), ClockSpan(.left, days: 11)])
            .text
        #expect(bar.contains("viewBox=\"0 0 230 20\"") && bar.contains("app-clock--today\" x=\"118\""))
        #expect(HTML.clockBar([]).isEmpty && HTML.clockBar([ClockSpan(.counted, days: 0)]).isEmpty)
        #expect(!HTML.clockBar([ClockSpan(.counted, days: 28), ClockSpan(.late, days: 3)]).text.contains("today"))
    }
}
