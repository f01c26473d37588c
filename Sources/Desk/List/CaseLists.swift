import Casework
import Rights
import Store
import Web

extension Desk {
    /// A page of a list as its address asks for it.
    func list(_ query: CaseListQuery, for visit: StaffVisit) async throws -> CaseListPage {
        let filter = query.filter(for: visit.staff, on: visit.today)
        let policy = casework.policies.current
        let offset = (query.page - 1) * CaseListPage.perPage
        let (found, count, names) = try await casework.store.read { transaction in
            (
                try transaction.summaries(filter, by: query.order, offset: offset, limit: CaseListPage.perPage),
                try transaction.count(filter), try transaction.staffNames()
            )
        }
        return CaseListPage(
            query: query, rows: found.map { CaseRow($0, under: policy, names: names, on: visit.today) }, count: count,
            policy: policy, mayExport: visit.may(.viewReports))
    }
}
