import Rights
import Store

extension Casework {
    /// Makes a case of a new request: the portal's submission, or a letter that staff log. The reference is counted
    /// in the same transaction, and the same form sent twice makes one case (S1-41).
    ///
    /// - Parameter key: the key under which the draft's uploads were kept, which becomes the case's.
    /// - Throws: `Problem.refused` with every reason.
    package func begin(
        _ request: NewRequest, by actor: Actor, under key: DataKey.ID? = nil, receipt: FormReceipt? = nil,
        also finish: @escaping @Sendable (Transaction) throws -> Void = { _ in }
    ) async throws -> Case {
        let now = surroundings.now()
        let id: Case.ID = surroundings.identifier()
        let begun = try await store.write { [self] transaction in
            if let receipt, let made = try transaction.caseTaken(by: receipt) {
                guard let matter = try transaction.matter(made) else { throw Problem.notFound }
                try Allowed.requesterOrStaff(.logRequest).admit(actor, to: matter)
                return matter
            }
            return try begin(request, as: id, by: actor, under: key, receipt: receipt, at: now, finish, transaction)
        }
        shelf.put(begun)
        wakeWorker()
        return begun
    }

    private func begin(
        _ request: NewRequest, as id: Case.ID, by actor: Actor, under key: DataKey.ID?, receipt: FormReceipt?,
        at now: Moment, _ finish: (Transaction) throws -> Void, _ transaction: Transaction
    ) throws -> Case {
        let situation = try situationToBegin(actor, at: now)
        let (today, policy) = (situation.today, situation.policy)
        let prefix = policy.applicationTypes[request.applicationType]?.prefix ?? ""
        // Refusals come before the reference is counted, so that refused forms leave no holes.
        _ = try request.begin(reference: prefix, in: situation)
        let reference = try transaction.nextReference(prefix: prefix, year: today.parts.year)
        let additions = try request.begin(reference: reference, in: situation)
        let author = actor.author
        let key = try key ?? transaction.makeKey(at: now)
        try transaction.openCase(id, under: key, at: now)
        try transaction.append(
            additions.map { try EntryCoding.stored($0, by: author) }, to: id, after: 0, at: now, by: actor.skeleton)
        let matter = try Case(id: id, entries: additions.entries(after: 0, by: author, at: now))
        try keepSummary(of: matter, in: situation, transaction)
        if let receipt { _ = try transaction.take(receipt, for: id, at: now) }
        try follow(additions, of: matter, in: situation, transaction)
        try finish(transaction)
        return matter
    }
    /// Every reason why this cannot become a case, without making one: for showing them before more is asked.
    ///
    /// - Throws: where the bank holidays of the trust's nation are missing.
    package func reasonsAgainst(_ request: NewRequest, by actor: Actor) throws -> [Reason] {
        request.faults(in: try situationToBegin(actor, at: surroundings.now()))
    }

    /// New requests come in under the policy that is in force.
    func situationToBegin(_ actor: Actor, at now: Moment) throws -> Situation {
        let policy = policies.current
        return Situation(
            actor: actor, policy: policy, holidays: try policies.holidays(of: policy.nation),
            today: surroundings.day(now), now: now)
    }
}
