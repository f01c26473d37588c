/// Strikes out a mistaken entry. It stays readable in the history; the fold leaves it out, and every date that
/// rested on it is computed anew (clock.md 2.1: removing an event restores the date).
package struct StrikeEntry: Act {
    package static let allowed = Allowed.staff(.correctHistory)

    package var entry: Int
    package var reason: String

    package init(entry: Int, reason: String) {
        self.entry = entry
        self.reason = reason
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        let target = matter.entries.first { $0.sequence == entry }
        reasons.require(target != nil, "no-entry", "There is no such entry.")
        reasons.require(matter.struck[entry] == nil, "already-struck", "This entry is already struck out.")
        if let target {
            reasons.require(
                target.fact.canBeStruck, "cannot-be-undone",
                "This really happened outside the case, so it cannot be struck out. Add a note that explains it.")
        }
        reasons.requireText(reason, "reason", "Say what the mistake was.")
        return .facts(
            [Addition(.struck(Struck(entry: entry, reason: reason)), on: situation.today)], unless: reasons.list)
    }
}

extension Fact {
    /// Whether the fact is a record that staff made, and so can be a mistake. What left the trust or came in from
    /// outside (a message, a release, a download, a reply) happened, and stays.
    package var canBeStruck: Bool {
        switch self {
        case .checkAccepted, .checkRefused, .lastEntryRecorded, .evidenceOffered, .clockPaused, .clockResumed,
            .taskGiven, .taskReturned, .noteAdded, .fileRemoved, .handlerAssigned, .releaseConfirmed, .withdrawn,
            .closed, .duplicateJudged:
            true
        case .received, .messageSent, .messageRead, .replyReceived, .clockExtended, .fileAdded, .fileInspected,
            .partReleased, .fileDownloaded, .requestRefused, .notHeld, .alertRaised, .struck:
            false
        }
    }
}
