extension Migration {
    /// Files that are kept in the vault. The bytes are not in the database.
    static let files = Migration(
        number: 2, name: "files",
        statements: [
            // A draft's file has no case yet. Once it has one, it is under that case's own key, or the reference to
            // the case's head does not hold.
            """
            CREATE TABLE file (
                file_id TEXT NOT NULL PRIMARY KEY,
                key_id TEXT NOT NULL REFERENCES data_key (key_id),
                case_id TEXT,
                name BYTEA NOT NULL,
                size BIGINT NOT NULL CHECK (size >= 0),
                sha256 TEXT NOT NULL,
                content_type TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('received', 'clean', 'infected', 'unusable', 'unscanned')),
                added_at TEXT NOT NULL,
                added_by TEXT NOT NULL,
                UNIQUE (file_id, case_id),
                FOREIGN KEY (case_id, key_id) REFERENCES case_head (case_id, key_id)
            )
            """,
            "CREATE INDEX file_by_case ON file (case_id, added_at)",
            "CREATE INDEX file_by_key ON file (key_id, added_at)",
            .sqlite(
                """
                CREATE TRIGGER file_never_changes_case BEFORE UPDATE OF case_id, key_id ON file
                WHEN OLD.case_id IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'a file never changes its case'); END
                """),
            .postgresql(
                """
                CREATE TRIGGER file_never_changes_case BEFORE UPDATE OF case_id, key_id ON file
                FOR EACH ROW WHEN (OLD.case_id IS NOT NULL) EXECUTE FUNCTION refuse('a file never changes its case')
                """),
            // The second reference makes it impossible to release a file of another case.
            """
            CREATE TABLE released_file (
                case_id TEXT NOT NULL REFERENCES case_head (case_id),
                part BIGINT NOT NULL CHECK (part > 0),
                file_id TEXT NOT NULL,
                released_at TEXT NOT NULL,
                PRIMARY KEY (case_id, part, file_id),
                FOREIGN KEY (file_id, case_id) REFERENCES file (file_id, case_id)
            )
            """,
            "CREATE INDEX released_file_by_file ON released_file (file_id)",
        ])
}
