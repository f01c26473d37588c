import Casework
import Rights
import Store

/// Each night: forgets jobs that were finished a month ago.
package struct ForgetOldWork: Work {
    package static let kind = WorkKind.forgetOldWork.rawValue

    private let store: Store
    private let surroundings: Surroundings

    package init(store: Store, surroundings: Surroundings) {
        self.store = store
        self.surroundings = surroundings
    }

    package func perform(_ job: Job) async throws -> WorkOutcome {
        let now = surroundings.now()
        // Longer than any key must be remembered so that nothing is planned or scanned twice.
        try await store.write { try $0.forgetFinishedJobs(before: now + -30 * 86_400) }
        return .done
    }
}
