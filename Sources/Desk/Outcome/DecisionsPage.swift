import Rights
import Web

/// How a case can end other than by a release, and what was decided.
struct DecisionsPage {
    let opened: OpenedCase

    var content: HTML {
        """
        \(decided)\
        \(opened.mayChange(.decideOutcome) ? .section("Record a decision", id: "decide", choices) : "")
        """
    }

    private var decided: HTML {
        let lines = opened.matter.entries.filter { opened.matter.struck[$0.sequence] == nil && $0.fact.isDecision }
        guard !lines.isEmpty else { return .insetText("<p>No decision has been recorded.</p>") }
        return .section(
            "Decided", id: "decided",
            .timeline(
                lines.reversed().map { entry in
                    let line = EntryLine(entry.fact, of: opened.matter, under: opened.policy)
                    return TimelineEntry(
                        line.title, at: entry.recorded.description, opened.inWords(entry.recorded),
                        by: entry.by.label, mark: line.mark, detail: line.detail)
                }))
    }

    private var choices: HTML {
        let address = opened.address
        return .entries([
            (Link("Refuse the request", address.refusal), "On a ground of the policy, with a letter.", ""),
            (Link("Nothing is held", address.notHeld), "After a search that is on record, with a letter.", ""),
            (Link("Log a withdrawal", address.withdrawal), "The requester does not want it any more.", ""),
            (Link("Close the case", address.closing), "It lapsed, was redirected, or is a duplicate.", ""),
        ])
    }
}

extension Fact {
    /// Whether it decides what the requester gets.
    fileprivate var isDecision: Bool {
        switch self {
        case .partReleased, .releasedAgain, .requestRefused, .notHeld, .withdrawn, .closed, .duplicateJudged,
            .clockExtended:
            true
        case .received, .handlerAssigned, .evidenceOffered, .checkAccepted, .checkRefused, .lastEntryRecorded,
            .messageSent, .messageRead, .replyReceived, .clockPaused, .clockResumed, .taskGiven, .taskReturned,
            .noteAdded, .fileAdded, .fileInspected, .fileRemoved, .releaseConfirmed, .fileDownloaded, .alertRaised,
            .struck:
            false
        }
    }
}
