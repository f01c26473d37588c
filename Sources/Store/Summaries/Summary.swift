import Rights

/// What lists and search show of a case without opening it. Computed from its facts and never truth itself:
/// `rightsdesk rebuild` makes every summary anew. What also depends on today (overdue, at risk) is not in it.
package struct Summary: Hashable, Sendable {
    package var id: Case.ID
    package var reference: String
    /// The policy's application type: `living`.
    package var applicationType: String
    package var right: String
    /// The requester's account; nothing for a request that came on paper.
    package var account: Account.ID?
    package var requesterName: String
    /// As they gave it; nothing for a request on paper.
    package var requesterEmail: String?
    package var subjectName: String
    /// Ten digits.
    package var nhsNumber: String?
    package var hospitalNumber: String?
    package var dateOfBirth: Day?
    package var stage: String
    package var receivedOn: Day
    package var loggedOn: Day
    package var policyDue: Day?
    package var statuteDue: Day?
    /// The earlier of the two; nothing while the clock is stopped or has not started.
    package var governingDue: Day?
    package var clockState: String
    package var isExtended: Bool
    package var handler: Staff.ID?
    package var department: String?
    /// The code of the one thing that moves the case forward.
    package var nextAction: String
    /// A question waits for the requester.
    package var awaitsRequester: Bool
    /// The requester wrote something that nobody has acted upon.
    package var awaitsStaff: Bool
    /// The day on which everything asked for was answered.
    package var answeredOn: Day?
    package var closedOn: Day?
    package var outcome: String?
    /// Why it is urgent, if it is (policy 5.3(b)).
    package var urgency: String?
    /// Whether the trust's own clock has ever run.
    package var hasStarted: Bool
    /// The number of the last fact that this was computed from.
    package var lastSequence: Int
    package var updatedAt: Moment

    package init(
        id: Case.ID, reference: String, applicationType: String, right: String, account: Account.ID?,
        requesterName: String, requesterEmail: String? = nil, subjectName: String, nhsNumber: String?,
        hospitalNumber: String?, dateOfBirth: Day?,
        stage: String, receivedOn: Day, loggedOn: Day, policyDue: Day?, statuteDue: Day?, governingDue: Day?,
        clockState: String, isExtended: Bool, handler: Staff.ID?, department: String?, nextAction: String,
        awaitsRequester: Bool, awaitsStaff: Bool, answeredOn: Day?, closedOn: Day?, outcome: String?,
        urgency: String? = nil, hasStarted: Bool = true, lastSequence: Int, updatedAt: Moment
    ) {
        self.id = id
        self.reference = reference
        self.applicationType = applicationType
        self.right = right
        self.account = account
        self.requesterName = requesterName
        self.requesterEmail = requesterEmail
        self.subjectName = subjectName
        self.nhsNumber = nhsNumber
        self.hospitalNumber = hospitalNumber
        self.dateOfBirth = dateOfBirth
        self.stage = stage
        self.receivedOn = receivedOn
        self.loggedOn = loggedOn
        self.policyDue = policyDue
        self.statuteDue = statuteDue
        self.governingDue = governingDue
        self.clockState = clockState
        self.isExtended = isExtended
        self.handler = handler
        self.department = department
        self.nextAction = nextAction
        self.awaitsRequester = awaitsRequester
        self.awaitsStaff = awaitsStaff
        self.answeredOn = answeredOn
        self.closedOn = closedOn
        self.outcome = outcome
        self.urgency = urgency
        self.hasStarted = hasStarted
        self.lastSequence = lastSequence
        self.updatedAt = updatedAt
    }
}

extension Summary {
    /// The columns of a statement whose rows `init(_: Row)` reads, with the table named `s`.
    static let columns = """
        s.case_id, s.reference, s.application_type, s.right_code, s.account_id, s.requester_name, s.subject_name,
        s.nhs_number, s.hospital_number, s.date_of_birth, s.stage, s.received_on, s.logged_on, s.policy_due,
        s.statute_due, s.governing_due, s.clock_state, s.is_extended, s.handler_id, s.department, s.next_action,
        s.awaits_requester, s.awaits_staff, s.answered_on, s.closed_on, s.outcome, s.last_sequence, s.updated_at,
        s.requester_email, s.urgency, s.clock_started
        """

    init(_ row: Row) throws {
        self.init(
            id: try row.identifier(0), reference: try row.text(1), applicationType: try row.text(2),
            right: try row.text(3), account: try row.optionalIdentifier(4), requesterName: try row.text(5),
            requesterEmail: try row.optionalText(28), subjectName: try row.text(6), nhsNumber: try row.optionalText(7),
            hospitalNumber: try row.optionalText(8),
            dateOfBirth: try row.optionalDay(9), stage: try row.text(10), receivedOn: try row.day(11),
            loggedOn: try row.day(12), policyDue: try row.optionalDay(13), statuteDue: try row.optionalDay(14),
            governingDue: try row.optionalDay(15), clockState: try row.text(16), isExtended: try row.flag(17),
            handler: try row.optionalIdentifier(18), department: try row.optionalText(19),
            nextAction: try row.text(20), awaitsRequester: try row.flag(21), awaitsStaff: try row.flag(22),
            answeredOn: try row.optionalDay(23), closedOn: try row.optionalDay(24), outcome: try row.optionalText(25),
            urgency: try row.optionalText(29), hasStarted: try row.flag(30), lastSequence: try row.integer(26),
            updatedAt: try row.moment(27))
    }
}
