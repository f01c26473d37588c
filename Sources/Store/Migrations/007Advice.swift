extension Migration {
    /// Calls and messages that are no requests, with the advice that was given.
    static let advice = Migration(
        number: 7, name: "advice",
        statements: [
            """
            CREATE TABLE advice (
                advice_id TEXT NOT NULL PRIMARY KEY,
                channel TEXT NOT NULL,
                given_on TEXT NOT NULL,
                caller TEXT NOT NULL,
                asked TEXT NOT NULL,
                given TEXT NOT NULL,
                form_sent TEXT NOT NULL,
                staff_id TEXT NOT NULL,
                staff_label TEXT NOT NULL,
                logged_at TEXT NOT NULL
            )
            """
        ])
}
