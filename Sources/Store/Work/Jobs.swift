import Rights

/// Something to be done later, written down in the same transaction as what made it necessary.
package struct NewJob: Hashable, Sendable {
    /// The stable name of the kind of work.
    package let kind: String
    /// What the work needs to know, usually JSON. No personal data: identifiers.
    package let body: String
    /// A job whose key is known already is not written again, so that the same cause makes one job.
    package let dedupeKey: String
    /// Not before this moment; at once if nothing.
    package let runAt: Moment?

    package init(kind: String, body: String, dedupeKey: String, runAt: Moment? = nil) {
        self.kind = kind
        self.body = body
        self.dedupeKey = dedupeKey
        self.runAt = runAt
    }
}

/// A job that was claimed, or one that is dead.
package struct Job: Hashable, Sendable {
    package typealias ID = Identifier<Job>

    package let id: ID
    package let kind: String
    package let body: String
    /// When it was written down.
    package let madeAt: Moment
    /// How often it was claimed, this time included.
    package let attempts: Int
    /// Why it failed the last time.
    package let error: String?

    static let columns = "job_id, kind, body, made_at, attempts, error"

    init(_ row: Row) throws {
        id = try row.identifier(0)
        kind = try row.text(1)
        body = try row.text(2)
        madeAt = try row.moment(3)
        attempts = try row.integer(4)
        error = try row.optionalText(5)
    }
}

/// How far the worker is behind.
package struct WorkWaiting: Hashable, Sendable {
    /// When the oldest job that nobody has done should have been done; nothing if none is late.
    package let dueSince: Moment?
    /// Jobs that were given up.
    package let dead: Int
    /// When the newest job was written down: a clock that shows an earlier time was set back.
    package let newest: Moment?
}

/// What became of a job that failed.
package enum FailedJob: Hashable, Sendable {
    case waits(until: Moment)
    /// It was tried often enough: a person has to look at it.
    case dead
}

extension Transaction {
    /// Seconds that a job waits at most.
    private static let longestWait = 86_400

    /// Writes a job down. False if one with the same key is there already.
    @discardableResult
    package func enqueue(_ job: NewJob, at now: Moment) throws -> Bool {
        let id: Job.ID = Identifier(at: now, random: keyring.bytes(10))
        return try execute(
            """
            INSERT INTO job (job_id, kind, body, state, attempts, made_at, run_at, dedupe_key)
            VALUES ($1, $2, $3, 'waiting', 0, $4, $5, $6) ON CONFLICT (dedupe_key) DO NOTHING
            """,
            id, job.kind, job.body, now, job.runAt ?? now, job.dedupeKey) == 1
    }

    /// Whether there is a job to be claimed. A look costs nothing that must be kept, so an idle worker looks often.
    ///
    /// - Parameter kinds: those that do not count.
    package func isJobDue(at now: Moment, except kinds: [String] = []) throws -> Bool {
        let others = kinds.indices.map { " AND kind <> $\($0 + 2)" }.joined()
        let values: [any SQLValue] = [now] + kinds
        return try !all(
            """
            SELECT 1 FROM job
            WHERE state = 'waiting' AND run_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)\(others) LIMIT 1
            """, values.map(\.stored)
        ) { try $0.integer(0) }.isEmpty
    }

    /// Claims the job that has waited longest, for so many seconds; nothing if none is to be done. A worker that
    /// dies loses the claim by time, so what a job does must be right when done twice. For `Store.take`.
    ///
    /// - Parameters:
    ///   - inHand: jobs that this worker is doing, whose claims only seem to have run out: the clock was set.
    ///   - kinds: those of which it does enough.
    package func claimJob(
        by worker: String, at now: Moment, lease: Int, inHand: [Job.ID] = [], except kinds: [String] = []
    ) throws -> Job? {
        let columns = inHand.map { _ in "job_id" } + kinds.map { _ in "kind" }
        let others = columns.enumerated().map { " AND \($1) <> $\($0 + 4)" }.joined()
        let values: [any SQLValue] = [worker, now + lease, now] + inHand + kinds
        return try all(
            """
            UPDATE job SET claimed_by = $1, claimed_until = $2, attempts = attempts + 1
            WHERE job_id = (
                SELECT job_id FROM job
                WHERE state = 'waiting' AND run_at <= $3 AND (claimed_until IS NULL OR claimed_until <= $3)\(others)
                ORDER BY run_at, job_id LIMIT 1 \(connection.passingOver)
            )
            RETURNING \(Job.columns)
            """, values.map(\.stored)
        ) { try Job($0) }.first
    }

    /// Claims a job for longer, for work that takes long. False if the claim was lost to another worker.
    package func extendClaim(of job: Job.ID, by worker: String, until: Moment) throws -> Bool {
        try execute(
            "UPDATE job SET claimed_until = $3 WHERE job_id = $1 AND claimed_by = $2 AND state = 'waiting'",
            job, worker, until) == 1
    }

