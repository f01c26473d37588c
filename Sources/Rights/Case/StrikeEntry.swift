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
                target.canBeStruck, "cannot-be-undone",
                "This really happened outside the case, so it cannot be struck out. Add a note that explains it.")
            reasons.add(matter.restingOn(target))
        }
        reasons.requireText(reason, "reason", "Say what the mistake was.")
        return .facts(
            [Addition(.struck(Struck(entry: entry, reason: reason)), on: situation.today)], unless: reasons.list)
    }
}

extension Case {
    /// What rests on an entry and would be left in the air without it.
    fileprivate func restingOn(_ target: Entry) -> [Reason] {
        var reasons = Reasons()
        switch target.fact {
        case .checkAccepted, .lastEntryRecorded:
            reasons.require(
                parts.isEmpty, "released-upon",
                "Files were released on the strength of this entry, so it stays. Add a note that explains it.")
        // A pause is struck from its end: else a later end would belong to no pause.
        case .clockPaused(let fact):
            let end = entries.first { struck[$0.sequence] == nil && $0.fact.ends(fact.number) }
            reasons.require(
                end == nil, "pause-ended",
                "The end of this pause is on file. Strike out entry \(end?.sequence ?? 0) first.")
        case .received, .handlerAssigned, .evidenceOffered, .checkRefused, .messageSent, .messageRead, .replyReceived,
            .clockResumed, .clockExtended, .taskGiven, .taskReturned, .noteAdded, .fileAdded, .fileInspected,
            .fileRemoved,
            .releaseConfirmed, .partReleased, .releasedAgain, .fileDownloaded, .requestRefused, .notHeld, .withdrawn,
            .closed, .alertRaised, .duplicateJudged, .struck:
            break
        }
        // The clock of a closed case stays as it was answered by (clock.md 2.1).
        reasons.require(
            isOpen || !target.fact.movesTheClock, "closed",
            "This case is closed, and its dates with it. If it was closed by mistake, strike out the closing first.")
        return reasons.list
    }
}

extension Entry {
    /// A requester's own act came in from outside, whatever it is.
    fileprivate var canBeStruck: Bool { by.kind != .requester && fact.canBeStruck }
}

extension Fact {
    fileprivate var movesTheClock: Bool {
        switch self {
        case .checkAccepted, .checkRefused, .lastEntryRecorded, .clockPaused, .clockResumed, .clockExtended: true
        case .received, .handlerAssigned, .evidenceOffered, .messageSent, .messageRead, .replyReceived, .taskGiven,
            .taskReturned, .noteAdded, .fileAdded, .fileInspected, .fileRemoved, .releaseConfirmed, .partReleased,
            .releasedAgain, .fileDownloaded, .requestRefused, .notHeld, .withdrawn, .closed, .alertRaised,
            .duplicateJudged, .struck:
            false
        }
    }

    fileprivate func ends(_ pause: Int) -> Bool {
        if case .clockResumed(let fact) = self { fact.pause == pause } else { false }
    }

    /// Whether the fact is a record that staff made, and so can be a mistake. What left the trust or came in from
    /// outside (a message, a release, a download, a reply) happened, and stays.
    package var canBeStruck: Bool {
        switch self {
        case .checkAccepted, .checkRefused, .lastEntryRecorded, .evidenceOffered, .clockPaused, .clockResumed,
            .taskGiven, .taskReturned, .noteAdded, .fileRemoved, .handlerAssigned, .releaseConfirmed, .withdrawn,
            .closed, .duplicateJudged:
            true
        case .received, .messageSent, .messageRead, .replyReceived, .clockExtended, .fileAdded, .fileInspected,
            .partReleased, .releasedAgain, .fileDownloaded, .requestRefused, .notHeld, .alertRaised, .struck:
            false
        }
    }
}
