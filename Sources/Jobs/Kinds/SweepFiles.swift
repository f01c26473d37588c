import Casework
import Logging
import Rights
import Store

/// At every start and each night: takes away what uploads left behind that were cut off by a crash, a lost connection
/// or a refused form.
package struct SweepFiles: Work {
    package static let kind = WorkKind.sweepFiles.rawValue

    private let casework: Casework
    private let logger: Logger

    package init(casework: Casework, logger: Logger) {
        self.casework = casework
        self.logger = logger
    }

    package func perform(_ job: Job) async throws -> WorkOutcome {
        // No upload takes a day, and nobody corrects a refused form for so long.
        let yesterday = casework.surroundings.now() + -86_400
        let halves = try await casework.vault.removeAbandoned(before: yesterday)
        let orphans = try await casework.setOrphansAside(before: yesterday)
        var unnamed = 0
        var round = Round(logger)
        for order in try await casework.filesWaiting(since: yesterday) {
            try await round.visit(order.caseID) {
                if try await casework.forgetUnlessNamed(order) { unnamed += 1 }
            }
        }
        if halves + orphans + unnamed > 0 {
            logger.notice(
                "Remnants of uploads were taken away",
                metadata: ["unfinished": "\(halves)", "unknown": "\(orphans)", "unnamed": "\(unnamed)"])
        }
        return round.outcome
    }
}
