extension Migration {
    /// What only the right master key can have made.
    static let masterKeyMark = Migration(
        number: 9, name: "mark of the master key",
        statements: [
            """
            CREATE TABLE master_key_mark (
                id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
                code BYTEA NOT NULL
            )
            """
        ])
}
