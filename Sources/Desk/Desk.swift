import Casework
import Rights
import Web

/// The staff's site: its pages and what they work on.
package struct Desk: Sendable {
    let casework: Casework
    let accounts: StaffAccounts

    package init(casework: Casework, accounts: StaffAccounts) {
        self.casework = casework
        self.accounts = accounts
    }

    /// Every route of the desk but those of signing in and staff accounts.
    package var routes: [Route] {
        listRoutes + searchRoutes + intakeRoutes + adviceRoutes + reportRoutes + settingsRoutes + caseRoutes
            + caseFormRoutes + letterRoutes
            + fileRoutes + viewRoutes + failedWorkRoutes
    }

    /// The links under the header, as far as somebody's role includes them.
    package static func navigation(for staff: Staff) -> [Link] {
        func links(_ permission: Permission, _ link: Link) -> [Link] {
            staff.permissions.contains(permission) ? [link] : []
        }
        return links(.viewCases, Link("Today", Place.today)) + links(.viewCases, Link("All requests", Place.requests))
            + links(.viewCases, Link("Search", Place.search)) + links(.logRequest, Link("New request", Place.intake))
            + links(.viewReports, Link("Reports", Place.compliance)) + [Link("Settings", Place.settings)]
    }
}
