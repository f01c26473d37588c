import Casework
import Store

/// Each morning: tells requesters of files that soon can no longer be fetched (S1-63).
package struct WarnOfExpiry: Work {
    package static let kind = "warn-of-expiry"

    private let casework: Casework

    package init(casework: Casework) {
        self.casework = casework
    }

    package func perform(_ job: Job) async throws -> WorkOutcome {
        try await casework.warnOfExpiry()
        return .done
    }
}
