/// All clocks of one body of rules, a trust's policy or the law of a time. A case takes the profiles in force on the
/// day it was received and keeps them (clock.md 2.5 nos 25 and 26).
package struct ClockProfile: Listed, Hashable {
    /// `policy-2017`.
    package let code: String
    /// As pages name it: `Policy of 2017`.
    package let name: String
    /// The first day of receipt to which it applies; nothing where it has always applied.
    package let from: Day?
    package let clocks: [ClockKind: ClockRules]
    package let duties: [DutyKind: DatedDuty]
    package var retired: Bool { false }

    package init(
        code: String, name: String, from: Day?, clocks: [ClockKind: ClockRules], duties: [DutyKind: DatedDuty]
    ) {
        self.code = code
        self.name = name
        self.from = from
        self.clocks = clocks
        self.duties = duties
    }

    /// The clock for a kind as worked examples name it: a right, `other-rights` or `deceased`.
    package func rules(for kind: String) -> ClockRules? {
        let named = ClockKind(rawValue: kind) ?? Right(rawValue: kind).map { ClockKind(.living, $0) }
        return named.flatMap { clocks[$0] }
    }

    /// The duty of one date for a kind as worked examples name it: `complaint-ack`.
    package func duty(for kind: String) -> DatedDuty? { DutyKind(rawValue: kind).flatMap { duties[$0] } }
}

/// What a clock is for.
package enum ClockKind: String, CaseIterable, Sendable {
    case access
    /// Rectification, erasure and the other rights of policy 4.3 to 4.8.
    case otherRights = "other-rights"
    case deceased

    /// The clock of a request that uses this right under this regime.
    package init(_ regime: Regime, _ right: Right) {
        switch (regime, right) {
        case (.deceased, _): self = .deceased
        case (.living, .access): self = .access
        case (.living, .informed), (.living, .rectification), (.living, .erasure), (.living, .restriction),
            (.living, .portability), (.living, .objection), (.living, .automatedDecisions):
            self = .otherRights
        }
    }
}

/// The duties of one date.
package enum DutyKind: String, CaseIterable, Sendable {
    /// Acknowledging a complaint (DPA 2018 s.164A).
    case complaintAcknowledgement = "complaint-ack"
    /// How old an opinion on serious harm may be (DPA 2018 Sch. 3 paras 5 and 6).
    case harmOpinion = "harm-opinion"
    /// The review of a closed case (policy 5.3(h)).
    case retentionReview = "retention-review"
    /// Holding back a medical report (Access to Medical Reports Act 1988 s.4(2)(b)).
    case medicalReportHold = "amra-hold"
}

/// Which profiles count the days of a policy's requests: the trust's own, and beside it the law's.
package struct ClockChoice: Hashable, Sendable {
    /// The code of the trust's own profile.
    package let policy: String
    /// The codes of the law's, the older first.
    package let statutes: [String]

    package init(policy: String, statutes: [String]) {
        self.policy = policy
        self.statutes = statutes
    }
}

extension Policy {
    /// Both clocks for a kind as worked examples name it: a right, `other-rights` or `deceased`.
    package func rules(for kind: String, receivedOn day: Day) -> (policy: ClockRules, statute: ClockRules?)? {
        guard let own = clocks[clockChoice.policy]?.rules(for: kind) else { return nil }
        return (own, statute(receivedOn: day)?.rules(for: kind))
    }

    /// The trust's own clock for a request.
    package func clock(for regime: Regime, _ right: Right) -> ClockRules? {
        clocks[clockChoice.policy]?.clocks[ClockKind(regime, right)]
    }

    /// The law's clock for a request received on this day.
    package func statute(for regime: Regime, _ right: Right, receivedOn day: Day) -> ClockRules? {
        statute(receivedOn: day)?.clocks[ClockKind(regime, right)]
    }

    private func statute(receivedOn day: Day) -> ClockProfile? {
        clockChoice.statutes.compactMap { clocks[$0] }.last { ($0.from ?? day) <= day }
    }
}
