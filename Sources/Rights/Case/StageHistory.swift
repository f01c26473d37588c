/// One change of what the requester is told about where the request stands (S1-64).
package struct StageChange: Hashable, Sendable {
    package let stage: Stage
    /// The day on which what changed it took effect.
    package let on: Day
    /// Whether the requester's own act changed it.
    package let isRequesters: Bool
}

extension Case {
    /// Every stage the request has been in, as it was told at the time, oldest first.
    ///
    /// Folded again for each part of the history, because a stage depends on all that went before; entries that
    /// cannot change it are passed over.
    package var stageHistory: [StageChange] {
        var changes = [
            StageChange(stage: .received, on: receivedOn, isRequesters: entries.first?.by.kind == .requester)
        ]
        for (index, entry) in entries.enumerated() where entry.fact.canChangeStage(by: entry.by) {
            guard let then = try? Case(id: id, entries: Array(entries[...index])), then.stage != changes.last?.stage
            else { continue }
            changes.append(
                StageChange(stage: then.stage, on: entry.effective, isRequesters: entry.by.kind == .requester))
        }
        return changes
    }
}

extension Fact {
    fileprivate func canChangeStage(by author: Author) -> Bool {
        switch self {
        case .checkAccepted, .checkRefused, .messageSent, .replyReceived, .clockPaused, .clockResumed, .clockExtended,
            .partReleased, .requestRefused, .notHeld, .withdrawn, .closed, .struck:
            true
        // Any act of staff shows that somebody has begun to look.
        case .handlerAssigned, .evidenceOffered, .lastEntryRecorded, .taskGiven, .taskReturned, .noteAdded, .fileAdded,
            .fileRemoved, .releaseConfirmed, .duplicateJudged:
            author.kind == .staff
        case .received, .messageRead, .fileInspected, .releasedAgain, .fileDownloaded, .alertRaised: false
        }
    }
}
