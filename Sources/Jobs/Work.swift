import Store

/// One kind of work that is done later. What it does may be done twice: a worker that dies between doing and saying so
/// loses its claim, and another does it again.
package protocol Work: Sendable {
    /// The stable name that jobs carry.
    static var kind: String { get }

    /// Does it. What is thrown counts as `.again`, and only its type is logged.
    func perform(_ job: Job) async throws -> WorkOutcome

    /// Called before a job is given up for good: puts it on somebody's list. May be called twice for one job.
    func giveUp(_ job: Job, because reason: String) async throws
}

/// What came of one attempt.
package enum WorkOutcome: Hashable, Sendable {
    case done
    /// Try again later; the reason is kept for the person who looks at a dead job, without personal data.
    case again(String)
    /// Trying again cannot help.
    case never(String)
}

extension Work {
    /// For work that waits for the next day's turn anyway: it is on the list of dead jobs and nowhere else.
    package func giveUp(_ job: Job, because reason: String) async throws {}
}
