import Casework
import Hummingbird
import Rights
import Store
import Web

/// How staff come in and how their accounts are kept: signing in, setting up, the profile, and the administrator's
/// pages.
package struct StaffPages: Sendable {
    let staff: StaffAccounts
    /// For the requester who lost the telephone their codes go to (S1-31).
    let requesters: Accounts

    package init(staff: StaffAccounts, requesters: Accounts) {
        self.staff = staff
        self.requesters = requesters
    }

    /// Every route of signing in and staff accounts.
    package var routes: [Route] { signInRoutes + setUpRoutes + ownRoutes + listRoutes + editRoutes + recoveryRoutes }

    /// Who a session's token belongs to: for the desk's `Site`.
    package func recognise(_ token: String) async throws -> Visitor? {
        guard let token = Token(token), let signedIn = try await staff.staff(with: token) else { return nil }
        return .staff(StaffSession(staff: signedIn.staff, session: signedIn.session.text))
    }
}

/// Where the pages of staff accounts are.
enum StaffPlace {
    static let signIn = "/sign-in"
    static let code = "/sign-in/code"
    static let profile = "/profile"
    static let list = "/settings/staff"
    static let recovery = "/settings/recovery"
}

extension StaffVisit {
    /// Who is signed in, as the accounts know them.
    var signedIn: SignedInStaff {
        get throws {
            guard let id = StoredSession.ID(session.session) else { throw Problem.notFound }
            return SignedInStaff(staff: staff, session: id)
        }
    }
}
