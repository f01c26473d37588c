extension HTML {
    /// A white box with a heading that names it.
    package static func section(
        _ heading: String, id: String, level: HeadingLevel = .two, isHidden: Bool = false, _ content: HTML
    ) -> HTML {
        """
        <section class="app-panel" aria-labelledby="\(id)">\
        \(sectionHeading(heading, id: id, level: level, isHidden: isHidden))\(content)</section>
        """
    }

    /// A white box about one thing that stands in some state: the state's tag is beside the heading.
    package static func section(_ heading: String, id: String, tag: HTML, _ content: HTML) -> HTML {
        """
        <section class="app-panel" aria-labelledby="\(id)"><div class="app-panel__top">\
        \(sectionHeading(heading, id: id, level: .two, isHidden: false))\(tag)</div>\(content)</section>
        """
    }

    private static func sectionHeading(_ text: String, id: String, level: HeadingLevel, isHidden: Bool) -> HTML {
        let hidden: HTML = isHidden ? " class=\"nhsuk-u-visually-hidden\"" : ""
        switch level {
        case .one: return "<h1 id=\"\(id)\"\(hidden)>\(text)</h1>"
        case .two: return "<h2 id=\"\(id)\"\(hidden)>\(text)</h2>"
        case .three: return "<h3 id=\"\(id)\"\(hidden)>\(text)</h3>"
        case .four: return "<h4 id=\"\(id)\"\(hidden)>\(text)</h4>"
        }
    }

    /// A white box without a heading of its own, round a table.
    package static func box(_ content: HTML) -> HTML { "<div class=\"app-panel\">\(content)</div>" }

    /// Text in a column of comfortable width: two thirds of the page.
    package static func twoThirds(_ content: HTML) -> HTML {
        "<div class=\"nhsuk-grid-row\"><div class=\"nhsuk-grid-column-two-thirds\">\(content)</div></div>"
    }

    /// A wide column of text and a narrow one beside it.
    package static func twoThirds(_ content: HTML, beside: HTML) -> HTML {
        """
        <div class="nhsuk-grid-row"><div class="nhsuk-grid-column-two-thirds">\(content)</div>\
        <div class="nhsuk-grid-column-one-third">\(beside)</div></div>
        """
    }

    /// The desk's two columns: the work on the left, what is known on the right; one column on a small screen.
    package static func columns(main: HTML, side: HTML) -> HTML {
        "<div class=\"app-two\"><div>\(main)</div><div class=\"app-side\">\(side)</div></div>"
    }

    /// Two boxes of a form beside each other where there is room, and under each other elsewhere.
    package static func pair(_ first: HTML, _ second: HTML) -> HTML {
        "<div class=\"app-pair\"><div>\(first)</div><div>\(second)</div></div>"
    }

    /// A page's heading with a smaller line above it.
    package static func heading(_ text: String, caption: String? = nil) -> HTML {
        guard let caption else { return "<h1>\(person: text)</h1>" }
        return "<h1><span class=\"nhsuk-caption-l\">\(caption) </span>\(person: text)</h1>"
    }

    /// A row of buttons for what can be done here.
    package static func actions(_ content: HTML) -> HTML { "<div class=\"app-actions\">\(content)</div>" }

    /// The pages of one thing, as links; not tabs.
    package static func subnav(label: String, _ links: [Link], current: String) -> HTML {
        """
        <nav class="app-subnav" aria-label="\(label)"><ul>\
        \(each: links, { """
            <li><a href="\($0.href)"\(" aria-current=\"page\"", when: $0.href == current)>\
            \($0.text)\(counted($0.count))</a></li>
            """ })</ul></nav>
        """
    }

    /// A line that must be seen before anything else on the page.
    package static func alert(_ content: HTML) -> HTML {
        """
        <div class="app-alert"><svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">\
        <path class="app-alert__sign" d="M12 1 0 22h24z"/>\
        <path class="app-alert__mark" stroke-width="2.4" stroke-linecap="round" d="M12 9v6"/>\
        <circle class="app-alert__dot" cx="12" cy="18.6" r="1.5"/></svg>\
        <p><span class="nhsuk-u-visually-hidden">Important: </span>\(content)</p></div>
        """
    }

    /// What is known of the subject, in one line under the name: pairs, then tags.
    package static func facts(_ pairs: [(key: String, value: HTML)], tags: [HTML] = []) -> HTML {
        """
        <ul class="app-facts">\(each: pairs, { "<li>\($0.key) <b>\($0.value)</b></li>" })\
        \(each: tags, { "<li>\($0)</li>" })</ul>
        """
    }

    /// An NHS number or reference that must not be broken across lines. An NHS number is shown as `999 123 4567`.
    package static func unbroken(_ text: String) -> HTML { "<span class=\"app-nowrap\">\(text)</span>" }

    /// An email address, which may be broken before its `@` and, where there is still no room, at a dot of its domain.
    package static func email(_ address: String) -> HTML {
        guard let at = address.lastIndex(of: "@") else { return "\(person: address)" }
        let parts = address[at...].split(separator: ".", omittingEmptySubsequences: false)
        return """
            <bdi>\(address[..<at])\
            \(each: parts.enumerated(), { index, part -> HTML in "<wbr>\(".", when: index > 0)\(part)" })</bdi>
            """
    }

    /// The sign of a question that waits for an answer, with words beside it.
    package static func questionLink(_ text: String, to href: String, hidden: String) -> HTML {
        """
        <a class="app-msg" href="\(href)"><svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">\
        <circle class="app-msg__disc" cx="12" cy="12" r="11"/><path class="app-msg__hook" stroke-width="2.4" \
        stroke-linecap="round" d="M8.6 9.2a3.4 3.4 0 1 1 5 3c-1.1.6-1.6 1.1-1.6 2.2"/>\
        <circle class="app-msg__dot" cx="12" cy="18" r="1.5"/></svg>\(text)\(hiddenText(hidden))</a>
        """
    }

    /// Short entries under each other: words, a second line, and a tag at the end.
    package static func entries(_ entries: [(link: Link, detail: HTML, tag: HTML)]) -> HTML {
        """
        <ul class="app-mini">\
        \(each: entries, { """
            <li><a href="\($0.link.href)">\(person: $0.link.text)\(counted($0.link.count))</a>\
            <span>\($0.detail)</span>\($0.tag)</li>
            """ })</ul>
        """
    }
}
