import Casework
import Hummingbird
import Rights
import Store
import Web

extension Desk {
    /// Finding a case by name, reference, NHS number or date of birth.
    var searchRoutes: [Route] {
        [.get(Place.search, .staff(.viewCases)) { visit in try await search(visit) }]
    }

    private func search(_ visit: StaffVisit) async throws -> Response {
        let typed = visit.query("q")
        let (policy, today) = (casework.policies.current, visit.today)
        let filter = SummaryFilter(for: .staff(visit.staff.own))
        let offset = (visit.page() - 1) * CaseListPage.perPage
        let (found, count, names) = try await casework.store.read { transaction in
            (
                try transaction.search(typed, filter, offset: offset, limit: CaseListPage.perPage),
                try transaction.countFound(typed, filter, most: SearchPage.most), try transaction.staffNames()
            )
        }
        let page = SearchPage(
            typed: typed, rows: found.map { CaseRow($0, under: policy, names: names, on: today) }, count: count,
            page: visit.page())
        return visit.show(
            Page(
                "Search", trail: [Link("Today", Place.today)], current: Place.search,
                "\(.heading("Search"))\(page.html)"))
    }
}

/// What a search found.
struct SearchPage: Sendable {
    /// Counted no further than this: beyond it more words help more than more pages.
    static let most = 500

    let typed: String
    let rows: [CaseRow]
    let count: Int
    let page: Int

    var html: HTML {
        let field = Field("q", typed)
        return """
            \(.toolbar(
                search: field,
                label: "Name, reference, NHS number, hospital number or date of birth (such as 4/7/1979)",
                action: Place.search))\(results)
            """
    }

    private var results: HTML {
        guard !typed.isBlank else { return .insetText("<p>Type one or more of them. Parts of names are enough.</p>") }
        guard !rows.isEmpty else {
            return .insetText("<p role=\"status\">Nothing was found for “\(person: typed)”. Try fewer words.</p>")
        }
        let words = count > SearchPage.most ? "More than \(SearchPage.most) cases" : counted(count, "case")
        let pages = (min(count, SearchPage.most) + CaseListPage.perPage - 1) / CaseListPage.perPage
        return .box(.count(words) + .caseTable("Cases found", rows))
            + .pagination(current: page, of: pages) { "\(Place.search)?q=\(percentEncoded(typed))&page=\($0)" }
    }
}
