extension Case {
    /// What others did to the case after an entry, as far as it can change a decision. What machines and readers
    /// leave in the history does not, nor does what the actor did.
    package func news(since sequence: Int, for actor: Actor) -> [Entry] {
        let author = actor.author
        return entries.filter { entry in
            entry.sequence > sequence && entry.by.kind != .system
                && (entry.by.kind != author.kind || entry.by.id != author.id) && !entry.fact.isRoutine
        }
    }
}

extension Fact {
    /// What happens by itself and tells a reader of the history little.
    package var isRoutine: Bool {
        switch self {
        case .messageRead, .fileDownloaded, .evidenceOffered: true
        case .fileInspected(let inspected): inspected.result == .clean || inspected.result == .admittedUnscanned
        case .received, .handlerAssigned, .checkAccepted, .checkRefused, .lastEntryRecorded, .messageSent,
            .replyReceived, .clockPaused, .clockResumed, .clockExtended, .taskGiven, .taskReturned, .noteAdded,
            .fileAdded, .fileRemoved, .releaseConfirmed, .partReleased, .releasedAgain, .requestRefused, .notHeld,
            .withdrawn, .closed, .alertRaised, .duplicateJudged, .struck:
            false
        }
    }
}
