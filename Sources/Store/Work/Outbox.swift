import Rights

/// A message to one person, to leave the trust after the transaction in which it is written.
package struct NewMessage: Hashable, Sendable {
    package let channel: OutgoingMessage.Channel
    /// An e-mail address or a telephone number.
    package let recipient: String
    /// Empty for a text message.
    package let subject: String
    package let body: String
    package let caseID: Case.ID?
    /// A message whose key is known already is not written again, so that the same cause sends one message.
    package let dedupeKey: String

    package init(
        channel: OutgoingMessage.Channel, recipient: String, subject: String, body: String, caseID: Case.ID?,
        dedupeKey: String
    ) {
        self.channel = channel
        self.recipient = recipient
        self.subject = subject
        self.body = body
        self.caseID = caseID
        self.dedupeKey = dedupeKey
    }
}

/// A message in the outbox.
package struct OutgoingMessage: Hashable, Sendable {
    package typealias ID = Identifier<OutgoingMessage>

    package enum Channel: String, Sendable {
        case email
        case text
    }

    package enum State: String, Sendable {
        case queued
        case sent
        /// It could not be sent, however often it was tried: a person has to find another way.
        case dead
    }

    /// The kind of the job that sends a message; its body is the message's identifier.
    package static let jobKind = "send-message"

    package let id: ID
    package let channel: Channel
    package let recipient: String
    package let subject: String
    package let body: String
    package let caseID: Case.ID?
    package let state: State
    package let queued: Moment
    /// When it was sent, or given up.
    package let settled: Moment?
    package let error: String?

    static let columns =
        "message_id, channel, recipient, subject, body, case_id, state, queued_at, settled_at, error"

    init(_ row: Row) throws {
        id = try row.identifier(0)
        channel = try row.code(1)
        recipient = try row.text(2)
        subject = try row.text(3)
        body = try row.text(4)
        caseID = try row.optionalIdentifier(5)
        state = try row.code(6)
        queued = try row.moment(7)
        settled = try row.optionalMoment(8)
        error = try row.optionalText(9)
    }
}

extension Transaction {
    /// Writes a message into the outbox together with the job that sends it. False if one with the same key is
    /// there already.
    @discardableResult
    package func post(_ message: NewMessage, at now: Moment) throws -> Bool {
        let id: OutgoingMessage.ID = Identifier(at: now, random: keyring.bytes(10))
        let added = try execute(
            """
            INSERT INTO outbox (
                message_id, channel, recipient, subject, body, case_id, state, queued_at, dedupe_key
            ) VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, $8) ON CONFLICT (dedupe_key) DO NOTHING
            """,
            id, message.channel.rawValue, message.recipient, message.subject, message.body, message.caseID, now,
            message.dedupeKey)
        guard added == 1 else { return false }
        return try enqueue(
            NewJob(kind: OutgoingMessage.jobKind, body: id.text, dedupeKey: "send-message:\(id)"), at: now)
    }

    /// One outgoing message, in whatever state; nothing where there is none.
    package func message(_ id: OutgoingMessage.ID) throws -> OutgoingMessage? {
        try first("SELECT \(OutgoingMessage.columns) FROM outbox WHERE message_id = $1", id) {
            try OutgoingMessage($0)
        }
    }

    /// The newest messages, for the outbox page of the demonstration.
    package func messages(limit: Int) throws -> [OutgoingMessage] {
        try all("SELECT \(OutgoingMessage.columns) FROM outbox ORDER BY message_id DESC LIMIT $1", limit) {
            try OutgoingMessage($0)
        }
    }

    /// What was sent about a case, oldest first.
    package func messages(about id: Case.ID) throws -> [OutgoingMessage] {
        try all("SELECT \(OutgoingMessage.columns) FROM outbox WHERE case_id = $1 ORDER BY message_id", id) {
            try OutgoingMessage($0)
        }
    }

    /// The message left. False if it had left before.
    ///
    /// - Parameter keepingBody: whether the outbox page shall go on showing it. Where it need not, the text is
    ///   forgotten, because it may hold a link that opens something.
    @discardableResult
    package func markSent(_ id: OutgoingMessage.ID, at now: Moment, keepingBody: Bool) throws -> Bool {
        try execute(
            """
            UPDATE outbox SET state = 'sent', settled_at = $2, error = NULL,
                body = CASE WHEN $3 THEN body ELSE '' END
            WHERE message_id = $1 AND state = 'queued'
            """, id, now, keepingBody) == 1
    }

    /// The message will not be tried again by itself.
    @discardableResult
    package func markDead(_ id: OutgoingMessage.ID, error: String, at now: Moment) throws -> Bool {
        try execute(
            """
            UPDATE outbox SET state = 'dead', settled_at = $2, error = $3
            WHERE message_id = $1 AND state = 'queued'
            """, id, now, error) == 1
    }

    /// A message that was given up is to be sent after all; its job is revived in the same transaction.
    package func requeue(_ id: OutgoingMessage.ID) throws {
        try execute(
            "UPDATE outbox SET state = 'queued', settled_at = NULL, error = NULL WHERE message_id = $1 AND state = 'dead'",
            id)
    }

    /// A message that was given up will never be sent: its text, which may hold a link that opens something, is
    /// forgotten.
    package func forgetText(of id: OutgoingMessage.ID) throws {
        try execute("UPDATE outbox SET body = '' WHERE message_id = $1 AND state = 'dead'", id)
    }
}
