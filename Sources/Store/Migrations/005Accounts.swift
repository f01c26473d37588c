extension Migration {
    /// Who can sign in, with what, and what happened at the doors.
    static let accounts = Migration(
        number: 5, name: "accounts, staff and sessions",
        statements: [
            """
            CREATE TABLE account (
                id TEXT NOT NULL PRIMARY KEY,
                audience TEXT NOT NULL CHECK (audience IN ('portal', 'desk')),
                email TEXT NOT NULL,
                email_key TEXT NOT NULL,
                password TEXT,
                phone TEXT,
                app_secret TEXT,
                app_step BIGINT,
                created_at TEXT NOT NULL,
                closed_at TEXT,
                CHECK (audience <> 'portal' OR (password IS NULL) = (closed_at IS NOT NULL)),
                CHECK (password IS NULL OR closed_at IS NULL),
                CHECK (phone IS NULL OR app_secret IS NULL),
                CHECK (audience <> 'desk' OR password IS NULL OR phone IS NOT NULL OR app_secret IS NOT NULL)
            )
            """,
            "CREATE UNIQUE INDEX account_email ON account (audience, email_key) WHERE closed_at IS NULL",
            """
            CREATE TABLE staff (
                id TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
                name TEXT NOT NULL,
                department TEXT NOT NULL,
                date_of_birth TEXT,
                nhs_number TEXT,
                ends_on TEXT
            )
            """,
            """
            CREATE TABLE staff_role (
                staff TEXT NOT NULL REFERENCES staff (id),
                role TEXT NOT NULL,
                PRIMARY KEY (staff, role)
            )
            """,
            """
            CREATE TABLE session (
                id TEXT NOT NULL PRIMARY KEY,
                digest TEXT NOT NULL UNIQUE,
                account TEXT NOT NULL REFERENCES account (id),
                created_at TEXT NOT NULL,
                seen_at TEXT NOT NULL,
                idle_seconds BIGINT NOT NULL CHECK (idle_seconds > 0),
                ends_at TEXT NOT NULL,
                is_kept BOOLEAN NOT NULL,
                device TEXT NOT NULL,
                ended_at TEXT
            )
            """,
            "CREATE INDEX session_account ON session (account) WHERE ended_at IS NULL",
            """
            CREATE TABLE known_device (
                digest TEXT NOT NULL PRIMARY KEY,
                account TEXT NOT NULL REFERENCES account (id),
                seen_at TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE sign_in_step (
                digest TEXT NOT NULL PRIMARY KEY,
                account TEXT NOT NULL REFERENCES account (id),
                keep BOOLEAN NOT NULL,
                expires_at TEXT NOT NULL,
                used_at TEXT
            )
            """,
            """
            CREATE TABLE mailed_link (
                digest TEXT NOT NULL PRIMARY KEY,
                purpose TEXT NOT NULL,
                audience TEXT NOT NULL,
                email_digest TEXT NOT NULL,
                email TEXT,
                account TEXT REFERENCES account (id),
                sent_at TEXT NOT NULL,
                expires_at TEXT NOT NULL,
                used_at TEXT,
                superseded_at TEXT
            )
            """,
            "CREATE INDEX mailed_link_address ON mailed_link (audience, email_digest, sent_at)",
            """
            CREATE TABLE setting_up (
                link TEXT NOT NULL PRIMARY KEY REFERENCES mailed_link (digest),
                password TEXT NOT NULL,
                phone TEXT,
                app_secret TEXT,
                CHECK ((phone IS NULL) <> (app_secret IS NULL))
            )
            """,
            """
            CREATE TABLE security_code (
                id TEXT NOT NULL PRIMARY KEY,
                account TEXT NOT NULL REFERENCES account (id),
                purpose TEXT NOT NULL,
                phone TEXT NOT NULL,
                digest TEXT NOT NULL,
                sent_at TEXT NOT NULL,
                failures BIGINT NOT NULL DEFAULT 0,
                used_at TEXT
            )
            """,
            "CREATE INDEX security_code_account ON security_code (account, purpose, sent_at)",
            """
            CREATE TABLE account_event (
                id TEXT NOT NULL PRIMARY KEY,
                at TEXT NOT NULL,
                kind TEXT NOT NULL,
                audience TEXT NOT NULL,
                email_digest TEXT NOT NULL,
                account TEXT REFERENCES account (id),
                source TEXT NOT NULL,
                is_known_device BOOLEAN NOT NULL,
                done_by TEXT NOT NULL,
                note TEXT NOT NULL
            )
            """,
            "CREATE INDEX account_event_address ON account_event (audience, email_digest, at)",
            "CREATE INDEX account_event_source ON account_event (audience, source, at)",
            "CREATE INDEX account_event_account ON account_event (account, at)",
        ])
}
