import Rights
import Store

/// Work that was given up, as far as whoever keeps the system must know of it: not what a message says, and of whom
/// it was for no more than where their mail goes.
package struct FailedWork: Sendable {
    package let id: Job.ID
    /// Nothing for a kind of work that this version does not know.
    package let kind: WorkKind?
    package let madeAt: Moment
    package let attempts: Int
    /// Why the last attempt failed.
    package let reason: String
    /// The message that was not sent.
    package let message: Message?
    /// The case it was about, with its reference.
    package let about: (id: Case.ID, reference: String)?

    package struct Message: Sendable {
        package let channel: OutgoingMessage.Channel
        package let subject: String
        /// `example.org`: mail to one provider often fails together. Nothing for a text message.
        package let domain: String?
    }
}

extension Casework {
    /// One page of the work that was given up, the newest first, and how much there is.
    ///
    /// - Throws: `Problem.notAllowed` for who is no administrator.
    package func failedWork(
        offset: Int, limit: Int, for staff: Staff
    ) async throws -> (work: [FailedWork], count: Int) {
        try mustKeepTheSystem(staff)
        return try await store.read { transaction in
            (
                try transaction.deadJobs(offset: offset, limit: limit).map { try FailedWork($0, transaction) },
                try transaction.countDeadJobs()
            )
        }
    }

    /// Lets work that was given up be tried again from the beginning. The access log keeps who did.
    ///
    /// - Throws: `Problem.conflict` if somebody has dealt with it; `Problem.notAllowed` for who is no administrator.
    package func retry(_ id: Job.ID, by staff: Staff) async throws {
        try await deal(with: id, .retriedWork, by: staff) { transaction, now in
            guard let job = try transaction.revive(id, at: now) else { return false }
            if let message = job.message { try transaction.requeue(message) }
            return true
        }
        wakeWorker()
    }

    /// Takes work that was given up off the list: it need not be done any more. The access log keeps who decided that.
    ///
    /// - Throws: `Problem.conflict` if somebody has dealt with it; `Problem.notAllowed` for who is no administrator.
    package func dismiss(_ id: Job.ID, by staff: Staff) async throws {
        try await deal(with: id, .dismissedWork, by: staff) { transaction, now in
            guard let job = try transaction.dismiss(id, at: now) else { return false }
            if let message = job.message { try transaction.forgetText(of: message) }
            return true
        }
    }

    private func deal(
        with id: Job.ID, _ what: AccessKind, by staff: Staff,
        _ body: @escaping @Sendable (Transaction, Moment) throws -> Bool
    ) async throws {
        try mustKeepTheSystem(staff)
        let now = surroundings.now()
        try await store.write { transaction in
            guard try body(transaction, now) else {
                throw Problem.conflict("Somebody has dealt with this already.")
            }
            try transaction.recordAccess(what, of: nil, by: Actor.staff(staff).skeleton, detail: id.text, at: now)
        }
    }

    private func mustKeepTheSystem(_ staff: Staff) throws(Problem) {
        guard staff.permissions.contains(.administer) else {
            throw .notAllowed("Only an administrator can see and change this.")
        }
    }
}

extension FailedWork {
    fileprivate init(_ job: Job, _ transaction: Transaction) throws {
        id = job.id
        kind = WorkKind(rawValue: job.kind)
        madeAt = job.madeAt
        attempts = job.attempts
        reason = job.error ?? ""
        let unsent = try job.message.flatMap { try transaction.message($0) }
        message = unsent.map { unsent in
            Message(
                channel: unsent.channel, subject: unsent.subject,
                domain: unsent.recipient.split(separator: "@").dropFirst().last.map(String.init))
        }
        let caseID = job.kind == NewJob.scanKind ? ScanOrder(body: job.body)?.caseID : unsent?.caseID
        about = try caseID.flatMap { try transaction.summary(of: $0) }.map { ($0.id, $0.reference) }
    }
}

extension Job {
    /// The message that this job is to send.
    fileprivate var message: OutgoingMessage.ID? {
        kind == OutgoingMessage.jobKind ? OutgoingMessage.ID(body) : nil
    }
}
