/// Something a person wants to do to a case, as a plain value. `decide` is the one place where a rule says yes or
/// no: it returns the facts to add, or every reason why not.
package protocol Act: Sendable {
    /// Who may do it at all, before any rule about the case is asked.
    static var allowed: Allowed { get }

    func decide(on matter: Case, in situation: Situation) -> Verdict
}

/// Who an act is open to.
package enum Allowed: Hashable, Sendable {
    /// The requester whose case it is.
    case requester
    /// Staff with this permission.
    case staff(Permission)
    /// Either of the two.
    case requesterOrStaff(Permission)
    /// Only the product's own jobs.
    case system
}

/// What a decision is made in: who asks, under which policy, on which day.
package struct Situation: Sendable {
    package let actor: Actor
    package let policy: Policy
    package let holidays: BankHolidays
    package let today: Day
    package let now: Moment

    package init(actor: Actor, policy: Policy, holidays: BankHolidays, today: Day, now: Moment) {
        self.actor = actor
        self.policy = policy
        self.holidays = holidays
        self.today = today
        self.now = now
    }
}

/// The answer to an act.
package enum Verdict: Hashable, Sendable {
    case allowed([Addition])
    /// Every reason why not; never empty.
    case refused([Reason])

    /// Allowed with these facts unless a reason speaks against it.
    package static func facts(_ additions: [Addition], unless reasons: [Reason]) -> Verdict {
        reasons.isEmpty ? .allowed(additions) : .refused(reasons)
    }
}

extension Act {
    /// Decides, after asking whether this actor may act on this case at all.
    ///
    /// - Throws: `.notFound` for a case the actor may not know of, `.notAllowed`, or `.refused` with every reason.
    package func rule(on matter: Case, in situation: Situation) throws(Problem) -> [Addition] {
        try Self.allowed.admit(situation.actor, to: matter)
        switch decide(on: matter, in: situation) {
        case .allowed(let additions): return additions
        case .refused(let reasons): throw .refused(reasons)
        }
    }
}

extension Allowed {
    /// - Throws: `.notFound` where even the existence of the case is not theirs to know, else `.notAllowed`.
    package func admit(_ actor: Actor, to matter: Case) throws(Problem) {
        switch (self, actor) {
        case (.system, .system): return
        case (.requester, .requester(let account)), (.requesterOrStaff, .requester(let account)):
            guard matter.account == account else { throw .notFound }
        case (.staff(let permission), .staff(let staff)), (.requesterOrStaff(let permission), .staff(let staff)):
            try staff.admit(to: matter)
            guard staff.permissions.contains(permission) else {
                throw .notAllowed("Your role does not include this. Ask an administrator if you need it.")
            }
        // The product's own jobs do what staff may do: they log scans, open tasks for dead messages.
        case (.staff, .system), (.requesterOrStaff, .system): return
        case (.requester, .system): throw .notAllowed("Only the requester can do this.")
        case (.system, .requester), (.staff, .requester): throw .notFound
        case (.system, .staff), (.requester, .staff):
            throw .notAllowed("Only the requester can do this.")
        }
    }
}
