extension Migration {
    /// What lists must know besides: who a case is about or by, so that it is hidden from them; whether it is urgent;
    /// whether its clock ever ran.
    static let whatListsKnow = Migration(
        number: 8, name: "what lists know",
        statements: [
            // What is added can be read from the facts alone, which only the program can: it makes every summary
            // anew when it starts.
            "DELETE FROM case_search",
            "DELETE FROM case_summary",
            "ALTER TABLE case_summary ADD COLUMN requester_email TEXT",
            "ALTER TABLE case_summary ADD COLUMN requester_person TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE case_summary ADD COLUMN subject_person TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE case_summary ADD COLUMN urgency TEXT",
            "ALTER TABLE case_summary ADD COLUMN clock_started BOOLEAN NOT NULL DEFAULT FALSE",
            "CREATE INDEX summary_by_email ON case_summary (requester_email)",
            "CREATE INDEX summary_by_requester ON case_summary (requester_person)",
            "CREATE INDEX summary_by_subject ON case_summary (subject_person)",
            """
            CREATE INDEX urgent_summary_by_due ON case_summary (due_key, number)
            WHERE closed_on IS NULL AND urgency IS NOT NULL
            """,
        ])
}
