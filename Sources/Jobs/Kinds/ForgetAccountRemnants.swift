import Casework
import Rights
import Store

/// Each night: forgets what nobody can sign in with any more. With the links go the addresses that asked for an
/// account and never proved to be somebody's (S1-17): no account was made for them.
package struct ForgetAccountRemnants: Work {
    package static let kind = WorkKind.forgetAccountRemnants.rawValue

    private let accounts: Accounts

    package init(accounts: Accounts) {
        self.accounts = accounts
    }

    package func perform(_ job: Job) async throws -> WorkOutcome {
        try await accounts.entrance.sweep()
        return .done
    }
}
