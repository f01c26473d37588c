extension Migration {
    /// The sealed bytes of files, where the database is their place.
    static let fileBytes = Migration(
        number: 11, name: "bytes of files",
        statements: [
            // An unfinished file is on its way in or out, and nobody finds it. No reference to `file`: the bytes are there
            // before the row that knows them, and may be after it.
            """
            CREATE TABLE file_bytes (
                file_id TEXT NOT NULL PRIMARY KEY,
                state TEXT NOT NULL CHECK (state IN ('unfinished', 'whole', 'aside')),
                chunk_size BIGINT NOT NULL CHECK (chunk_size > 0),
                size BIGINT NOT NULL CHECK (size >= 0),
                changed_at TEXT NOT NULL
            )
            """,
            "CREATE INDEX file_bytes_in_passing ON file_bytes (state, changed_at) WHERE state <> 'whole'",
            """
            CREATE TABLE file_chunk (
                file_id TEXT NOT NULL REFERENCES file_bytes (file_id),
                number BIGINT NOT NULL CHECK (number >= 0),
                bytes BYTEA NOT NULL,
                PRIMARY KEY (file_id, number)
            )
            """,
            // Sealed bytes cannot be made smaller, and parts of what was not made smaller are read without the whole.
            .postgresql("ALTER TABLE file_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL"),
        ])
}
