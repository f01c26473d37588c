import Rights
import Store

extension Casework {
    /// Writes down a call or message that is no request, with the advice that was given (S2-063).
    ///
    /// - Parameter id: names this sending of the form, so that the same form sent twice is one line.
    /// - Throws: `Problem.notAllowed`, or `Problem.refused` with every reason.
    package func log(_ advice: Advice, as id: LoggedAdvice.ID, by staff: Staff) async throws {
        let now = surroundings.now()
        try advice.admit(in: try situationToBegin(.staff(staff), at: now))
        try await store.write { try $0.keep(advice, as: id, by: staff, at: now) }
    }
}
