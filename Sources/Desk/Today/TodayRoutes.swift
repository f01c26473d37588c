import Casework
import Hummingbird
import Rights
import Store
import Web

extension Desk {
    /// The first page after signing in, and the list of all requests.
    var listRoutes: [Route] {
        [
            // Everybody comes in here; who sees no cases has their work among the settings.
            .get(Place.today, .staff()) { visit in
                visit.may(.viewCases) ? try await today(visit) : visit.redirect(to: "/settings")
            },
            .get(Place.requests, .staff(.viewCases)) { visit in
                let query = CaseListQuery(
                    visit, path: Place.requests, openness: .any, order: SummaryOrder(.received, descending: true))
                let page = try await list(query, for: visit)
                return visit.show(
                    Page(
                        "All requests", trail: [Link("Today", Place.today)], current: Place.requests,
                        "\(.heading("All requests"))\(page.content)"))
            },
            .get("\(Place.requests).csv", .staff(.viewReports)) { visit in try await export(visit) },
        ]
    }

    /// What breaches next comes first, with the next action on each row.
    private func today(_ visit: StaffVisit) async throws -> Response {
        let query = CaseListQuery(visit, path: Place.today, openness: .open, order: SummaryOrder(.due))
        let page = try await list(query, for: visit)
        let overview = try await overview(for: visit)
        return visit.show(
            Page("Today", current: Place.today, "\(.heading("Today"))\(overview.html)\(page.content)"))
    }

    private func overview(for visit: StaffVisit) async throws -> TodayOverview {
        func query(_ change: (inout CaseListQuery) -> Void) -> CaseListQuery {
            var query = CaseListQuery(path: Place.today, openness: .open)
            change(&query)
            return query
        }
        let queries: [(label: String, query: CaseListQuery)] = [
            ("Late", query { $0.due = .late }), ("Due within 7 days", query { $0.due = .week }),
            ("With me", query { $0.handler = .mine }), ("With nobody yet", query { $0.handler = .nobody }),
            ("To read", query { $0.action = NextAction.Kind.readReply.rawValue }),
            ("To check", query { $0.action = NextAction.Kind.checkEvidence.rawValue }),
        ]
        let filters = queries.map { $0.query.filter(for: visit.staff, on: visit.today) }
        let counts = try await casework.store.read { transaction in
            try filters.map { try transaction.count($0, most: TodayOverview.most) }
        }
        return TodayOverview(
            figures: zip(queries, counts).map { (label: $0.label, href: $0.query.href, count: $1) })
    }

    private func export(_ visit: StaffVisit) async throws -> Response {
        let query = CaseListQuery(
            visit, path: Place.requests, openness: .any, order: SummaryOrder(.received, descending: true))
        let filter = query.filter(for: visit.staff, on: visit.today)
        let (found, names) = try await casework.store.read { transaction in
            (
                try transaction.cases(filter, by: query.order, on: visit.today, limit: 100_000),
                try transaction.staffNames()
            )
        }
        let file = CaseExport.file(found, under: casework.policies.current, names: names)
        return visit.download("requests-\(visit.today).csv", type: CSV.mediaType, file)
    }
}

/// The figures at the top of Today, each leading to its cases.
struct TodayOverview: Sendable {
    /// Counted no further than this: beyond it the exact number helps nobody.
    static let most = 999

    let figures: [(label: String, href: String, count: Int)]

    var html: HTML {
        """
        <ul class="app-figures">\
        \(each: figures, { figure -> HTML in
            let count = figure.count > TodayOverview.most ? "\(TodayOverview.most)+" : String(figure.count)
            return "<li><a href=\"\(figure.href)\"><b>\(count)</b> \(figure.label)</a></li>"
        })</ul>
        """
    }
}
