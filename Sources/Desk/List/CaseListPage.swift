import Rights
import Store
import Web

/// A page of a list of cases with its filters, its count and the way to the other pages.
struct CaseListPage: Sendable {
    static let perPage = 50

    /// How far a list is counted: a thousand, because an exact number beyond helps nobody and would cost more with every
    /// case there is; and some pages on, so that one can go on turning pages.
    static func most(on page: Int) -> Int { max(1000, (page + 10) * perPage) }

    let query: CaseListQuery
    let rows: [CaseRow]
    /// How many cases the filter lets through, counted no further than `most` and one more.
    let count: Int
    let policy: Policy
    /// Whether the list may be taken away as a file.
    let mayExport: Bool

    private var pages: Int { max(1, (count + CaseListPage.perPage - 1) / CaseListPage.perPage) }

    var content: HTML {
        let table: HTML =
            rows.isEmpty
            ? "<p>No case fits. Change what is shown above.</p>" : .caseTable("Cases", rows, query: query)
        return """
            \(filters)\(.box(.refreshable(.count(countInWords) + table)))\
            \(.pagination(current: min(query.page, pages), of: pages) { query.href(page: $0) })
            """
    }

    private var countInWords: String {
        guard count > CaseListPage.perPage else { return counted(count, "case") }
        let first = (query.page - 1) * CaseListPage.perPage + 1
        let most = CaseListPage.most(on: query.page)
        let all = count > most ? "more than \(counted(most, "case"))" : counted(count, "case")
        return "\(first) to \(first + rows.count - 1) of \(all)"
    }

    private var filters: HTML {
        let departments = policy.departments.all.filter(\.ownsCases).map { Choice($0.code, $0.label) }
        let actions = NextAction.Kind.allCases.filter { $0 != .none }.map { Choice($0.rawValue, $0.label) }
        let export: HTML =
            mayExport
            ? .buttonLink("Download as CSV", to: query.href(at: "\(Place.requests).csv"), .secondary, isSmall: true)
            : ""
        return """
            <form action="\(query.path)" method="get" class="app-filters">\
            <input type="hidden" name="sort" value="\(query.column.rawValue)">\
            <input type="hidden" name="order" value="\(query.isDescending ? "down" : "up")">\
            \(select("state", "Show", query.openness.rawValue, CaseListQuery.Openness.allCases.map { Choice($0.rawValue, $0.label) }))\
            \(select("handler", "With", query.handler.rawValue, CaseListQuery.Handler.allCases.map { Choice($0.rawValue, $0.label) }))\
            \(select("department", "Department", query.department, [Choice("", "Any")] + departments))\
            \(select("action", "Next action", query.action, [Choice("", "Any")] + actions))\
            \(select("due", "Due", query.due.rawValue, CaseListQuery.Due.allCases.map { Choice($0.rawValue, $0.label) }))\
            \(select("result", "Result", query.result.rawValue, CaseListQuery.Result.allCases.map { Choice($0.rawValue, $0.label) }))\
            \(query.month.map { """
                <input type="hidden" name="month" value="\($0.description)">\
                <p>Received in \($0.inWords)</p>
                """ })\
            <div class="app-filters__end">\
            <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" data-module="nhsuk-button" \
            type="submit">Show</button>\(.refreshLink(to: query.href))\(export)</div></form>
            """
    }

    private func select(_ name: String, _ label: String, _ value: String, _ choices: [Choice]) -> HTML {
        .select(Field(name, value), label: Label(label), choices)
    }
}
