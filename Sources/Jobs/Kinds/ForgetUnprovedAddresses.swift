import Rights
import Store

/// Each night: forgets addresses that asked for an account and never used their link (S1-17). No account was made for
/// them: there is only the link, which goes with the address in it.
package struct ForgetUnprovedAddresses: Work {
    package static let kind = "forget-unproved-addresses"

    /// Days after its end during which a link is still known, so that whoever follows it is told that it has expired
    /// and how to get another.
    private let days = 7
    private let store: Store
    private let surroundings: Surroundings

    package init(store: Store, surroundings: Surroundings) {
        self.store = store
        self.surroundings = surroundings
    }

    package func perform(_ job: Job) async throws -> WorkOutcome {
        let limit = surroundings.now() + -days * 86_400
        try await store.write { try $0.forgetLinks(expiredBefore: limit) }
        return .done
    }
}
