extension HTML {
    /// A box with a heading.
    package static func card(_ heading: String, level: HeadingLevel = .two, _ content: HTML) -> HTML {
        """
        <div class="nhsuk-card"><div class="nhsuk-card__content">\
        \(level.element("\(heading)", class: "nhsuk-card__heading"))\(content)</div></div>
        """
    }

    /// A box whose heading stands out in blue.
    package static func featureCard(_ heading: String, level: HeadingLevel = .two, _ content: HTML) -> HTML {
        """
        <div class="nhsuk-card nhsuk-card--feature"><div class="nhsuk-card__content">\
        \(level.element("\(heading)", class: "nhsuk-card__heading"))\(content)</div></div>
        """
    }

    /// A box that leads somewhere as a whole.
    package static func linkCard(_ link: Link, level: HeadingLevel = .two, _ description: String) -> HTML {
        let heading = level.element(
            "<a class=\"nhsuk-card__link\" href=\"\(link.href)\">\(link.text)\(counted(link.count))</a>",
            class: "nhsuk-card__heading nhsuk-heading-s")
        return """
            <div class="nhsuk-card nhsuk-card--clickable"><div class="nhsuk-card__content">\
            \(heading)<p class="nhsuk-card__description">\(description)</p></div></div>
            """
    }

    /// Cards beside each other, two or three in a row where there is room.
    package static func cards(_ cards: [HTML]) -> HTML {
        """
        <ul class="app-cards\(" app-cards--3", when: cards.count % 3 == 0)">\
        \(each: cards, { "<li>\($0)</li>" })</ul>
        """
    }

    /// A count of unread things beside words, or nothing when there are none.
    static func counted(_ count: Int) -> HTML {
        guard count > 0 else { return .empty }
        return " <span class=\"app-count\">\(count)<span class=\"nhsuk-u-visually-hidden\"> unread</span></span>"
    }
}

/// Where a heading stands in the page's outline.
package enum HeadingLevel: Sendable {
    case one, two, three, four

    func element(_ content: HTML, class name: HTML) -> HTML {
        switch self {
        case .one: "<h1 class=\"\(name)\">\(content)</h1>"
        case .two: "<h2 class=\"\(name)\">\(content)</h2>"
        case .three: "<h3 class=\"\(name)\">\(content)</h3>"
        case .four: "<h4 class=\"\(name)\">\(content)</h4>"
        }
    }
}
