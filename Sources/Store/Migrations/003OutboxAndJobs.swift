extension Migration {
    /// What is to leave the trust, and what is to be done later.
    static let outboxAndJobs = Migration(
        number: 3, name: "outbox and jobs",
        statements: [
            // Sending is a job of its own, so a message has no attempts or leases here.
            """
            CREATE TABLE outbox (
                message_id TEXT NOT NULL PRIMARY KEY,
                channel TEXT NOT NULL CHECK (channel IN ('email', 'text')),
                recipient TEXT NOT NULL,
                subject TEXT NOT NULL,
                body TEXT NOT NULL,
                case_id TEXT REFERENCES case_head (case_id),
                state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'dead')),
                queued_at TEXT NOT NULL,
                settled_at TEXT,
                error TEXT,
                dedupe_key TEXT NOT NULL UNIQUE
            )
            """,
            "CREATE INDEX dead_message ON outbox (message_id) WHERE state = 'dead'",
            "CREATE INDEX message_by_case ON outbox (case_id, message_id)",
            """
            CREATE TABLE job (
                job_id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL,
                body TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'finished', 'dead')),
                attempts BIGINT NOT NULL,
                made_at TEXT NOT NULL,
                run_at TEXT NOT NULL,
                claimed_by TEXT,
                claimed_until TEXT,
                finished_at TEXT,
                error TEXT,
                dedupe_key TEXT NOT NULL UNIQUE
            )
            """,
            "CREATE INDEX waiting_job ON job (run_at, job_id) WHERE state = 'waiting'",
            "CREATE INDEX finished_job ON job (finished_at) WHERE state = 'finished'",
            "CREATE INDEX dead_job ON job (job_id) WHERE state = 'dead'",
        ])
}
