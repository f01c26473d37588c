extension HTML {
    /// What must be put right, at the top of a page; each item leads to its field.
    ///
    /// - Parameter problems: the words and the identifier of the element to go to, if there is one.
    package static func errorSummary(_ problems: [(text: String, id: String?)]) -> HTML {
        guard !problems.isEmpty else { return .empty }
        return """
            <div class="nhsuk-error-summary" data-module="nhsuk-error-summary"><div role="alert">\
            <h2 class="nhsuk-error-summary__title">There is a problem</h2>\
            <div class="nhsuk-error-summary__body"><ul class="nhsuk-list nhsuk-error-summary__list">\
            \(each: problems, { problem -> HTML in
                guard let id = problem.id else { return "<li>\(problem.text)</li>" }
                return "<li><a href=\"#\(id)\">\(problem.text)</a></li>"
            })</ul></div></div></div>
            """
    }

    /// Words set apart from those around them.
    package static func insetText(_ content: HTML) -> HTML {
        """
        <div class="nhsuk-inset-text"><span class="nhsuk-u-visually-hidden">Information: </span>\(content)</div>
        """
    }

    /// Help that opens when asked for.
    package static func details(_ summary: String, isOpen: Bool = false, _ content: HTML) -> HTML {
        """
        <details class="nhsuk-details"\(" open", when: isOpen)><summary class="nhsuk-details__summary">\
        <span class="nhsuk-details__summary-text">\(summary)</span></summary>\
        <div class="nhsuk-details__text">\(content)</div></details>
        """
    }

    /// Something that concerns the person but not the page. The content has its own markup; begin it with
    /// `noticeHeading`.
    ///
    /// - Parameter id: of its title, for pages that show several.
    package static func notificationBanner(
        titled title: String = "Important", id: String = "nhsuk-notification-banner-title", _ content: HTML
    ) -> HTML {
        banner(title, id: id, modifier: "", role: "region", content)
    }

    /// What was just done, and worked.
    package static func successBanner(_ content: HTML) -> HTML {
        banner(
            "Success", id: "nhsuk-notification-banner-title", modifier: " nhsuk-notification-banner--success",
            role: "alert", content)
    }

    /// The main sentence of a banner.
    package static func noticeHeading(_ text: String) -> HTML {
        "<p class=\"nhsuk-notification-banner__heading\">\(text)</p>"
    }

    private static func banner(_ title: String, id: String, modifier: HTML, role: HTML, _ content: HTML) -> HTML {
        """
        <div class="nhsuk-notification-banner\(modifier)" data-module="nhsuk-notification-banner" role="\(role)" \
        aria-labelledby="\(id)"><div class="nhsuk-notification-banner__header">\
        <h2 class="nhsuk-notification-banner__title" id="\(id)">\(title)</h2></div>\
        <div class="nhsuk-notification-banner__content">\(content)</div></div>
        """
    }

    /// The end of a journey: it is done, and this is its number. The title is the page's `h1`.
    package static func panel(_ title: String, _ content: HTML) -> HTML {
        """
        <div class="nhsuk-panel"><h1 class="nhsuk-panel__title">\(title)</h1>\
        <div class="nhsuk-panel__body">\(content)</div></div>
        """
    }

    /// What must not be missed. The library's template has a heading of the third level unless told otherwise; ours
    /// stands right under the page's own.
    package static func warningCallout(_ heading: String, level: HeadingLevel = .two, _ content: HTML) -> HTML {
        let words: HTML = """
            <span role="text"><span class="nhsuk-u-visually-hidden">Important:</span> \(heading)</span>
            """
        return """
            <div class="nhsuk-card nhsuk-card--warning"><div class="nhsuk-card__content">\
            \(level.element(words, class: "nhsuk-card__heading"))\(content)</div></div>
            """
    }
}
