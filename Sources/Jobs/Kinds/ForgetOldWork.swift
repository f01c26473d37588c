import Rights
import Store

/// Each night: forgets jobs that were finished a month ago, and takes away uploads that a process left half written.
package struct ForgetOldWork: Work {
    package static let kind = "forget-old-work"

    private let store: Store
    private let vault: Vault
    private let surroundings: Surroundings

    package init(store: Store, vault: Vault, surroundings: Surroundings) {
        self.store = store
        self.vault = vault
        self.surroundings = surroundings
    }

    package func perform(_ job: Job) async throws -> WorkOutcome {
        let now = surroundings.now()
        // Longer than any key must be remembered so that nothing is planned or scanned twice.
        try await store.write { try $0.forgetFinishedJobs(before: now + -30 * 86_400) }
        // No upload takes a day.
        try await vault.removeAbandoned(before: now + -86_400)
        return .done
    }
}
