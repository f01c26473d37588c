/// What happened in a case as far as any clock is concerned: dates and nothing else. Two clocks with different rules
/// read the same history.
package struct ClockHistory: Hashable, Sendable {
    /// The day it reached the trust by any door.
    package var received: Day
    /// The day on which the last item needed by the policy was in; nothing while one is missing.
    package var completeOn: Day?
    package var relevantTime: RelevantTime
    /// In any order.
    package var pauses: [Pause]
    /// In any order.
    package var extensions: [Extension]
    /// The newest entry of a deceased patient's health record, if known.
    package var lastEntry: Day?
    /// The oldest entry among what was applied for, if known.
    package var firstMade: Day?
    package var closedOn: Day?

    package init(
        received: Day, completeOn: Day? = nil, relevantTime: RelevantTime = .receipt, pauses: [Pause] = [],
        extensions: [Extension] = [], lastEntry: Day? = nil, firstMade: Day? = nil, closedOn: Day? = nil
    ) {
        self.received = received
        self.completeOn = completeOn
        self.relevantTime = relevantTime
        self.pauses = pauses
        self.extensions = extensions
        self.lastEntry = lastEntry
        self.firstMade = firstMade
        self.closedOn = closedOn
    }

    /// From when the statute counts (UK GDPR Art. 12A(2)).
    package enum RelevantTime: Hashable, Sendable {
        /// Nothing was asked that the statute lets the trust wait for.
        case receipt
        /// Identity information or a fee was asked for and has not come.
        case awaited
        /// The last of what was asked for came on this day.
        case on(Day)
    }

    /// A time in which something was awaited from the requester.
    package struct Pause: Hashable, Sendable {
        /// The day of the dated question.
        package var from: Day
        /// The day the answer came in; nothing while it is awaited.
        package var to: Day?
        package var reason: PauseReason.Kind
        /// The sequence number of the entry that stopped the clock, where there is one.
        package var entry: Int?

        package init(from: Day, to: Day? = nil, reason: PauseReason.Kind, entry: Int? = nil) {
            self.from = from
            self.to = to
            self.reason = reason
            self.entry = entry
        }
    }

    /// A notice that the trust needs longer.
    package struct Extension: Hashable, Sendable {
        package var amount: Period
        /// The day the requester was told.
        package var notifiedOn: Day
        /// The sequence number of the entry, where there is one.
        package var entry: Int?

        package init(amount: Period, notifiedOn: Day, entry: Int? = nil) {
            self.amount = amount
            self.notifiedOn = notifiedOn
            self.entry = entry
        }
    }
}

extension ClockHistory.Pause {
    /// Reads `2026-09-10/2026-09-17:clarification`; without a day after the slash the pause goes on.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let reason = PauseReason.Kind(rawValue: String(parts[1])) else { return nil }
        let days = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        guard days.count == 2, let from = Day(days[0]) else { return nil }
        let to = Day(days[1])
        guard to != nil || days[1].isEmpty else { return nil }
        self.init(from: from, to: to, reason: reason)
    }
}

extension ClockHistory.Extension {
    /// Reads `56d@2026-11-10`: the amount, and the day the requester was told.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let amount = Period(parts[0]), let day = Day(parts[1]) else { return nil }
        self.init(amount: amount, notifiedOn: day)
    }
}
