import Casework
import Rights
import Web

/// The requester's site: its pages and what they work on.
package struct Portal: Sendable {
    let casework: Casework

    package init(casework: Casework) {
        self.casework = casework
    }

    /// Every route of the portal but those of accounts and profiles.
    package var routes: [Route] {
        publicRoutes + homeRoutes + newRequestRoutes + requestRoutes + messageRoutes + letterRoutes + downloadRoutes
            + demoRoutes
    }

    /// The links under the header for somebody who is signed in, in the guide's words (S1-23, S1-24).
    package static let navigation = [
        Link("Home", Place.home), Link("New Request", Place.newRequest), Link("Manage Requests", Place.requests),
        Link("My Profile", Place.profile),
    ]
}

/// Where the pages are that others link to.
enum Place {
    static let home = "/home"
    static let newRequest = "/new-request"
    static let requests = "/requests"
    static let profile = "/profile"
    static let getStarted = "/get-started"
    static let howTo = "/how-to-make-a-request"
    static let register = "/Account/Register"
    static let outbox = "/demo/outbox"

    static func draft(_ id: Draft.ID) -> String { "/drafts/\(id)" }
    static func request(_ id: Case.ID) -> String { "/requests/\(id)" }
    static func letter(_ message: Int, of id: Case.ID) -> String { "\(request(id))/messages/\(message)/letter" }
}
