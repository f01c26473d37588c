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

extension Staff {
    /// Nobody opens a case about themselves, or one they made (policy 6.4.1).
    ///
    /// - Throws: `.notAllowed`, also where the same name comes with no date of birth to tell two people apart.
    package func admit(to matter: Case) throws(Problem) {
        guard !isConcerned(in: matter) else {
            throw .notAllowed(
                "This case is about you, or was made by you, so you cannot open it. "
                    + "Information Governance will give it to a colleague.")
        }
    }

    /// Whether the case is about or by this member of staff, as far as can be told.
    package func isConcerned(in matter: Case) -> Bool {
        isConcerned(by: matter.requester, about: matter.subject)
    }

    /// The same of a request that is no case yet.
    func isConcerned(by requester: Requester, about subject: Subject) -> Bool {
        if let email = requester.email, email.lowercased() == own.email.lowercased() { return true }
        if let number = own.nhsNumber, number == subject.nhsNumber { return true }
        guard !own.name.isBlank else { return false }
        // A requester's date of birth is not asked, so that the name alone must do.
        if own.name.isSameName(as: requester.name.full) && requester.name != subject.name { return true }
        guard own.name.isSameName(as: subject.name.full) else { return false }
        guard let mine = own.dateOfBirth, let theirs = subject.dateOfBirth else { return true }
        return mine == theirs
    }
}

extension String {
    /// Whether two names are the same to a reader: capitals and spaces tell nobody apart.
    fileprivate func isSameName(as other: String) -> Bool {
        lowercased().split(whereSeparator: \.isWhitespace) == other.lowercased().split(whereSeparator: \.isWhitespace)
    }
}
