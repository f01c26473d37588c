import Rights
import Testing

@Suite("Texts a trust may edit")
struct WordingTests {
    @Test("The first heading is the title; paragraphs, lists, bold, links and line breaks are read")
    func blocks() throws {
        let wording = try Markdown(
            """
            # We have your request {{reference}}

            Your request **{{reference}}** came to us
            on {{received}}.

            - the first thing
              goes on here
            - see [the guide](https://example.org/guide)

            1. one
            2. two

            ## Who we are
            Line one\\
            line two
            """)
        #expect(wording.title == [.text("We have your request "), .field(.reference)])
        #expect(
            wording.blocks == [
                .paragraph([
                    .text("Your request "), .bold([.field(.reference)]), .text(" came to us on "),
                    .field(.received), .text("."),
                ]),
                .list(
                    ordered: false,
                    items: [
                        [.text("the first thing goes on here")],
                        [
                            .text("see "),
                            .link(label: [.text("the guide")], target: [.literal("https://example.org/guide")]),
                        ],
                    ]),
                .list(ordered: true, items: [[.text("one")], [.text("two")]]),
                .heading(level: 2, [.text("Who we are")]),
                .paragraph([.text("Line one"), .lineBreak, .text("line two")]),
            ])
        #expect(wording.fields == [.reference, .received])
    }

    @Test("A text without a level-1 heading has no title")
    func noTitle() throws {
        let wording = try Markdown("Your code is {{code}}")
        #expect(wording.title.isEmpty)
        #expect(wording.blocks == [.paragraph([.text("Your code is "), .field(.code)])])
    }

    @Test("A sign after a backslash is meant as itself")
    func escapes() throws {
        let wording = try Markdown(#"\*\*not bold\*\* \[no link\] \{\{no field\}\} a\b"#)
        #expect(wording.blocks == [.paragraph([.text(#"**not bold** [no link] {{no field}} a\b"#)])])
    }

    @Test("Every fault is told at once, with its line")
    func faults() {
        #expect {
            try Markdown("Good line\n\n**never ends\n\n[label] and\n\n{{Not A Name}}\n\n{{open\n\n#### four")
        } throws: { error in
            (error as? Markdown.Unreadable)?.faults.map(\.line) == [3, 5, 7, 9, 11]
        }
    }

    @Test("A value is never read as markup", arguments: ["**bold**", "[x](https://evil.example)", "{{other}}", "# h"])
    func valuesStayText(value: String) throws {
        let filled = try Markdown("Dear {{requester-name}}").filled(with: [.requesterName: value])
        #expect(filled.blocks == [.paragraph([.text("Dear "), .text(value)])])
    }

    @Test("A line end in a value becomes a line break, in the title a space")
    func lineEnds() throws {
        let filled = try Markdown("# About {{reason}}\n\n{{reason}}").filled(with: [.reason: "one\r\ntwo"])
        #expect(filled.blocks == [.paragraph([.text("one"), .lineBreak, .text("two")])])
        #expect(filled.plainTitle == "About one two")
    }

    @Test("A field without a value stops the text from leaving")
    func missing() throws {
        let wording = try Markdown("# {{part}}\n\n{{due}} {{code}}")
        #expect(throws: UnfilledMarkdown.missing([.due, .part])) { try wording.filled(with: [.code: "x"]) }
    }

    @Test(
        "A link leads only where links may lead",
        arguments: [
            "javascript:alert(1)", "data:text/html,x", "http://example.org/", "//example.org", "https://a b",
            "https://example.org/\"onclick=", "http://localhost.evil.example/", "",
        ])
    func unsafeLinks(address: String) throws {
        let wording = try Markdown("[Login]({{link}})")
        #expect(throws: UnfilledMarkdown.unsafeAddress(fields: [.link])) { try wording.filled(with: [.link: address]) }
    }

    @Test(
        "Addresses of the portal are kept as they are",
        arguments: [
            "https://sar.example.org/verify/abc?x=1&y=2#z", "/Account/Login", "http://127.0.0.1:8080/v/1",
            "mailto:sar@example.org",
        ])
    func safeLinks(address: String) throws {
        let filled = try Markdown("[Login]({{link}})").filled(with: [.link: address])
        #expect(filled.blocks == [.paragraph([.link(label: [.text("Login")], target: address)])])
    }

    @Test("Plain text keeps lists, breaks and the whole address of a link")
    func plainText() throws {
        let filled = try Markdown(
            """
            # Files for {{reference}}

            Your files are **ready**. Read [our guide](https://example.org/guide) first.

            [Login]({{link}})

            1. sign in
            2. download

            Trust\\
            Department
            """
        ).filled(with: [.reference: "SAR-1", .link: "https://sar.example.org/Account/Login"])
        #expect(filled.plainTitle == "Files for SAR-1")
        #expect(
            filled.plainText == """
                Your files are ready. Read our guide <https://example.org/guide> first.

                Login: https://sar.example.org/Account/Login

                1. sign in
                2. download

                Trust
                Department

                """)
    }
}
