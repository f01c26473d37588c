/// The requester takes the request back, in the portal or in a letter that staff log.
package struct WithdrawRequest: Act {
    package static let allowed = Allowed.requesterOrStaff(.decideOutcome)

    package var how: String
    /// The letter that acknowledges it; nothing where the requester did it and sees it done.
    package var letter: String?

    package init(how: String, letter: String? = nil) {
        self.how = how
        self.letter = letter
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.requireText(how, "how", "Say how the requester told the trust.")
        let last = LastLetter(letter, in: matter)
        reasons.add(last.faults)
        return .facts(
            last.additions(on: situation.today) + [Addition(.withdrawn(Withdrawn(how: how)), on: situation.today)],
            unless: reasons.list)
    }
}

/// Closes a case that lapsed, was redirected or turned out a duplicate: always a person's decision.
package struct CloseCase: Act {
    package static let allowed = Allowed.staff(.decideOutcome)

    package var cause: Closed.Cause
    package var reason: String
    /// The letter that tells the requester; nothing where there is nobody to tell.
    package var letter: String?

    package init(cause: Closed.Cause, reason: String, letter: String? = nil) {
        self.cause = cause
        self.reason = reason
        self.letter = letter
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.requireText(reason, "reason", "Give the reason.")
        let last = LastLetter(letter, in: matter)
        reasons.add(last.faults)
        return .facts(
            last.additions(on: situation.today)
                + [Addition(.closed(Closed(cause: cause, reason: reason)), on: situation.today)],
            unless: reasons.list)
    }
}

/// The letter with which a case ends without an answer.
private struct LastLetter {
    private let text: String?
    private let number: Int

    init(_ text: String?, in matter: Case) {
        self.text = text
        number = matter.nextMessage
    }

    var faults: [Reason] {
        guard let text else { return [] }
        var reasons = Reasons()
        reasons.requireLetter(text, "letter", "Write the letter to the requester.")
        return reasons.list
    }

    func additions(on day: Day) -> [Addition] {
        guard let text else { return [] }
        return [Addition(.messageSent(MessageSent(number: number, text: text, asks: .nothing)), on: day)]
    }
}
