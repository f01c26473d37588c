extension Migration {
    /// What keeps lists, search and the nightly work quick however many cases there are.
    static let anySize = Migration(
        number: 13, name: "any size",
        statements: [
            // Every order in which a list can be had, so that a page is read and not sorted out of all.
            "CREATE INDEX summary_by_subject_name ON case_summary (subject_key, number)",
            "CREATE INDEX summary_by_requester_name ON case_summary (requester_key, number)",
            "CREATE INDEX summary_by_stage ON case_summary (stage, number)",
            "CREATE INDEX summary_by_type ON case_summary (application_type, number)",
            // The open and the closed by themselves, so that one kind is not looked for among the other.
            "CREATE INDEX open_summary_by_day ON case_summary (received_on, number) WHERE closed_on IS NULL",
            "CREATE INDEX closed_summary_by_day ON case_summary (received_on, number) WHERE closed_on IS NOT NULL",
            // What is filtered by among all cases, in the order in which they are listed.
            "CREATE INDEX summary_by_handler ON case_summary (handler_id, received_on, number)",
            "CREATE INDEX summary_by_department ON case_summary (department, received_on, number)",
            "CREATE INDEX summary_by_action ON case_summary (next_action, received_on, number)",
            // Those of the open cases once more, so that they are the newest: of two indexes that promise it the same,
            // SQLite takes the newer, and these leave out the closed cases, which in time are nearly all.
            "DROP INDEX open_summary_by_handler",
            "DROP INDEX open_summary_by_department",
            "DROP INDEX open_summary_by_action",
            """
            CREATE INDEX open_summary_by_handler ON case_summary (handler_id, due_key, number)
            WHERE closed_on IS NULL
            """,
            """
            CREATE INDEX open_summary_by_department ON case_summary (department, due_key, number)
            WHERE closed_on IS NULL
            """,
            """
            CREATE INDEX open_summary_by_action ON case_summary (next_action, due_key, number)
            WHERE closed_on IS NULL
            """,
            // Files that nobody has looked at yet, and what was released lately: few among very many.
            """
            CREATE INDEX file_to_inspect ON file (added_at, file_id)
            WHERE state = 'received' AND case_id IS NOT NULL
            """,
            "CREATE INDEX released_file_by_time ON released_file (released_at, case_id)",
            // The beginning of a word is looked up like a word. Without an index of beginnings of its length SQLite
            // collects everything that begins so before it gives the first of them.
            .sqlite("CREATE TABLE case_search_kept (number INTEGER NOT NULL PRIMARY KEY, words TEXT NOT NULL)"),
            .sqlite("INSERT INTO case_search_kept (number, words) SELECT rowid, words FROM case_search"),
            .sqlite("DROP TABLE case_search"),
            .sqlite(
                """
                CREATE VIRTUAL TABLE case_search USING fts5 (
                    words, tokenize = 'ascii', prefix = '1 2 3 4 5 6 7 8'
                )
                """),
            .sqlite("INSERT INTO case_search (rowid, words) SELECT number, words FROM case_search_kept"),
            .sqlite("DROP TABLE case_search_kept"),
            // Room on each page for the next state of a case, which then needs no new entries in the indexes when
            // nothing that they hold has changed.
            .postgresql("ALTER TABLE case_summary SET (fillfactor = 80)"),
        ])
}
