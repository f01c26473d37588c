extension Case {
    /// Adds up a history. `entries` are in order of their sequence numbers, without a gap.
    package init(id: ID, entries: [Entry]) throws(BrokenHistory) {
        guard let first = entries.first, case .received(let received) = first.fact else {
            throw .noBeginning(id)
        }
        self.id = id
        self.entries = entries
        self.received = received
        receivedOn = first.effective
        loggedAt = first.recorded
        for entry in entries {
            if case .struck(let struck) = entry.fact { self.struck[struck.entry] = entry.sequence }
        }
        for entry in entries.dropFirst() where struck[entry.sequence] == nil {
            try fold(entry)
        }
    }

    private mutating func fold(_ entry: Entry) throws(BrokenHistory) {
        let day = entry.effective
        switch entry.fact {
        case .received: throw .noBeginning(id)
        case .handlerAssigned(let fact): handler = fact
        case .evidenceOffered(let fact): checks[fact.check, default: CheckState()].offer(fact, on: day)
        case .checkAccepted(let fact):
            checks[fact.check, default: CheckState()].standing = .accepted(fact, on: day, by: entry.by)
        case .checkRefused(let fact):
            checks[fact.check, default: CheckState()].standing = .refused(fact, on: day, by: entry.by)
        case .lastEntryRecorded(let fact): lastEntry = fact
        case .messageSent(let fact):
            conversations.append(Conversation(sent: fact, on: day, at: entry.recorded, by: entry.by))
        case .messageRead(let fact):
            update(fact.number, in: \.conversations, by: \.sent.number) { conversation in
                if conversation.readAt == nil { conversation.readAt = entry.recorded }
            }
        case .replyReceived(let fact): fold(fact, of: entry)
        case .clockPaused(let fact):
            pauses.append(CasePause(paused: fact, from: day, by: entry.by, entry: entry.sequence))
        case .clockResumed(let fact): fold(fact, on: day)
        case .clockExtended(let fact): extensions.append((fact, day))
        case .taskGiven(let fact): tasks.append(CaseTask(given: fact, on: day, by: entry.by))
        case .taskReturned(let fact):
            update(fact.number, in: \.tasks, by: \.given.number) { $0.returned = (fact, day, entry.by) }
        case .noteAdded: break
        case .fileAdded(let fact):
            files.append(CaseFile(file: fact.file, purpose: fact.purpose, on: day, by: entry.by))
        case .fileInspected(let fact): update(fact.file, in: \.files, by: \.file.id) { $0.inspection = fact.result }
        case .fileRemoved(let fact): update(fact.file, in: \.files, by: \.file.id) { $0.removed = fact.reason }
        case .releaseConfirmed(let fact): confirmation = (fact, day, entry.by)
        case .partReleased(let fact): fold(fact, of: entry)
        case .releasedAgain(let fact):
            update(fact.part, in: \.parts, by: \.part.number) {
                $0.again.append(.init(released: fact, on: day, at: entry.recorded, by: entry.by))
            }
            confirmation = nil
        case .fileDownloaded(let fact):
            update(fact.part, in: \.parts, by: \.part.number) {
                $0.downloads.append(.init(file: fact.file, at: entry.recorded, on: day))
            }
        case .requestRefused(let fact):
            refusals.append((fact, day))
            outcome = (.refused, day)
        case .notHeld: outcome = (.notHeld, day)
        case .withdrawn: outcome = (.withdrawn, day)
        case .closed(let fact): outcome = (fact.cause.outcome, day)
        case .alertRaised(let fact): alerts.append(fact)
        case .duplicateJudged(let fact): judgedDuplicates.append(fact)
        case .struck: break
        }
    }

    private mutating func fold(_ reply: ReplyReceived, of entry: Entry) {
        let folded = Reply(received: reply, on: entry.effective, at: entry.recorded, by: entry.by)
        guard let number = reply.message else {
            unpromptedReplies.append(folded)
            return
        }
        update(number, in: \.conversations, by: \.sent.number) { conversation in
            conversation.replies.append(folded)
            if conversation.readAt == nil { conversation.readAt = entry.recorded }
        }
    }

    private mutating func fold(_ resumed: ClockResumed, on day: Day) {
        update(resumed.pause, in: \.pauses, by: \.paused.number) { $0.to = day }
        guard let end = resumed.question,
            let message = pauses.first(where: { $0.paused.number == resumed.pause })?.paused.message
        else { return }
        update(message, in: \.conversations, by: \.sent.number) { $0.ended = .init(how: end, on: day) }
    }

    private mutating func fold(_ part: PartReleased, of entry: Entry) {
        parts.append(ReleasedPart(part: part, on: entry.effective, by: entry.by))
        for file in part.files { update(file, in: \.files, by: \.file.id) { $0.releasedIn.append(part.number) } }
        // A new part is checked anew.
        confirmation = nil
        if part.isFinal { outcome = (.released, entry.effective) }
    }

    /// Changes the item with this key, if the case has one.
    private mutating func update<Item, Key: Equatable>(
        _ key: Key, in list: WritableKeyPath<Case, [Item]>, by path: KeyPath<Item, Key>, _ change: (inout Item) -> Void
    ) {
        guard let index = self[keyPath: list].firstIndex(where: { $0[keyPath: path] == key }) else { return }
        change(&self[keyPath: list][index])
    }
}

extension Closed.Cause {
    /// The outcome that this cause of closing means.
    package var outcome: Outcome {
        switch self {
        case .lapsed: .lapsed
        case .redirected: .redirected
        case .duplicate: .duplicate
        }
    }
}
