/// The clock stopped because something is wanted from the requester (policy 5.3(c)). Takes effect on the day of
/// the dated outgoing question.
package struct ClockPaused: Hashable, Sendable, Codable {
    /// Counted within the case from 1.
    package var number: Int
    /// The policy's code: `clarification`, `evidence`, `fee`.
    package var reason: String
    /// The message that asked, by its number.
    package var message: Int

    package init(number: Int, reason: String, message: Int) {
        self.number = number
        self.reason = reason
        self.message = message
    }
}

/// A pause ended. Takes effect on the day the answer came in, whenever it was confirmed.
package struct ClockResumed: Hashable, Sendable, Codable {
    package var pause: Int
    package var note: String?
    /// What became of the question, where no answer to it is on file.
    package var question: QuestionEnd?

    package init(pause: Int, note: String? = nil, question: QuestionEnd? = nil) {
        self.pause = pause
        self.note = note
        self.question = question
    }
}

/// What becomes of a question that is not answered in its own conversation.
package enum QuestionEnd: String, Hashable, CaseIterable, Sendable, Codable {
    /// The answer came in another way: by telephone, with another letter.
    case answeredOtherwise = "answered-otherwise"
    /// The trust wants no answer any more.
    case withdrawn
}

/// The period was extended (policy 5.3(d); UK GDPR Art. 12A(3)). Takes effect on the day the requester was told.
package struct ClockExtended: Hashable, Sendable, Codable {
    /// In the unit of the policy's own clock.
    package var amount: Period
    /// Why the request is complex or numerous: a person's reason.
    package var reason: String
    /// The letter as sent.
    package var letter: String

    package init(amount: Period, reason: String, letter: String) {
        self.amount = amount
        self.reason = reason
        self.letter = letter
    }
}

/// A warning before a date, or the breach itself (policy 3.4, 7.2.6), sent once a clock.
package struct AlertRaised: Hashable, Sendable, Codable {
    /// Days left when it was raised; -1 on the first day after the date.
    package var daysLeft: Int
    /// Who was told: role codes.
    package var told: [String]
    /// The due date it is about.
    package var due: Day

    package init(daysLeft: Int, told: [String], due: Day) {
        self.daysLeft = daysLeft
        self.told = told
        self.due = due
    }
}

/// One pause as folded.
package struct CasePause: Hashable, Sendable {
    package let paused: ClockPaused
    package let from: Day
    package let by: Author
    /// The sequence number of the entry that stopped the clock.
    package let entry: Int
    package var to: Day?

    package var isOpen: Bool { to == nil }
}
