import Rights
import Store

// What follows from a fact, in the same transaction as the fact itself: mails to the requester, jobs for the worker,
// rows that the schema checks. Nothing here reaches outside the database, so a retried transaction repeats nothing.
extension Casework {
    func follow(
        _ additions: [Addition], of matter: Case, in situation: Situation, _ transaction: Transaction
    ) throws {
        let isTold = additions.contains { $0.fact.hasMailOfItsOwn }
        for (index, addition) in additions.enumerated() {
            let sequence = matter.sequence - additions.count + index + 1
            switch addition.fact {
            case .received(let received) where received.channel == .portal:
                try mail(.requestReceived, about: matter, sequence, in: situation, transaction)
            case .messageSent(let message) where message.asks != .nothing:
                try mail(.questionAsked, about: matter, sequence, in: situation, transaction)
            // A covering note or a last letter comes with the mail about what it goes with.
            case .messageSent where !isTold:
                try mail(.statusChanged, about: matter, sequence, in: situation, transaction)
            case .withdrawn:
                try mail(.requestWithdrawn, about: matter, sequence, in: situation, transaction)
            case .closed:
                try mail(.requestClosed, about: matter, sequence, in: situation, transaction)
            case .fileAdded(let added):
                try transaction.adopt(added.file.id, into: matter.id)
                try transaction.enqueue(.scan(added.file.id, of: matter.id), at: situation.now)
            case .fileInspected(let inspected):
                try transaction.set(inspected.result.state, of: inspected.file)
                try tell(inspected, in: matter, sequence, in: situation, transaction)
            case .partReleased(let part):
                for file in part.files {
                    try transaction.recordRelease(
                        of: file, from: matter.id, part: part.number, at: situation.now)
                }
                try mail(
                    .filesReady, about: matter, cause: "\(sequence)", adding: [.expires: part.downloadUntil.inWords],
                    in: situation, transaction)
            case .releasedAgain(let again):
                try transaction.recordReleaseAgain(ofPart: again.part, of: matter.id, at: situation.now)
                try mail(
                    .filesReady, about: matter, cause: "\(sequence)", adding: [.expires: again.downloadUntil.inWords],
                    in: situation, transaction)
            case .clockResumed(let resumed) where resumed.question == .withdrawn:
                try mail(.statusChanged, about: matter, sequence, in: situation, transaction)
            case .alertRaised(let raised):
                try tellStaff(raised, about: matter, sequence, in: situation, transaction)
            case .received, .handlerAssigned, .evidenceOffered, .checkAccepted, .checkRefused, .lastEntryRecorded,
                .messageSent, .messageRead, .replyReceived, .clockPaused, .clockResumed, .clockExtended, .taskGiven,
                .taskReturned, .noteAdded, .fileRemoved, .releaseConfirmed, .fileDownloaded, .requestRefused, .notHeld,
                .duplicateJudged, .struck:
                break
            }
        }
    }

    /// A requester whose document cannot be used is told at once what to send instead (S1-40).
    private func tell(
        _ inspected: FileInspected, in matter: Case, _ sequence: Int, in situation: Situation,
        _ transaction: Transaction
    ) throws {
        switch inspected.result {
        case .clean, .admittedUnscanned, .notScanned: return
        case .infected, .unusable:
            guard matter.file(inspected.file)?.by.kind == .requester else { return }
            try mail(.fileRejected, about: matter, sequence, in: situation, transaction)
        }
    }

    private func mail(
        _ standard: StandardWording, about matter: Case, _ sequence: Int, in situation: Situation,
        _ transaction: Transaction
    ) throws {
        try mail(standard, about: matter, cause: "\(sequence)", in: situation, transaction)
    }

    /// Writes a mail to the requester into the outbox, if there is an address to write to.
    ///
    /// - Parameters:
    ///   - cause: what caused it, as its key within the case, so that it can be there only once: an entry's number.
    ///   - more: values that are not the case's own.
    func mail(
        _ standard: StandardWording, about matter: Case, cause: String, adding more: [MergeField: String] = [:],
        in situation: Situation, _ transaction: Transaction
    ) throws {
        guard let address = try recipient(of: matter, transaction) else { return }
        let values = MergeValues(
            trust: trust, policy: situation.policy, matter: matter, clock: nil, today: situation.today, signature: "")
        let text = try situation.policy.fill(standard, values.adding(more))
        try transaction.post(
            NewMessage(
                channel: .email, recipient: address, subject: text.plainTitle, body: text.plainText, caseID: matter.id,
                dedupeKey: "case:\(matter.id):\(cause):\(standard.rawValue)"),
            at: situation.now)
    }

    /// Where the requester is written to: the account's address, because that is the one that was proved. A letter
    /// writer has no account, and is answered by letter.
    private func recipient(of matter: Case, _ transaction: Transaction) throws -> String? {
        guard let id = matter.account, let account = try transaction.account(.requester(id)), !account.isClosed else {
            return nil
        }
        return account.email
    }
}

extension Fact {
    /// Whether a mail of its own tells the requester, so that the message that goes with it needs none.
    fileprivate var hasMailOfItsOwn: Bool {
        switch self {
        case .partReleased, .withdrawn, .closed: true
        case .received, .handlerAssigned, .evidenceOffered, .checkAccepted, .checkRefused, .lastEntryRecorded,
            .messageSent, .messageRead, .replyReceived, .clockPaused, .clockResumed, .clockExtended, .taskGiven,
            .taskReturned, .noteAdded, .fileAdded, .fileInspected, .fileRemoved, .releaseConfirmed, .releasedAgain,
            .fileDownloaded, .requestRefused, .notHeld, .alertRaised, .duplicateJudged, .struck:
            false
        }
    }
}
