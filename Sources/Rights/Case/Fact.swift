/// Everything that can happen to a case, in the field's words. A fact is never changed; a mistake is put right by
/// a later `struck` that names it.
package enum Fact: Hashable, Sendable {
    // Boxed, because every entry of a history is as large as the largest payload that is not.
    indirect case received(Received)
    case handlerAssigned(HandlerAssigned)
    case evidenceOffered(EvidenceOffered)
    case checkAccepted(CheckAccepted)
    case checkRefused(CheckRefused)
    case lastEntryRecorded(LastEntryRecorded)
    case messageSent(MessageSent)
    case messageRead(MessageRead)
    case replyReceived(ReplyReceived)
    case clockPaused(ClockPaused)
    case clockResumed(ClockResumed)
    case clockExtended(ClockExtended)
    case taskGiven(TaskGiven)
    case taskReturned(TaskReturned)
    case noteAdded(NoteAdded)
    case fileAdded(FileAdded)
    case fileInspected(FileInspected)
    case fileRemoved(FileRemoved)
    case releaseConfirmed(ReleaseConfirmed)
    case partReleased(PartReleased)
    case releasedAgain(ReleasedAgain)
    case fileDownloaded(FileDownloaded)
    case requestRefused(RequestRefused)
    case notHeld(NotHeld)
    case withdrawn(Withdrawn)
    case closed(Closed)
    case alertRaised(AlertRaised)
    case duplicateJudged(DuplicateJudged)
    case struck(Struck)

    /// The stable names under which facts are kept. Never renamed: databases hold them.
    package enum Kind: String, CaseIterable, Sendable, Codable {
        case received
        case handlerAssigned = "handler-assigned"
        case evidenceOffered = "evidence-offered"
        case checkAccepted = "check-accepted"
        case checkRefused = "check-refused"
        case lastEntryRecorded = "last-entry-recorded"
        case messageSent = "message-sent"
        case messageRead = "message-read"
        case replyReceived = "reply-received"
        case clockPaused = "clock-paused"
        case clockResumed = "clock-resumed"
        case clockExtended = "clock-extended"
        case taskGiven = "task-given"
        case taskReturned = "task-returned"
        case noteAdded = "note-added"
        case fileAdded = "file-added"
        case fileInspected = "file-inspected"
        case fileRemoved = "file-removed"
        case releaseConfirmed = "release-confirmed"
        case partReleased = "part-released"
        case releasedAgain = "released-again"
        case fileDownloaded = "file-downloaded"
        case requestRefused = "request-refused"
        case notHeld = "not-held"
        case withdrawn
        case closed
        case alertRaised = "alert-raised"
        case duplicateJudged = "duplicate-judged"
        case struck
    }
}
