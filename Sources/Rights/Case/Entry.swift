/// One line of a case's history: what happened, who did it, when it was written down, and on which day it took
/// effect. The two differ: a letter logged on Monday may have come on Friday.
package struct Entry: Hashable, Sendable {
    /// 1 for the first entry of the case, then without a gap.
    package let sequence: Int
    package let recorded: Moment
    package let effective: Day
    package let by: Author
    package let fact: Fact

    package init(sequence: Int, recorded: Moment, effective: Day, by: Author, fact: Fact) {
        self.sequence = sequence
        self.recorded = recorded
        self.effective = effective
        self.by = by
        self.fact = fact
    }
}

/// A fact that a decision adds, with the day on which it takes effect.
package struct Addition: Hashable, Sendable {
    package let fact: Fact
    package let effective: Day

    package init(_ fact: Fact, on effective: Day) {
        self.fact = fact
        self.effective = effective
    }
}
