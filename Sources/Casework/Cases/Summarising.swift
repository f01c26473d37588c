import Rights
import Store

extension Casework {
    /// Computes what lists and search show of a case and keeps it.
    func keepSummary(of matter: Case, in situation: Situation, _ transaction: Transaction) throws {
        try transaction.save(summary(of: matter, in: situation))
    }

    /// What lists and search show of a case. Nothing in it depends on today, so that making it anew gives the same.
    package func summary(of matter: Case, in situation: Situation) throws -> Summary {
        let clock = try matter.clock(
            under: situation.policy, holidays: situation.holidays, on: situation.today)
        return matter.summary(
            clock: clock, policy: situation.policy, loggedOn: surroundings.day(matter.loggedAt))
    }
}

extension Case {
    func summary(clock: CaseClock?, policy: Policy, loggedOn: Day) -> Summary {
        Summary(
            id: id, reference: reference, applicationType: received.applicationType, right: received.right.rawValue,
            account: account, requesterName: requester.name.full, requesterEmail: requester.email,
            subjectName: subject.name.full, nhsNumber: subject.nhsNumber?.digits,
            hospitalNumber: subject.hospitalNumber,
            dateOfBirth: subject.dateOfBirth, stage: stage.rawValue, receivedOn: receivedOn,
            loggedOn: loggedOn, policyDue: clock?.policy.due, statuteDue: clock?.statute?.due,
            governingDue: clock?.due, clockState: clock?.state.rawValue ?? "none",
            isExtended: clock?.policy.isExtended ?? false, handler: handler?.staff,
            department: handler?.department ?? received.department, nextAction: nextAction(under: policy).code,
            awaitsRequester: awaitsRequester, awaitsStaff: hasUnseenReply,
            answeredOn: outcome.flatMap { $0.outcome.isAnswer ? $0.on : nil }, closedOn: closedOn,
            outcome: outcome?.outcome.rawValue, urgency: received.urgency.flatMap { $0.isBlank ? nil : $0 },
            hasStarted: clock.map { $0.policy.start != nil } ?? true, lastSequence: sequence,
            updatedAt: entries.last?.recorded ?? loggedAt)
    }
}

extension Outcome {
    /// Whether the requester was given an answer to what they asked; the others end a case without one.
    package var isAnswer: Bool {
        switch self {
        case .released, .refused, .notHeld: true
        case .withdrawn, .lapsed, .redirected, .duplicate: false
        }
    }
}