    /// The job is done. False if the claim was lost to another worker, who will do it again.
    @discardableResult
    package func finish(_ job: Job.ID, by worker: String, at now: Moment) throws -> Bool {
        try execute(
            """
            UPDATE job SET state = 'finished', finished_at = $3, claimed_by = NULL, claimed_until = NULL, error = NULL
            WHERE job_id = $1 AND claimed_by = $2 AND state = 'waiting'
            """, job, worker, now) == 1
    }

    /// The job could not be done. It waits longer each time: a minute, two, four … a day at most. After `most`
    /// attempts it is dead. Nothing if the claim was lost to another worker.
    ///
    /// - Parameter error: for the person who looks at a dead job; without personal data.
    @discardableResult
    package func fail(
        _ job: Job, by worker: String, error: String, at now: Moment, most: Int = 12
    ) throws -> FailedJob? {
        let outcome: FailedJob
        if job.attempts >= most {
            outcome = .dead
        } else {
            outcome = .waits(until: now + min(60 << min(max(job.attempts - 1, 0), 20), Self.longestWait))
        }
        let (state, runAt): (String, Moment) =
            switch outcome {
            case .dead: ("dead", now)
            case .waits(let until): ("waiting", until)
            }
        let changed = try execute(
            """
            UPDATE job SET state = $3, run_at = $4, error = $5, claimed_by = NULL, claimed_until = NULL
            WHERE job_id = $1 AND claimed_by = $2 AND state = 'waiting'
            """, job.id, worker, state, runAt, error)
        return changed == 1 ? outcome : nil
    }

    /// Puts right what was written down while the clock was ahead and has been set back since: no job waits for longer
    /// than a day, no claim holds for longer than a claim does, and nobody signs in later with what belongs to a time that
    /// has not come.
    ///
    /// - Parameter lease: seconds for which a job is claimed at most.
    package func takeBackFuture(at now: Moment, lease: Int) throws {
        try execute(
            """
            UPDATE job SET run_at = $1
            WHERE state = 'waiting' AND (run_at > $2 OR (made_at > $3 AND run_at > $1))
            """, now, now + (Self.longestWait + Moment.slack), Moment.latest(at: now))
        try execute(
            "UPDATE job SET claimed_until = $1 WHERE state = 'waiting' AND claimed_until > $2", now + lease,
            now + (lease + Moment.slack))
        let latest = Moment.latest(at: now)
        try execute("UPDATE session SET ended_at = $1 WHERE created_at > $2 AND ended_at IS NULL", now, latest)
        try execute(
            """
            UPDATE mailed_link SET superseded_at = $1
            WHERE sent_at > $2 AND used_at IS NULL AND superseded_at IS NULL
            """, now, latest)
        try execute(
            "UPDATE sign_in_step SET used_at = $1 WHERE expires_at > $2 AND used_at IS NULL", now, now + 86_400)
    }

    /// How far the worker is behind.
    package func workWaiting(at now: Moment) throws -> WorkWaiting {
        let due = try first(
            "SELECT run_at FROM job WHERE state = 'waiting' AND run_at <= $1 ORDER BY run_at LIMIT 1", now
        ) { try $0.moment(0) }
        // Identifiers are made of the time.
        let newest = try first("SELECT made_at FROM job ORDER BY job_id DESC LIMIT 1") { try $0.moment(0) }
        return WorkWaiting(dueSince: due, dead: try countDeadJobs(), newest: newest)
    }

    /// Jobs that a person has to look at, the newest first.
    package func deadJobs(offset: Int = 0, limit: Int = 100) throws -> [Job] {
        try all(
            "SELECT \(Job.columns) FROM job WHERE state = 'dead' ORDER BY job_id DESC LIMIT $1 OFFSET $2", limit, offset
        ) { try Job($0) }
    }

    package func countDeadJobs() throws -> Int {
        try first("SELECT count(*) FROM job WHERE state = 'dead'") { try $0.integer(0) } ?? 0
    }

    /// Lets a dead job be tried again from the beginning. Nothing if it is not dead (any more).
    package func revive(_ job: Job.ID, at now: Moment) throws -> Job? {
        try first(
            """
            UPDATE job SET state = 'waiting', attempts = 0, run_at = $2 WHERE job_id = $1 AND state = 'dead'
            RETURNING \(Job.columns)
            """, job, now
        ) { try Job($0) }
    }

    /// A dead job need not be done any more. Nothing if it is not dead (any more).
    package func dismiss(_ job: Job.ID, at now: Moment) throws -> Job? {
        try first(
            """
            UPDATE job SET state = 'finished', finished_at = $2 WHERE job_id = $1 AND state = 'dead'
            RETURNING \(Job.columns)
            """, job, now
        ) { try Job($0) }
    }

    /// Forgets jobs that were finished before this moment. Their keys can be used again then.
    @discardableResult
    package func forgetFinishedJobs(before moment: Moment) throws -> Int {
        try execute("DELETE FROM job WHERE state = 'finished' AND finished_at < $1", moment)
    }
}
