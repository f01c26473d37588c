extension Migration {
    /// What the figures at the top of Today count by: without it each of them reads every open case.
    static let nextAction = Migration(
        number: 10, name: "next action",
        statements: [
            """
            CREATE INDEX open_summary_by_action ON case_summary (next_action, due_key, number)
            WHERE closed_on IS NULL
            """
        ])
}
