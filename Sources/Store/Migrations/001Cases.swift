extension Migration {
    /// Keys, facts and their chains, summaries, the search index and the reference counter.
    static let cases = Migration(
        number: 1, name: "cases",
        statements: [
            // The wrapped key is NULL once it was destroyed.
            """
            CREATE TABLE data_key (
                key_id TEXT NOT NULL PRIMARY KEY,
                wrapped BYTEA,
                made_at TEXT NOT NULL
            )
            """,
            // The chain of the whole store: which case was opened as which number.
            """
            CREATE TABLE opening (
                number BIGINT NOT NULL PRIMARY KEY,
                case_id TEXT NOT NULL UNIQUE,
                opened_at TEXT NOT NULL,
                hash BYTEA NOT NULL
            )
            """,
            // The end of that chain, so that removing its last link shows.
            """
            CREATE TABLE ledger (
                id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
                openings BIGINT NOT NULL,
                hash BYTEA NOT NULL,
                code BYTEA NOT NULL
            )
            """,
            // The end of each case's chain.
            """
            CREATE TABLE case_head (
                case_id TEXT NOT NULL PRIMARY KEY REFERENCES opening (case_id),
                key_id TEXT NOT NULL UNIQUE REFERENCES data_key (key_id),
                sequence BIGINT NOT NULL CHECK (sequence >= 0),
                hash BYTEA NOT NULL,
                code BYTEA NOT NULL
            )
            """,
            // The facts of a case lie together on the disk, because they are read together.
            .sqlite(
                """
                CREATE TABLE fact (
                    case_id TEXT NOT NULL REFERENCES case_head (case_id),
                    sequence BIGINT NOT NULL CHECK (sequence > 0),
                    kind TEXT NOT NULL,
                    recorded_at TEXT NOT NULL,
                    effective_on TEXT NOT NULL,
                    actor TEXT NOT NULL,
                    body BYTEA NOT NULL,
                    hash BYTEA NOT NULL,
                    PRIMARY KEY (case_id, sequence)
                ) WITHOUT ROWID
                """),
            .sqlite(
                """
                CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
                BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END
                """),
            .sqlite(
                """
                CREATE TRIGGER fact_is_never_removed BEFORE DELETE ON fact
                BEGIN SELECT RAISE(ABORT, 'a fact is never removed'); END
                """),
            .sqlite(
                """
                CREATE TRIGGER opening_is_never_changed BEFORE UPDATE ON opening
                BEGIN SELECT RAISE(ABORT, 'an opening is never changed'); END
                """),
            .sqlite(
                """
                CREATE TRIGGER opening_is_never_removed BEFORE DELETE ON opening
                BEGIN SELECT RAISE(ABORT, 'an opening is never removed'); END
                """),
        ])
}
