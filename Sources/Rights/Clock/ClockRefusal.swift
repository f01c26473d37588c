/// A pause or an extension that does not count, and why not.
package struct ClockRefusal: Hashable, Sendable {
    package enum Event: Hashable, Sendable {
        case pause(ClockHistory.Pause)
        case `extension`(ClockHistory.Extension)
    }

    package enum Why: Hashable, Sendable {
        /// The rules do not stop the clock for this.
        case noPauseForThis
        case answeredBeforeAsked
        case askedTooLate(lastDay: Day)
        /// The question cannot set the start anew (AHRA s.3(6)).
        case tooLateToRestart(lastDay: Day)
        case noExtension
        /// Given in days where the rules say months, or the other way round.
        case otherUnit
        /// In the unit of the rules.
        case extensionTooLong(left: Int)
        case noticeTooLate(due: Day)
    }

    package let event: Event
    package let why: Why

    init(_ event: Event, _ why: Why) {
        self.event = event
        self.why = why
    }
}
