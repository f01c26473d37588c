/// A request as it stands: what its history adds up to. Nothing here is kept; it is folded from the entries each
/// time, so that it cannot disagree with them.
package struct Case: Sendable {
    package typealias ID = Identifier<Case>

    package let id: ID
    /// The whole history, oldest first, struck entries included.
    package internal(set) var entries: [Entry]
    /// Sequence numbers of entries that a later one struck out, with the striking entry's number.
    package internal(set) var struck: [Int: Int] = [:]

    package internal(set) var received: Received
    /// The day it reached the trust by any door, which starts every count.
    package internal(set) var receivedOn: Day
    /// The day and instant it was written down.
    package internal(set) var loggedAt: Moment

    package internal(set) var handler: HandlerAssigned?
    package internal(set) var checks: [Check: CheckState] = [:]
    package internal(set) var lastEntry: LastEntryRecorded?
    package internal(set) var conversations: [Conversation] = []
    /// Messages of the requester's own accord.
    package internal(set) var unpromptedReplies: [Reply] = []
    package internal(set) var pauses: [CasePause] = []
    package internal(set) var extensions: [(extended: ClockExtended, on: Day)] = []
    package internal(set) var tasks: [CaseTask] = []
    package internal(set) var files: [CaseFile] = []
    package internal(set) var confirmation: (confirmed: ReleaseConfirmed, on: Day, by: Author)?
    package internal(set) var parts: [ReleasedPart] = []
    package internal(set) var refusals: [(refused: RequestRefused, on: Day)] = []
    package internal(set) var alerts: [AlertRaised] = []
    package internal(set) var judgedDuplicates: [DuplicateJudged] = []
    package internal(set) var outcome: (outcome: Outcome, on: Day)?

    package var reference: String { received.reference }
    package var subject: Subject { received.subject }
    package var requester: Requester { received.requester }
    package var account: Account.ID? { received.requester.account }
    package var isOpen: Bool { outcome == nil }
    package var closedOn: Day? { outcome?.on }
    /// The sequence number of the newest entry: what a decision was made upon.
    package var sequence: Int { entries.last?.sequence ?? 0 }
    package var openPauses: [CasePause] { pauses.filter(\.isOpen) }
    package var openTasks: [CaseTask] { tasks.filter(\.isOpen) }
    package var presentFiles: [CaseFile] { files.filter(\.isPresent) }
    /// The files that are part of the records asked for.
    package var records: [CaseFile] { presentFiles.filter { $0.purpose == .record } }

    package func standing(of check: Check) -> CheckState { checks[check] ?? CheckState() }
    package func file(_ id: StoredFile.ID) -> CaseFile? { files.first { $0.file.id == id } }
    package func conversation(_ number: Int) -> Conversation? { conversations.first { $0.sent.number == number } }

    /// The day on which the last of the conditions of policy 5.3(c) was met; nothing while one is missing.
    package var completeOn: Day? {
        var latest = receivedOn
        for check in Check.allCases {
            guard let day = standing(of: check).acceptedOn else { return nil }
            latest = max(latest, day)
        }
        return latest
    }
}

/// A history that cannot be read as a case: the database was changed by another hand.
package enum BrokenHistory: Error, Sendable {
    /// The first entry is not `received`, or `received` comes twice.
    case noBeginning(Case.ID)
}
