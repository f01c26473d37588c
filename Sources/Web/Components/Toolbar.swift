extension HTML {
    /// A list's search on the left and its buttons on the right.
    ///
    /// - Parameters:
    ///   - action: the list's own path; the search is a GET.
    ///   - keeping: what else of the list stays as it is when somebody searches (its order), by name and value.
    ///   - end: buttons; begin with `refreshLink` and `fullScreenButton` where the list has them.
    package static func toolbar(
        search field: Field, label: Label, action: String, keeping: [(name: String, value: String)] = [],
        end: HTML = ""
    ) -> HTML {
        """
        <div class="app-toolbar"><form action="\(action)" method="get" role="search">\
        \(each: keeping, { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" })\
        \(input(field, label: label, kind: .search, autocomplete: "off", spellcheck: false))\
        <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" data-module="nhsuk-button" \
        type="submit">Search</button></form><div class="app-toolbar__end">\(end)</div></div>
        """
    }

    /// Loads the list anew. With JavaScript only the list changes and what is typed elsewhere stays; it is the part
    /// marked by `refreshable`.
    package static func refreshLink(to href: String) -> HTML {
        buttonLink(
            "Refresh", to: href, .secondary, isSmall: true, hidden: "the list",
            attributes: [Attribute("data-app-refresh")])
    }

    /// Opens and closes the full-screen view; seen only where JavaScript runs.
    package static var fullScreenButton: HTML {
        """
        <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="button" data-app-fullscreen \
        aria-pressed="false" hidden><span data-label>Full screen</span></button>
        """
    }

    /// The part of a page that `refreshLink` replaces. It holds its own line of how many there are.
    package static func refreshable(_ content: HTML) -> HTML {
        "<div id=\"app-list\" data-app-list>\(content)</div>"
    }

    /// The line above a list that says how many it shows; read out when it changes.
    package static func count(_ text: String) -> HTML {
        "<p class=\"app-countline\" role=\"status\">\(text)</p>"
    }
}
