/// How a trust's policy, or a statute, counts the time for one kind of request: data, read from the policy files.
/// Each field is the key of the same name there, in kebab case.
package struct ClockRules: Hashable, Sendable {
    /// The section or statute that the rules come from, printed beside the date: `Policy 5.3(c)`.
    package var basis: String
    package var start: Start
    package var length: Length
    /// Whether the day on which the clock starts is itself the first day of the period ("beginning with").
    package var firstDayCounts: Bool
    /// Whether a bank holiday within the period does not count (policy 5.3(c): "an additional day is added").
    package var bankHolidaysAddDays: Bool
    /// Whether a last day at a weekend or on a bank holiday moves to the next working day.
    package var rollsToWorkingDay: Bool
    /// Nothing where the clock cannot be stopped.
    package var pauses: PauseRules?
    /// Nothing where the period cannot be extended.
    package var extensions: ExtensionRules?
    /// Nothing where a question cannot set the start anew.
    package var restarts: RestartRules?

    package init(
        basis: String, start: Start, length: Length, firstDayCounts: Bool = false, bankHolidaysAddDays: Bool = false,
        rollsToWorkingDay: Bool = false, pauses: PauseRules? = nil, extensions: ExtensionRules? = nil,
        restarts: RestartRules? = nil
    ) {
        self.basis = basis
        self.start = start
        self.length = length
        self.firstDayCounts = firstDayCounts
        self.bankHolidaysAddDays = bankHolidaysAddDays
        self.rollsToWorkingDay = rollsToWorkingDay
        self.pauses = pauses
        self.extensions = extensions
        self.restarts = restarts
    }

    /// The day from which the period runs.
    package enum Start: String, CaseIterable, Hashable, Sendable {
        /// The day on which the last item needed was in (policy 5.3(c)).
        case completeness
        /// The day on which the request reached the trust by any door.
        case received
        /// The later of receipt and what UK GDPR Art. 12A(2) names: identity information, fee.
        case relevantTime = "relevant-time"
    }

    /// How long the period is.
    package enum Length: Hashable, Sendable {
        case fixed(Period)
        /// The record of a deceased patient: shorter where it was added to lately (policy 6.1(e); AHRA s.3(5)).
        case byRecentEntries(RecentEntries)
    }

    /// The 21/40-day test. A date that nobody knows counts as recent: the safe side (clock.md 2.2).
    package struct RecentEntries: Hashable, Sendable {
        package enum Tested: String, CaseIterable, Hashable, Sendable {
            /// The newest entry of the record (policy 6.1(e): "has been added to").
            case lastEntry = "last-entry"
            /// The oldest part applied for (AHRA s.3(5)(a): no part made before).
            case firstMade = "first-made"
        }

        package var tested: Tested
        /// An entry is recent if it was made at most this many days before the start.
        package var withinDays: Int
        package var recentDays: Int
        package var otherwiseDays: Int

        package init(tested: Tested, withinDays: Int, recentDays: Int, otherwiseDays: Int) {
            self.tested = tested
            self.withinDays = withinDays
            self.recentDays = recentDays
            self.otherwiseDays = otherwiseDays
        }
    }

    /// When and how the clock stops while something is awaited from the requester.
    package struct PauseRules: Hashable, Sendable {
        /// Which days of a pause do not count.
        package enum Counting: String, CaseIterable, Hashable, Sendable {
            /// From the day after the question to the day of the answer: the difference of the dates.
            case difference
            /// The day of the question, the day of the answer and all between (UK GDPR Art. 12A(5)(b)).
            case bothEnds = "both-ends"
        }

        /// The last day on which the question may be asked.
        package enum Limit: String, CaseIterable, Hashable, Sendable {
            case beforeDue = "before-due"
            /// On the last day of the period as it stands before it moves to a working day: in the days after that
            /// there is nothing left to stop (clock.md 2.5 no 10).
            case throughNominalEnd = "through-nominal-end"
        }

        package var reasons: [PauseReason.Kind]
        package var counting: Counting
        package var limit: Limit

        /// The last day that counts before a pause.
        func lastCounted(before pause: ClockHistory.Pause) -> Day {
            switch counting {
            case .difference: pause.from
            case .bothEnds: pause.from - 1
            }
        }

        package init(reasons: [PauseReason.Kind], counting: Counting, limit: Limit) {
            self.reasons = reasons
            self.counting = counting
            self.limit = limit
        }
    }

    /// How far the period may be extended; the notice must be given on or before the date then due.
    package struct ExtensionRules: Hashable, Sendable {
        /// The most that all extensions together may add, in the unit in which they are given.
        package var longest: Period

        package init(longest: Period) {
            self.longest = longest
        }
    }

    /// A question that, asked early enough, sets the start to the day it is answered (AHRA s.3(6)).
    package struct RestartRules: Hashable, Sendable {
        package var reason: PauseReason.Kind
        /// The question must be asked within this many days, the day of receipt being the first.
        package var withinDays: Int

        package init(reason: PauseReason.Kind, withinDays: Int) {
            self.reason = reason
            self.withinDays = withinDays
        }
    }
}
