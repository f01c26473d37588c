extension Migration {
    /// Keys, facts and their chains.
    static let cases = Migration(number: 1, name: "cases", statements: facts + summaries)

    private static let facts: [Statement] = [
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
            code BYTEA NOT NULL,
            UNIQUE (case_id, key_id)
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
        .postgresql(
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
            )
            """),
        // What a trigger of PostgreSQL says when it refuses, as RAISE (ABORT, …) does on SQLite.
        .postgresql(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
            END $$
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
        .postgresql(
            """
            CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
            FOR EACH ROW EXECUTE FUNCTION refuse('a fact is never changed')
            """),
        .postgresql(
            """
            CREATE TRIGGER fact_is_never_removed BEFORE DELETE ON fact
            FOR EACH ROW EXECUTE FUNCTION refuse('a fact is never removed')
            """),
        .postgresql(
            """
            CREATE TRIGGER facts_are_never_removed BEFORE TRUNCATE ON fact
            FOR EACH STATEMENT EXECUTE FUNCTION refuse('a fact is never removed')
            """),
        .postgresql(
            """
            CREATE TRIGGER opening_is_never_changed BEFORE UPDATE ON opening
            FOR EACH ROW EXECUTE FUNCTION refuse('an opening is never changed')
            """),
        .postgresql(
            """
            CREATE TRIGGER opening_is_never_removed BEFORE DELETE ON opening
            FOR EACH ROW EXECUTE FUNCTION refuse('an opening is never removed')
            """),
        .postgresql(
            """
            CREATE TRIGGER openings_are_never_removed BEFORE TRUNCATE ON opening
            FOR EACH STATEMENT EXECUTE FUNCTION refuse('an opening is never removed')
            """),
    ]

    // What can be computed from the facts, kept for lists and search, and made anew by `rightsdesk rebuild`.
    private static let summaries: [Statement] = [
        // The number is that of the opening, so that newer cases sort last. The due key is the governing date, or
        // the end of time while the clock is stopped.
        """
        CREATE TABLE case_summary (
            number INTEGER NOT NULL PRIMARY KEY REFERENCES opening (number),
            case_id TEXT NOT NULL UNIQUE REFERENCES case_head (case_id),
            reference TEXT NOT NULL UNIQUE,
            application_type TEXT NOT NULL,
            right_code TEXT NOT NULL,
            account_id TEXT,
            requester_name TEXT NOT NULL,
            requester_key TEXT NOT NULL,
            subject_name TEXT NOT NULL,
            subject_key TEXT NOT NULL,
            nhs_number TEXT,
            hospital_number TEXT,
            date_of_birth TEXT,
            stage TEXT NOT NULL,
            received_on TEXT NOT NULL,
            logged_on TEXT NOT NULL,
            policy_due TEXT,
            statute_due TEXT,
            governing_due TEXT,
            due_key TEXT NOT NULL,
            clock_state TEXT NOT NULL,
            is_extended BOOLEAN NOT NULL,
            handler_id TEXT,
            department TEXT,
            next_action TEXT NOT NULL,
            awaits_requester BOOLEAN NOT NULL,
            awaits_staff BOOLEAN NOT NULL,
            answered_on TEXT,
            closed_on TEXT,
            outcome TEXT,
            last_sequence BIGINT NOT NULL,
            updated_at TEXT NOT NULL
        )
        """,
        // The one-time numbers of forms that were acted upon, so that a form sent twice is one act.
        """
        CREATE TABLE form_receipt (
            receipt TEXT NOT NULL PRIMARY KEY,
            case_id TEXT NOT NULL REFERENCES case_head (case_id),
            taken_at TEXT NOT NULL
        )
        """,
        "CREATE INDEX open_summary_by_due ON case_summary (due_key, number) WHERE closed_on IS NULL",
        """
        CREATE INDEX open_summary_by_handler ON case_summary (handler_id, due_key, number)
        WHERE closed_on IS NULL
        """,
        """
        CREATE INDEX open_summary_by_department ON case_summary (department, due_key, number)
        WHERE closed_on IS NULL
        """,
        "CREATE INDEX summary_by_account ON case_summary (account_id, number)",
        "CREATE INDEX summary_by_day ON case_summary (received_on, number)",
        "CREATE INDEX summary_by_nhs_number ON case_summary (nhs_number)",
        "CREATE INDEX summary_by_birth ON case_summary (date_of_birth, subject_key)",
        // The words are folded by the program, so that both engines find the same.
        .sqlite(
            """
            CREATE VIRTUAL TABLE case_search USING fts5 (words, tokenize = 'ascii', prefix = '2 3')
            """),
        .postgresql(
            """
            CREATE TABLE case_search (
                rowid BIGINT NOT NULL PRIMARY KEY,
                words TEXT NOT NULL,
                document TSVECTOR NOT NULL
                    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED
            )
            """),
        .postgresql("CREATE INDEX case_search_by_word ON case_search USING gin (document)"),
        """
        CREATE TABLE reference_counter (
            prefix TEXT NOT NULL,
            year BIGINT NOT NULL,
            last BIGINT NOT NULL,
            PRIMARY KEY (prefix, year)
        )
        """,
    ]
}
