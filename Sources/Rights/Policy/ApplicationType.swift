/// A kind of request as the requester chooses it and the lists name it (S1-33, S1-46).
package struct ApplicationType: Listed, Hashable {
    package let code: String
    /// The column `Type` of Manage Requests.
    package let label: String
    /// Who may use it and what they must send, shown before starting (S1-34 to S1-36).
    package let summary: String
    package let regime: Regime
    package let right: Right
    /// The department that owns such cases.
    package let department: String
    /// Begins the reference people quote: `SAR` in `SAR-2026-004187`.
    package let prefix: String
    /// The code of the form on the portal; nothing for types that only staff log.
    package let form: String?
    package let clocks: ClockChoice
    package let retired: Bool

    package init(
        code: String, label: String, summary: String, regime: Regime, right: Right, department: String,
        prefix: String, form: String?, clocks: ClockChoice, retired: Bool = false
    ) {
        self.code = code
        self.label = label
        self.summary = summary
        self.regime = regime
        self.right = right
        self.department = department
        self.prefix = prefix
        self.form = form
        self.clocks = clocks
        self.retired = retired
    }
}

/// Which rules count the days of a request: the trust's own, and beside them the law's by date of receipt. The
/// earlier of the two dates governs.
package struct ClockChoice: Hashable, Sendable {
    /// The code of the policy's clock.
    package let policy: String
    /// Newest last; the first has no day from which it holds.
    package let statute: [StatuteInForce]

    package init(policy: String, statute: [StatuteInForce]) {
        self.policy = policy
        self.statute = statute
    }

    /// The code of the law's clock for a request received on this day (clock.md 2.5 no 25: fixed by that day).
    package func statute(receivedOn day: Day) -> String? {
        statute.last { ($0.from ?? day) <= day }?.clock
    }
}

/// The law's clock from a day on.
package struct StatuteInForce: Hashable, Sendable {
    /// Nothing: always before the next one.
    package let from: Day?
    package let clock: String

    package init(from: Day?, clock: String) {
        self.from = from
        self.clock = clock
    }
}
