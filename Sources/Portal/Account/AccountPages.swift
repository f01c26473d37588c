import Casework
import Hummingbird
import Rights
import Web

/// The requester's way in and their profile: every page of the guide's chapters on accounts.
package struct AccountPages: Sendable {
    let accounts: Accounts

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    /// Every route of accounts and profiles.
    package var routes: [Route] { registerRoutes + passwordRoutes + signInRoutes + profileRoutes + twoFactorRoutes }

    /// Who a session's token belongs to: for the portal's `Site`.
    package func recognise(_ token: String) async throws -> Visitor? {
        guard let token = Token(token), let requester = try await accounts.requester(with: token) else { return nil }
        return .requester(
            RequesterSession(account: requester.account, email: requester.email, session: requester.session.text))
    }
}

/// Where the pages of accounts are.
enum AccountPlace {
    static let login = "/Account/Login"
    static let code = "/Account/Code"
    static let forgotten = "/Account/ForgottenPassword"
    static let setPassword = "/Account/SetPassword"
    static let newLink = "/Account/NewLink"
    static let password = "/profile/password"
    static let changePassword = "/profile/password/change"
    static let twoFactor = "/profile/two-factor"
    static let sessions = "/profile/sessions"
    static let close = "/profile/close"
}
