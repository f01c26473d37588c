import Casework
import Rights
import Store

/// Each night: deletes requests that were begun and never sent, and files that came with a message that was never
/// sent (S1-38).
package struct ForgetDrafts: Work {
    package static let kind = WorkKind.forgetDrafts.rawValue

    private let casework: Casework

    package init(casework: Casework) {
        self.casework = casework
    }

    package func perform(_ job: Job) async throws -> WorkOutcome {
        let batch = 100
        while try await casework.sweepDrafts(batch: batch) == batch {}
        // Nobody corrects a refused message for a day.
        let yesterday = casework.surroundings.now() + -86_400
        while try await casework.forgetFiles(awaitingSince: yesterday, batch: batch) == batch {}
        return .done
    }
}
