import Rights
import Web

extension OpenedCase {
    /// One of the case's pages: head, actions, the way to the other pages, and what was just done.
    func page(_ page: CasePage, for visit: StaffVisit, form: Form? = nil, _ content: HTML) -> Page {
        let own = page.link(in: self)
        let title =
            page == .overview ? matter.subject.name.full : "\(page.link(in: self).text), \(matter.subject.name.full)"
        return Page(
            "\(matter.reference) \(title)",
            trail: [Link("Today", Place.today), Link("All requests", Place.requests)], current: Place.requests,
            form: form,
            """
            \(Done.banner(visit))<div class="app-case-head">\(CaseHead(self).html)\(CaseActions(self).html)</div>\
            \(.subnav(label: "Case", CasePage.allCases.map { $0.link(in: self) }, current: own.href))\(content)
            """)
    }
}

/// Where the pages are that others link to.
enum Place {
    static let today = "/"
    static let requests = "/requests"
    static let search = "/search"
    static let intake = "/intake"
    static let advice = "/advice"
    static let compliance = "/reports/compliance"
    static let settings = "/settings"
    static let failedWork = "/settings/failed-work"
}
