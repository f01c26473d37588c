/// The first fact of every case: what came, from whom, about whom, by which way and on which day.
package struct Received: Hashable, Sendable, Codable {
    /// What people quote: `SAR-2026-004187`. Never by itself a reason to show anything.
    package var reference: String
    /// The policy's application type (`living`, `deceased`), which fixes the regime and the clocks.
    package var applicationType: String
    /// The right exercised (policy 3.1): `access`.
    package var right: Right
    /// The law the request falls under (policy 2.3).
    package var regime: Regime
    /// The policy that was in force on the day of receipt; the case keeps it (policy 8.2).
    package var policy: PolicyStamp
    package var nation: Nation
    package var channel: Channel
    package var requester: Requester
    package var subject: Subject
    package var scope: Scope
    /// Everything the form asked, as asked and answered, so that nothing said is lost (S1-66).
    package var answers: [AnsweredQuestion]
    /// Large print, an interpreter: asked for at intake (requirement C-40).
    package var adjustments: String?
    /// Why it is urgent, if it is; raises priority, never lengthens time (policy 5.3(b)).
    package var urgency: String?
    /// The department that owns the case (policy 4.2.4).
    package var department: String

    package init(
        reference: String, applicationType: String, right: Right, regime: Regime, policy: PolicyStamp, nation: Nation,
        channel: Channel, requester: Requester, subject: Subject, scope: Scope, answers: [AnsweredQuestion] = [],
        adjustments: String? = nil, urgency: String? = nil, department: String
    ) {
        self.reference = reference
        self.applicationType = applicationType
        self.right = right
        self.regime = regime
        self.policy = policy
        self.nation = nation
        self.channel = channel
        self.requester = requester
        self.subject = subject
        self.scope = scope
        self.answers = answers
        self.adjustments = adjustments
        self.urgency = urgency
        self.department = department
    }
}

/// Which policy a case came in under.
package struct PolicyStamp: Hashable, Sendable, Codable {
    package let code: String
    package let version: String

    package init(code: String, version: String) {
        self.code = code
        self.version = version
    }
}

/// One question of the form as it was asked, and what was answered.
package struct AnsweredQuestion: Hashable, Sendable, Codable {
    package let question: String
    package let answer: String

    package init(question: String, answer: String) {
        self.question = question
        self.answer = answer
    }
}

/// A case was given to a member of staff.
package struct HandlerAssigned: Hashable, Sendable, Codable {
    package var staff: Staff.ID
    package var label: String
    package var department: String

    package init(staff: Staff.ID, label: String, department: String) {
        self.staff = staff
        self.label = label
        self.department = department
    }
}

/// A person looked at a possible duplicate and said what it is (policy 5.2(g): a person's act).
package struct DuplicateJudged: Hashable, Sendable, Codable {
    package var other: Case.ID
    package var otherReference: String
    package var isDuplicate: Bool
    package var reason: String

    package init(other: Case.ID, otherReference: String, isDuplicate: Bool, reason: String) {
        self.other = other
        self.otherReference = otherReference
        self.isDuplicate = isDuplicate
        self.reason = reason
    }
}
