import Casework
import Rights
import Store
import Web

extension Desk {
    /// Reports, as pages and as files.
    var reportRoutes: [Route] {
        [
            .get(Place.compliance, .staff(.viewReports)) { visit in
                let report = try await compliance(visit)
                return visit.show(
                    Page(
                        "Compliance list", trail: [Link("Today", Place.today)], current: Place.compliance,
                        "\(.heading("Compliance list"))\(report.html)"))
            },
            .get("\(Place.compliance).csv", .staff(.viewReports)) { visit in
                let report = try await compliance(visit)
                return visit.download(
                    "compliance-\(report.first)-to-\(report.last).csv", type: CSV.mediaType, report.csv)
            },
        ]
    }

    /// The last twelve months where the address names none.
    private func compliance(_ visit: StaffVisit) async throws -> ComplianceReport {
        let current = Month(of: visit.today)
        let last = Month(visit.query("to")) ?? current
        let first = Month(visit.query("from")) ?? Month(of: last.first.adding(months: -11))
        let today = visit.today
        let lines = try await casework.store.read { transaction in
            try transaction.compliance(since: first, through: last, on: today, for: visit.staff)
        }
        return ComplianceReport(lines: lines, policy: casework.policies.current, first: first, last: last)
    }
}
