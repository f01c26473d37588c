import Casework
import Hummingbird
import Rights
import Store
import Web

extension Portal {
    /// The list of requests and the page of each.
    var requestRoutes: [Route] {
        [
            .get(Place.requests, .requester) { visit in visit.show(try await manageRequests(visit).page) },
            .get("/requests.csv", .requester) { visit in
                let lines = try await lines(visit, from: 0, limit: 5_000)
                return visit.download("requests.csv", type: CSV.mediaType, RequestExport.csv(lines))
            },
            .get("/requests/:request", .requester) { visit in
                let matter = try await casework.open(visit.identifier("request"), by: visit.actor)
                var page = try requestPage(matter)
                page.notice = RequestNotice(visit.query("done"))
                return visit.show(page.page(on: visit))
            },
            .get("/requests/:request/withdraw", .requester) { visit in
                let matter = try await casework.open(visit.identifier("request"), by: visit.actor)
                guard matter.isOpen else { return visit.redirect(to: "\(Place.request(matter.id))") }
                return visit.show(WithdrawPage(view: try view(matter)).page(on: visit))
            },
            .post("/requests/:request/withdraw", .requester) { visit, form in
                try await casework.perform(
                    WithdrawRequest(how: "In the portal"), on: visit.identifier("request"), by: visit.actor,
                    receipt: FormReceipt(form.submission(visit).text))
                return visit.redirect(to: "\(Place.home)?done=\(HomeNotice.withdrawn.rawValue)")
            },
        ]
    }

    private func filter(_ visit: RequesterVisit) -> SummaryFilter {
        var filter = SummaryFilter(for: .requester(visit.account))
        let search = visit.query("q")
        filter.containing = search.isEmpty ? nil : search
        return filter
    }

    private func lines(_ visit: RequesterVisit, from offset: Int, limit: Int) async throws -> [RequestLine] {
        let (filter, order) = (filter(visit), ListOrder(visit.query("sort")).summaries)
        return try await casework.store.read {
            try $0.summaries(filter, by: order, offset: offset, limit: limit)
        }.map(line)
    }

    private func manageRequests(_ visit: RequesterVisit) async throws -> ManageRequests {
        let filter = filter(visit)
        var needing = SummaryFilter(for: .requester(visit.account))
        needing.awaitsRequester = true
        let (total, waiting) = try await casework.store.read { [needing] transaction in
            (try transaction.count(filter), try transaction.count(needing))
        }
        let pages = max(1, (total + ManageRequests.pageSize - 1) / ManageRequests.pageSize)
        let number = min(visit.page(), pages)
        return ManageRequests(
            search: visit.query("q"), order: ListOrder(visit.query("sort")),
            lines: try await lines(
                visit, from: (number - 1) * ManageRequests.pageSize, limit: ManageRequests.pageSize),
            total: total, number: number, updated: casework.surroundings.timeOfDay(visit.now), waiting: waiting)
    }

    /// The request as its requester may see it today.
    ///
    /// A clock that cannot be counted, because a table of bank holidays ends too soon, is the trust's to mend and no
    /// reason to keep somebody's files and messages from them: the page then names no date.
    func view(_ matter: Case) throws -> RequestView {
        RequestView(
            matter, under: try casework.policy(of: matter), clock: try? casework.clock(of: matter),
            on: casework.surroundings.today)
    }

    func requestPage(_ matter: Case) throws -> RequestPage {
        RequestPage(
            view: try view(matter), limits: casework.policies.current.files,
            timeOfDay: casework.surroundings.timeOfDay, day: casework.surroundings.day)
    }
}
