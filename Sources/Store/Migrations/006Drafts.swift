extension Migration {
    /// Requests that were begun and not sent.
    static let drafts = Migration(
        number: 6, name: "drafts",
        statements: [
            // The answers are sealed under the draft's own key, which becomes the case's when the request is sent.
            """
            CREATE TABLE draft (
                draft_id TEXT NOT NULL PRIMARY KEY,
                account_id TEXT NOT NULL REFERENCES account (id),
                key_id TEXT NOT NULL UNIQUE REFERENCES data_key (key_id),
                application_type TEXT NOT NULL,
                form_version BIGINT NOT NULL,
                revision BIGINT NOT NULL CHECK (revision > 0),
                answers BYTEA NOT NULL,
                begun_at TEXT NOT NULL,
                changed_at TEXT NOT NULL
            )
            """,
            "CREATE INDEX draft_by_account ON draft (account_id, changed_at)",
            "CREATE INDEX draft_by_change ON draft (changed_at)",
        ])
}
