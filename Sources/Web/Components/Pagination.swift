extension HTML {
    /// The way to the other pages of a list, or nothing when it has one page.
    ///
    /// - Parameters:
    ///   - current: the page shown, from 1.
    ///   - href: where a page is.
    package static func pagination(current: Int, of pages: Int, _ href: (Int) -> String) -> HTML {
        guard pages > 1 else { return .empty }
        let previous: HTML =
            current > 1
            ? """
            <a href="\(href(current - 1))" class="nhsuk-pagination__previous" rel="prev">\(arrowLeft)\
            <span class="nhsuk-pagination__title">Previous<span class="nhsuk-u-visually-hidden"> page</span></span></a>
            """ : ""
        let next: HTML =
            current < pages
            ? """
            <a href="\(href(current + 1))" class="nhsuk-pagination__next" rel="next">\
            <span class="nhsuk-pagination__title">Next<span class="nhsuk-u-visually-hidden"> page</span></span>\
            \(arrowRight)</a>
            """ : ""
        return """
            <nav class="nhsuk-pagination nhsuk-pagination--numbered" role="navigation" aria-label="Pagination">\
            \(previous)<ul class="nhsuk-pagination__list">\
            \(each: pageNumbers(current, pages), { paginationItem($0, isCurrent: $0 == current, href) })</ul>\(next)</nav>
            """
    }

    /// The first, the last, the current and its neighbours; nothing where some are left out.
    private static func pageNumbers(_ current: Int, _ pages: Int) -> [Int?] {
        let shown = Set([1, current - 1, current, current + 1, pages]).filter { (1...pages).contains($0) }.sorted()
        var numbers: [Int?] = []
        var last = 0
        for number in shown {
            if number == last + 2 { numbers.append(last + 1) }
            if number > last + 2 { numbers.append(nil) }
            numbers.append(number)
            last = number
        }
        return numbers
    }

    private static func paginationItem(_ number: Int?, isCurrent: Bool, _ href: (Int) -> String) -> HTML {
        guard let number else {
            return "<li class=\"nhsuk-pagination__item nhsuk-pagination__item--ellipsis\">&ctdot;</li>"
        }
        return """
            <li class="nhsuk-pagination__item\(" nhsuk-pagination__item--current", when: isCurrent)">\
            <a class="nhsuk-pagination__link" href="\(href(number))" aria-label="Page \(number)"\
            \(" aria-current=\"page\"", when: isCurrent)>\(number)</a></li>
            """
    }

    private static let arrowLeft: HTML = """
        <svg class="nhsuk-icon nhsuk-icon--arrow-left" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" \
        width="16" height="16" focusable="false" aria-hidden="true"><path d="M10.7 6.3c.4.4.4 1 0 1.4L7.4 11H19a1 1 0 \
        0 1 0 2H7.4l3.3 3.3c.4.4.4 1 0 1.4a1 1 0 0 1-1.4 0l-5-5A1 1 0 0 1 4 12c0-.3.1-.5.3-.7l5-5a1 1 0 0 1 1.4 0Z"/>\
        </svg>
        """

    private static let arrowRight: HTML = """
        <svg class="nhsuk-icon nhsuk-icon--arrow-right" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" \
        width="16" height="16" focusable="false" aria-hidden="true"><path d="m14.7 6.3 5 5c.2.2.3.4.3.7 0 .3-.1.5-.3.7l\
        -5 5a1 1 0 0 1-1.4-1.4l3.3-3.3H5a1 1 0 0 1 0-2h11.6l-3.3-3.3a1 1 0 1 1 1.4-1.4Z"/></svg>
        """
}
