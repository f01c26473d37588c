import Foundation
import Rights
import Testing

@testable import Web

/// Our components against what the library's own templates make of the same parameters (`Upstream/record.py`).
@Suite struct ConformanceTests {
    @Test("A component has the markup of nhsuk-frontend's own template", arguments: components)
    func same(_ component: Component) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let recorded = try String(
            contentsOf: folder.appending(path: "Upstream/\(component.name).html"), encoding: .utf8)
        #expect(outline(component.markup.text) == outline(recorded))
    }

    @Test("The outline tells apart what a browser tells apart")
    func outlines() {
        #expect(outline("<p class=\"b a\"> x  y </p>") == outline("<p class=\"a b\">x\n y</p>"))
        #expect(outline("<p hidden>x</p>") != outline("<p>x</p>"))
        #expect(outline("<p title=\"a>b\">x</p>") == ["<p|title=a>b>", "x", "</p>"])
        #expect(outline("<p>x</p>") != outline("<p>y</p>"))
    }
}

struct Component: Sendable, CustomTestStringConvertible {
    let name: String
    let markup: HTML
    var testDescription: String { name }

    init(_ name: String, _ markup: HTML) {
        self.name = name
        self.markup = markup
    }
}

private let wrong = Field("n", "v", problem: "Problem")
private let choices = [
    Choice("a", "First", hint: "About it", reveals: "<p>More</p>"), Choice.or, Choice("b", "Second"),
]
private let chosen = Field("n", "b", problem: "Problem")

private let components: [Component] = [
    Component("button", .button("Save")),
    Component("button-secondary", .button("Save", .secondary, isSmall: true, name: "do", value: "save")),
    Component("button-link", .buttonLink("Start", to: "/start")),
    Component(
        "input",
        .input(wrong, label: "Label", hint: "Hint", kind: .email, width: .ten, autocomplete: "email", spellcheck: false)
    ),
    Component("input-plain", .input(Field("n"), label: "Label")),
    Component(
        "input-heading",
        .input(Field("n"), label: .heading("What is it?"), kind: .digits, prefix: "£", suffix: "a day")),
    Component("password-input", .passwordInput(wrong, label: "Label", hint: "Hint", autocomplete: "new-password")),
    Component(
        "textarea",
        .textarea(Field("n", "a\nb", problem: "Problem"), label: "Label", hint: "Hint", rows: 8)),
    Component("character-count", .textarea(wrong, label: "Label", hint: "Hint", most: 200)),
    Component(
        "date-input",
        .dateInput(
            DateField("dob", Day(year: 1979, month: 7, day: 4), problem: "Problem"), legend: .medium("Date of birth"),
            hint: "Hint", isBirth: true)),
    Component("date-input-plain", .dateInput(DateField("on"), legend: .heading("When"))),
    Component(
        "file-upload",
        .fileUpload(Field("f", problem: "Problem"), label: "Label", hint: "Hint", accept: [".pdf", ".jpg"])),
    Component("fieldset", .fieldset(.heading("Legend"), "<p>x</p>")),
    Component("radios", .radios(chosen, legend: .heading("Legend"), hint: "Hint", choices)),
    Component(
        "radios-inline",
        .radios(Field("n"), legend: "Legend", isInline: true, [Choice("yes", "Yes"), Choice("no", "No")])),
    Component(
        "radios-small",
        .radios(Field("n"), legend: .small("Legend"), [Choice("yes", "Yes"), Choice("no", "No")])),
    Component(
        "checkboxes-small",
        .checkboxes(Field("n"), legend: .small("Legend"), [Choice("a", "First"), Choice("b", "Second")])),
    Component(
        "checkboxes",
        .checkboxes(
            chosen, legend: .medium("Legend"), hint: "Hint", choices + [Choice("none", "None", isExclusive: true)])),
    Component("checkbox", .checkbox(Field("n", problem: "Problem"), label: "I agree", hint: "To it")),
    Component(
        "select",
        .select(chosen, label: "Label", hint: "Hint", [Choice("a", "First"), Choice("b", "Second")])),
    Component("error-summary", .errorSummary([("Enter a name", "name"), ("Wait", nil)])),
    Component("inset-text", .insetText("<p>x</p>")),
    Component("details", .details("Help", "<p>x</p>")),
    Component("details-open", .details("Help", isOpen: true, "<p>x</p>")),
    Component("notification-banner", .notificationBanner("<p>x</p>")),
    Component("notification-banner-success", .successBanner(.noticeHeading("Done"))),
    Component("panel", .panel("Done", "Your reference<br><strong>1</strong>")),
    Component("pagination", .pagination(current: 5, of: 7) { "/\($0)" }),
    Component("pagination-first", .pagination(current: 1, of: 2) { "/\($0)" }),
    Component(
        "summary-list",
        .summaryList([
            SummaryRow("Name", "Amina", actions: [Link("Change", "/c", hidden: "name")]),
            SummaryRow("Born", "<b>1979</b>"),
            SummaryRow("Files", "2", actions: [Link("Add", "/c", hidden: "file"), Link("Delete", "/d")]),
        ])),
    Component("summary-list-plain", .summaryList([SummaryRow("Born", "<b>1979</b>")], hasBorder: false)),
    Component(
        "table-responsive",
        .responsiveTable(.hidden("Requests"), [Column("Name"), Column("Days", isNumeric: true)], [["Amina", "7"]])),
    Component("tag", .tag("Late", .red)),
    Component(
        "task-list",
        .taskList(
            id: "t",
            [
                TaskItem("One", to: "/1", .completed), TaskItem("Two", to: "/2", hint: "Some", .incomplete),
                TaskItem("Three", to: nil, .cannotStartYet),
            ])),
    Component("warning-callout", .warningCallout("Careful", level: .three, "<p>x</p>")),
    Component("back-link", .backLink(Link("Back to it", "/b"))),
    Component("breadcrumb", .breadcrumb([Link("Today", "/a"), Link("All", "/b")])),
    Component("card", .card("Heading", "<p>x</p>")),
    Component("card-feature", .featureCard("Heading", "<p>x</p>")),
    Component("card-link", .linkCard(Link("Requests", "/r"), "All of them")),
    Component("skip-link", .skipLink),
]
