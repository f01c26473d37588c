extension HTML {
    /// How a button stands out. One page has one primary button.
    package enum ButtonStyle: Sendable {
        case primary, secondary, warning

        var modifier: HTML {
            switch self {
            case .primary: ""
            case .secondary: " nhsuk-button--secondary"
            case .warning: " nhsuk-button--warning"
            }
        }
    }

    /// A button that sends its form. Pressed twice in a row, it sends once.
    ///
    /// - Parameters:
    ///   - name, value: sent with the form, to tell several buttons of one form apart.
    package static func button(
        _ text: String, _ style: ButtonStyle = .primary, isSmall: Bool = false, name: String? = nil,
        value: String? = nil, attributes: [Attribute] = []
    ) -> HTML {
        """
        <button class="nhsuk-button\(style.modifier)\(" nhsuk-button--small", when: isSmall)"\
        \(attribute: "name", name) data-module="nhsuk-button" data-prevent-double-click="true" type="submit"\
        \(attribute: "value", value)\(attributes)>\(text)</button>
        """
    }

    /// A link that looks like a button: it leads somewhere and changes nothing.
    package static func buttonLink(
        _ text: String, to href: String, _ style: ButtonStyle = .primary, isSmall: Bool = false,
        hidden: String? = nil, attributes: [Attribute] = []
    ) -> HTML {
        """
        <a class="nhsuk-button\(style.modifier)\(" nhsuk-button--small", when: isSmall)" data-module="nhsuk-button" \
        href="\(href)" role="button" draggable="false"\(attributes)>\(text)\(hiddenText(hidden))</a>
        """
    }

    /// Buttons and links in one row.
    package static func buttonGroup(_ content: HTML) -> HTML {
        "<div class=\"nhsuk-button-group\">\(content)</div>"
    }

    /// A link whose purpose is plain out of its context: `hidden` is what screen readers hear after the words
    /// ("Remove" … "passport.jpg").
    package static func link(_ text: String, to href: String, hidden: String? = nil) -> HTML {
        "<a href=\"\(href)\">\(text)\(hiddenText(hidden))</a>"
    }

    /// Words that only screen readers hear, with a space before them.
    package static func hiddenText(_ text: String?) -> HTML {
        text.map { "<span class=\"nhsuk-u-visually-hidden\"> \($0)</span>" } ?? .empty
    }

    /// The link above a page's main part to the page before.
    package static func backLink(_ link: Link) -> HTML {
        "<a class=\"nhsuk-back-link\" href=\"\(link.href)\">\(link.text)</a>"
    }

    /// Where the page lies. On a phone only the last link is seen, as a way back.
    package static func breadcrumb(_ links: [Link]) -> HTML {
        guard let last = links.last else { return .empty }
        return """
            <nav class="nhsuk-breadcrumb" aria-label="Breadcrumb"><ol class="nhsuk-breadcrumb__list">\
            \(each: links, { """
                <li class="nhsuk-breadcrumb__list-item">\
                <a class="nhsuk-breadcrumb__link" href="\($0.href)">\($0.text)</a></li>
                """ })</ol><a class="nhsuk-back-link" href="\(last.href)">\
            <span class="nhsuk-u-visually-hidden">Back to</span> \(last.text)</a></nav>
            """
    }

    /// The first stop of the Tab key.
    package static var skipLink: HTML {
        """
        <a class="nhsuk-skip-link" data-module="nhsuk-skip-link" href="#maincontent">Skip to main content</a>
        """
    }
}

/// Where a link leads and what it says.
package struct Link: Sendable, Hashable {
    package let text: String
    package let href: String
    /// What screen readers hear after the words, where the words alone do not tell.
    package let hidden: String?
    /// How many unread things wait there; shown as a count.
    package let count: Int

    package init(_ text: String, _ href: String, hidden: String? = nil, count: Int = 0) {
        self.text = text
        self.href = href
        self.hidden = hidden
        self.count = count
    }
}
