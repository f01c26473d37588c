import Casework
import Rights
import Store
import Web

extension Desk {
    /// A page of a list as its address asks for it.
    func list(_ query: CaseListQuery, for visit: StaffVisit) async throws -> CaseListPage {
        let filter = query.filter(for: visit.staff, on: visit.today)
        let (policy, today) = (casework.policies.current, visit.today)
        let offset = (query.page - 1) * CaseListPage.perPage
        let (found, count, names) = try await casework.store.read { transaction in
            (
                try transaction.cases(
                    filter, by: query.order, on: visit.today, offset: offset, limit: CaseListPage.perPage),
                try transaction.count(filter, most: CaseListPage.most(on: query.page)), try transaction.staffNames()
            )
        }
        return CaseListPage(
            query: query, rows: found.map { CaseRow($0, under: policy, names: names, on: today) }, count: count,
            policy: policy, mayExport: visit.may(.viewReports))
    }
}

extension Transaction {
    /// One page of a list. What can still be answered and is listed by its date has urgent cases first among those of
    /// the same band.
    func cases(
        _ filter: SummaryFilter, by order: SummaryOrder, on today: Day, offset: Int = 0, limit: Int
    ) throws -> [Summary] {
        guard order.column == .due, filter.openness == .open else {
            return try summaries(filter, by: order, offset: offset, limit: limit)
        }
        return try summariesByUrgency(
            filter, descending: order.isDescending, on: today, offset: offset, limit: limit)
    }
}
