/// What the trust wrote to the requester, and what it asked for.
package struct MessageSent: Hashable, Sendable, Codable {
    /// What kind of answer is wanted; the portal shows an upload square only for a document (S1-57).
    package enum Asks: String, Sendable, Codable, CaseIterable { case nothing, reply, document }

    /// Counted within the case from 1.
    package var number: Int
    package var text: String
    package var asks: Asks
    /// The proof a document is asked for, so that the answer is offered as evidence for it.
    package var check: Check?

    package init(number: Int, text: String, asks: Asks, check: Check? = nil) {
        self.number = number
        self.text = text
        self.asks = asks
        self.check = check
    }
}

/// The requester opened a message (S1-60: read time).
package struct MessageRead: Hashable, Sendable, Codable {
    package var number: Int

    package init(number: Int) { self.number = number }
}

/// The requester's answer, or a message of their own accord. Takes effect on the day it arrived.
package struct ReplyReceived: Hashable, Sendable, Codable {
    /// The message answered; nothing for a message of the requester's own accord.
    package var message: Int?
    package var text: String
    package var files: [StoredFile.ID]

    package init(message: Int?, text: String, files: [StoredFile.ID] = []) {
        self.message = message
        self.text = text
        self.files = files
    }
}

/// One message with its answers, as folded.
package struct Conversation: Hashable, Sendable {
    package let sent: MessageSent
    package let on: Day
    package let at: Moment
    package let by: Author
    package var readAt: Moment?
    package var replies: [Reply] = []
    /// What became of the question without an answer here, and on which day.
    package var ended: Ended?

    package struct Ended: Hashable, Sendable {
        package let how: QuestionEnd
        package let on: Day
    }

    package var isAnswered: Bool { !replies.isEmpty }
    /// A question the requester still has to answer.
    package var isWaiting: Bool { sent.asks != .nothing && !isAnswered && ended == nil }
    /// Shown with the question icon: unread, or still to be answered (S1-51).
    package var needsRequester: Bool { readAt == nil || isWaiting }
}

/// One answer, as folded.
package struct Reply: Hashable, Sendable {
    package let received: ReplyReceived
    package let on: Day
    package let at: Moment
    package let by: Author
}
