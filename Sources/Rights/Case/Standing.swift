extension Case {
    /// Where the request stands as far as its requester may know (S1-47).
    package var stage: Stage {
        if let outcome {
            return switch outcome.outcome {
            case .released: .ready
            // A refusal shows as finished: the letter in the messages says what was decided and why.
            case .refused, .notHeld: .completed
            case .withdrawn: .withdrawn
            case .lapsed, .redirected, .duplicate: .closed
            }
        }
        if conversations.contains(where: \.isWaiting) || openPauses.contains(where: isUnanswered) {
            return .waitingForYou
        }
        if !parts.isEmpty { return .partReady }
        if !extensions.isEmpty { return .extended }
        if completeOn != nil { return .inProgress }
        let touched = entries.contains { $0.by.kind == .staff && $0.fact.kind != .received }
        return touched ? .checking : .received
    }

    /// The requester's turn: once the answer is in, it is for the trust to confirm the end of the pause.
    private func isUnanswered(_ pause: CasePause) -> Bool {
        conversation(pause.paused.message)?.isAnswered != true
    }

    /// Pauses whose question has been answered: their end is proposed, dated on the day the answer came, and a
    /// person confirms it (S1-59).
    package var proposedEnds: [(pause: CasePause, on: Day)] {
        openPauses.compactMap { pause in
            guard let reply = conversation(pause.paused.message)?.replies.first else { return nil }
            return (pause, reply.on)
        }
    }

    /// Whether something of the case is for the requester to read or to answer (S1-51). A closed case asks nothing
    /// any more, so a question left open there is only to be read.
    package var awaitsRequester: Bool {
        conversations.contains { isOpen ? $0.needsRequester : $0.readAt == nil }
    }

    /// Whether the requester wrote something that no member of staff has acted upon yet.
    package var hasUnseenReply: Bool {
        guard
            let reply = entries.last(where: {
                if case .replyReceived = $0.fact { $0.by.kind == .requester } else { false }
            })
        else { return false }
        return !entries.contains { $0.sequence > reply.sequence && $0.by.kind == .staff }
    }
}

/// What has to happen next in a case, for the list of today's work.
package enum NextAction: Hashable, Sendable {
    case readReply
    case confirmEndOfPause
    case check(Check)
    case recordLastEntry
    case awaitRequester
    case awaitEvidence(Check)
    case awaitTasks(Int)
    case addRecords
    case resolveFiles(Int)
    case confirmRelease
    case release
    case none

    /// The action without what it is about.
    package var kind: Kind {
        switch self {
        case .readReply: .readReply
        case .confirmEndOfPause: .confirmEndOfPause
        case .check: .checkEvidence
        case .recordLastEntry: .recordLastEntry
        case .awaitRequester: .awaitRequester
        case .awaitEvidence: .awaitEvidence
        case .awaitTasks: .awaitTasks
        case .addRecords: .addRecords
        case .resolveFiles: .resolveFiles
        case .confirmRelease: .confirmRelease
        case .release: .release
        case .none: .none
        }
    }

    /// What lists and filters know of an action. The texts are kept in the database.
    package enum Kind: String, CaseIterable, Sendable {
        case readReply = "read-reply"
        case confirmEndOfPause = "confirm-end-of-pause"
        case checkEvidence = "check-evidence"
        case recordLastEntry = "record-last-entry"
        case awaitRequester = "await-requester"
        case awaitEvidence = "await-evidence"
        case awaitTasks = "await-tasks"
        case addRecords = "add-records"
        case resolveFiles = "resolve-files"
        case confirmRelease = "confirm-release"
        case release
        case none

        /// As a list of many cases shows it.
        package var label: String {
            switch self {
            case .readReply: "Read the message"
            case .confirmEndOfPause: "Confirm the end of the pause"
            case .checkEvidence: "Check the proof"
            case .recordLastEntry: "Enter the dates of the record"
            case .awaitRequester: "Waiting for the requester"
            case .awaitEvidence: "Ask for proof"
            case .awaitTasks: "Waiting for tasks"
            case .addRecords: "Add the record files"
            case .resolveFiles: "Look at files that failed"
            case .confirmRelease: "Do the release check"
            case .release: "Release the files"
            case .none: "Nothing to do"
            }
        }
    }

    /// Stable, in kebab case, for filters.
    package var code: String { kind.rawValue }

    /// As the list shows it.
    package var text: String {
        switch self {
        case .readReply: "Read the requester's message"
        case .confirmEndOfPause: "Confirm the end of the pause"
        case .check(let check): "Check \(check.title.lowercased())"
        case .recordLastEntry: "Write down the dates of the record"
        case .awaitRequester: "Waiting for the requester"
        case .awaitEvidence(let check): "Ask for proof of \(check.title.lowercased())"
        case .awaitTasks(let count): "Waiting for \(counted(count, "task"))"
        case .addRecords: "Add the record files"
        case .resolveFiles(let count): "Look at \(counted(count, "file")) that failed the virus check"
        case .confirmRelease: "Do the release check"
        case .release: "Release the files"
        case .none: "Nothing to do"
        }
    }
}

extension Case {
    /// The one thing that moves this case forward.
    package func nextAction(under policy: Policy) -> NextAction {
        guard isOpen else { return hasUnseenReply ? .readReply : .none }
        if !proposedEnds.isEmpty { return .confirmEndOfPause }
        if hasUnseenReply { return .readReply }
        for check in Check.allCases where standing(of: check).standing == .waiting {
            let needed = policy.needsDocument(for: check, in: requester.capacity)
            if !needed || !standing(of: check).offered.isEmpty { return .check(check) }
        }
        if received.regime == .deceased, lastEntry == nil { return .recordLastEntry }
        if !openPauses.isEmpty || conversations.contains(where: \.isWaiting) { return .awaitRequester }
        for check in Check.allCases where !standing(of: check).isAccepted { return .awaitEvidence(check) }
        if records.isEmpty { return openTasks.isEmpty ? .addRecords : .awaitTasks(openTasks.count) }
        let failed = records.filter { !$0.isOpenable }.count
        if failed > 0 { return .resolveFiles(failed) }
        if !openTasks.isEmpty { return .awaitTasks(openTasks.count) }
        let unmet = gates(under: policy).contains { $0.code == "release-check" && $0.blocker != nil }
        return unmet ? .confirmRelease : .release
    }
}
