/// A named person refuses a proof and asks for a better one in the same step.
package struct RefuseCheck: Act {
    package static let allowed = Allowed.staff(.checkEvidence)

    package var check: Check
    /// What the requester is told: why, and what to send instead.
    package var reason: String

    package init(check: Check, reason: String) {
        self.check = check
        self.reason = reason
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        // Else a refusal would set the clock back to its beginning, whatever has been done since.
        reasons.require(
            !matter.standing(of: check).isAccepted, "already-accepted",
            "\(check.title) is already accepted. Strike out that entry first if it was a mistake.")
        reasons.requireLetter(reason, "reason", "Say why it is refused and what to send instead.")
        let question = MessageSent(number: matter.nextMessage, text: reason, asks: .document, check: check)
        return .facts(
            [
                Addition(.checkRefused(CheckRefused(check: check, reason: reason)), on: situation.today),
                Addition(.messageSent(question), on: situation.today),
            ], unless: reasons.list)
    }
}
