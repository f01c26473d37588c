import Logging
import Rights

/// The same thing done to many cases. A case that cannot be read, or whose act fails, hides none of the others: they
/// are done, and the whole is tried again later for the sake of those that failed.
struct Round {
    private let logger: Logger
    private var failed = 0

    init(_ logger: Logger) {
        self.logger = logger
    }

    /// Throws `CancellationError` alone.
    mutating func visit(_ id: Case.ID, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch {
            try Task.checkCancellation()
            failed += 1
            // Only the kind of an error is logged: what it says may be about a person.
            logger.error("A case was passed over", metadata: ["case": "\(id)", "error": "\(type(of: error))"])
        }
    }

    var outcome: WorkOutcome {
        guard failed > 0 else { return .done }
        return .again("\(failed) \(failed == 1 ? "case" : "cases") could not be looked at; the log names them.")
    }
}
