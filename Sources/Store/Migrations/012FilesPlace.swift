extension Migration {
    /// Where the files of this database lie, which all nodes must agree upon.
    static let filesPlace = Migration(
        number: 12, name: "place of files",
        statements: [
            """
            CREATE TABLE files_place (
                id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
                place TEXT NOT NULL
            )
            """
        ])
}
