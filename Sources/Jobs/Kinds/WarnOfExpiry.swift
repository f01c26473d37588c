import Casework
import Logging
import Store

/// Each morning: tells requesters of files that soon can no longer be fetched (S1-63).
package struct WarnOfExpiry: Work {
    package static let kind = WorkKind.warnOfExpiry.rawValue

    private let casework: Casework
    private let logger: Logger

    package init(casework: Casework, logger: Logger) {
        self.casework = casework
        self.logger = logger
    }

    package func perform(_ job: Job) async throws -> WorkOutcome {
        var round = Round(logger)
        for id in try await casework.casesWithFilesToFetch() {
            try await round.visit(id) { try await casework.warnOfExpiry(in: id) }
        }
        return round.outcome
    }
}
