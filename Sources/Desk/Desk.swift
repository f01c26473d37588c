import Casework
import Rights
import Web

/// The staff's site: its pages and what they work on.
package struct Desk: Sendable {
    let casework: Casework

    package init(casework: Casework) {
        self.casework = casework
    }

    /// Every route of the desk but those of signing in and staff accounts.
    package var routes: [Route] { caseRoutes + caseFormRoutes }
}
