import Rights

/// Advice as it was written down.
package struct LoggedAdvice: Hashable, Sendable {
    package typealias ID = Identifier<LoggedAdvice>

    package let advice: Advice
    /// Who wrote it down, by the name they had then.
    package let staff: String
    package let at: Moment
}

extension Transaction {
    /// Writes advice down. The same identifier written twice is one line.
    package func keep(_ advice: Advice, as id: LoggedAdvice.ID, by staff: Staff, at now: Moment) throws {
        try execute(
            """
            INSERT INTO advice (
                advice_id, channel, given_on, caller, asked, given, form_sent, staff_id, staff_label, logged_at
            ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
            """, id, advice.channel.rawValue, advice.on, advice.caller, advice.asked, advice.given,
            advice.formSent.rawValue, staff.id, staff.label, now)
    }

    /// The newest advice first.
    package func advice(limit: Int) throws -> [LoggedAdvice] {
        try all(
            """
            SELECT channel, given_on, caller, asked, given, form_sent, staff_label, logged_at FROM advice
            ORDER BY advice_id DESC LIMIT $1
            """, limit
        ) { row in
            LoggedAdvice(
                advice: Advice(
                    channel: try row.code(0), on: try row.day(1), caller: try row.text(2), asked: try row.text(3),
                    given: try row.text(4), formSent: try row.code(5)), staff: try row.text(6),
                at: try row.moment(7))
        }
    }
}
