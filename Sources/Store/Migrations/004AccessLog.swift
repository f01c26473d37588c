extension Migration {
    /// Who looked at what.
    static let accessLog = Migration(
        number: 4, name: "access log",
        statements: [
            """
            CREATE TABLE access (
                access_id TEXT NOT NULL PRIMARY KEY,
                at TEXT NOT NULL,
                actor TEXT NOT NULL,
                what TEXT NOT NULL,
                case_id TEXT,
                detail TEXT
            )
            """,
            "CREATE INDEX access_by_case ON access (case_id, access_id)",
            "CREATE INDEX access_by_actor ON access (actor, access_id)",
            .sqlite(
                """
                CREATE TRIGGER access_is_never_changed BEFORE UPDATE ON access
                BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END
                """),
            .sqlite(
                """
                CREATE TRIGGER access_is_never_removed BEFORE DELETE ON access
                BEGIN SELECT RAISE(ABORT, 'the access log is never cut'); END
                """),
            .postgresql(
                """
                CREATE TRIGGER access_is_never_changed BEFORE UPDATE ON access
                FOR EACH ROW EXECUTE FUNCTION refuse('the access log is never changed')
                """),
            .postgresql(
                """
                CREATE TRIGGER access_is_never_removed BEFORE DELETE ON access
                FOR EACH ROW EXECUTE FUNCTION refuse('the access log is never cut')
                """),
            .postgresql(
                """
                CREATE TRIGGER accesses_are_never_removed BEFORE TRUNCATE ON access
                FOR EACH STATEMENT EXECUTE FUNCTION refuse('the access log is never cut')
                """),
        ])
}
