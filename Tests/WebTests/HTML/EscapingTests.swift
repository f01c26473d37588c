import Testing

@testable import Web

@Suite struct EscapingTests {
    @Test("The five characters of markup are escaped")
    func five() {
        let page: HTML = "<p title=\"\("\"'<>&")\">\("<b>\"'&</b>")</p>"
        #expect(page.text == "<p title=\"&quot;&#39;&lt;&gt;&amp;\">&lt;b&gt;&quot;&#39;&amp;&lt;/b&gt;</p>")
    }

    // A quote followed by a combining mark is one Character; an escaper of characters lets it through.
    @Test(
        "A character of markup is escaped whatever follows it",
        arguments: ["\u{301}", "\u{338}", "\u{200d}", "\u{fe0f}", "\u{20e3}", "\u{1f3fb}"],
        ["\"", "'", "<", ">", "&"])
    func combining(mark: String, sign: String) {
        let attack = sign + mark + " onmouseover=alert(1) x=" + sign + mark
        let page: HTML = "<input value=\"\(attack)\">"
        let inside = page.bytes.dropFirst("<input value=\"".utf8.count).dropLast("\">".utf8.count)
        #expect(!inside.contains(0x22) && !inside.contains(0x27) && !inside.contains(0x3c) && !inside.contains(0x3e))
        #expect(page.text.contains("onmouseover=alert(1)"), "nothing else of the text is lost")
    }

    @Test("Controls are dropped; tab and line ends stay")
    func controls() {
        let page: HTML = "\("a\u{0}b\u{1}c\u{8}\t\n\rd\u{1b}e\u{7f}f")"
        #expect(page.text == "abc\t\n\rdef")
    }

    @Test("Direction overrides are dropped; right-to-left names, emoji and typographic quotes stay")
    func directions() {
        let name = "مريم 👩🏽‍⚕️ O’Neill – חנה"
        #expect(HTML(text: name).text == name)
        #expect(HTML(text: "invoice\u{202e}gpj.exe").text == "invoicegpj.exe")
        #expect(HTML(text: "\u{2066}a\u{2069}\u{202a}b\u{202c}").text == "ab")
        #expect(HTML(text: "\u{200f}a\u{200e}").text == "\u{200f}a\u{200e}")
    }

    @Test("A name is isolated from the words around it")
    func person() {
        let page: HTML = "Dear \(person: "A<b>")"
        #expect(page.text == "Dear <bdi>A&lt;b&gt;</bdi>")
    }

    @Test("Every part of a bridged or sliced string is escaped too")
    func slices() {
        let text = "xx<script>yy"
        #expect(HTML(text: text.dropFirst(2).dropLast(2)).text == "&lt;script&gt;")
        #expect(HTML(text: String(repeating: "<", count: 3)).text == "&lt;&lt;&lt;")
    }

    @Test("A cut-off multi-byte character at the end is kept as text")
    func ends() {
        #expect(HTML(text: "a\u{2014}").text == "a\u{2014}")
        #expect(HTML(text: "\u{20ac}<").text == "\u{20ac}&lt;")
    }

    @Test("Loops, options and conditions")
    func parts() {
        let names = ["a", "<", "c"]
        let some: HTML? = "<i>x</i>"
        let none: HTML? = nil
        let page: HTML = """
            <ul>\(each: names, { "<li>\($0)</li>" })</ul>\(some)\(none)\(" checked", when: true)\(" off", when: false)\
            \(optional: nil)\(optional: "&")\(3)
            """
        #expect(page.text == "<ul><li>a</li><li>&lt;</li><li>c</li></ul><i>x</i> checked&amp;3")
    }

    @Test("Attributes are named by literals and their values escaped")
    func attributes() {
        let extra = [Attribute("data-x", "a\"b"), Attribute("hidden")]
        let page: HTML = "<p\(extra)\(attribute: "id", nil)\(attribute: "lang", "cy")>"
        #expect(page.text == "<p data-x=\"a&quot;b\" hidden lang=\"cy\">")
    }
}
