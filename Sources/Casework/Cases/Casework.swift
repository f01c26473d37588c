import Rights
import Store

/// The one way in. Portal, desk, commands and jobs all load, decide and keep through this, so that a rule, a
/// permission and the record of a view cannot be gone round.
package struct Casework: Sendable {
    package let store: Store
    package let vault: Vault
    package let policies: Policies
    package let trust: Trust
    package let surroundings: Surroundings
    private(set) var shelf = Shelf()
    /// Told after a commit that there is work for the worker.
    package let wakeWorker: @Sendable () -> Void

    package init(
        store: Store, vault: Vault, policies: Policies, trust: Trust, surroundings: Surroundings,
        wakeWorker: @escaping @Sendable () -> Void = {}
    ) {
        self.store = store
        self.vault = vault
        self.policies = policies
        self.trust = trust
        self.surroundings = surroundings
        self.wakeWorker = wakeWorker
    }

    /// Decides an act on a case and keeps what follows from it: facts, summary, messages and jobs in one
    /// transaction, so that all of it happened or none.
    ///
    /// - Parameter receipt: the form's one-time number. The same form sent twice is one act: the second time
    ///   returns the case as the first left it.
    /// - Parameter seen: the newest entry that the actor had seen when they decided. What others did after it is told
    ///   first: of two people who decide upon the same state, one acts and the other is asked again.
    /// - Throws: `Problem` for what the person can be told; `StoreError` and others for what only the log is.
    @discardableResult
    package func perform(
        _ act: some Act, on id: Case.ID, by actor: Actor, receipt: FormReceipt? = nil, seen: Int? = nil
    ) async throws -> Case {
        let now = surroundings.now()
        let today = surroundings.day(now)
        let changed = try await store.write { [self] transaction in
            guard let matter = try transaction.matter(id, from: shelf) else { throw Problem.notFound }
            // Who may not act on the case is not shown it either, whatever receipt they have got hold of.
            try type(of: act).allowed.admit(actor, to: matter)
            if let receipt, try !transaction.take(receipt, for: id, at: now) { return matter }
            guard seen.map({ matter.news(since: $0, for: actor).isEmpty }) ?? true else {
                throw Problem.conflict("Somebody else worked on this case while you had this page open.")
            }
            let situation = try situation(of: matter, for: actor, on: today, at: now)
            let additions = try act.rule(on: matter, in: situation)
            return try keep(additions, to: matter, in: situation, transaction)
        }
        // The write is durable now, so whoever looks next need not read the history again.
        shelf.put(changed)
        wakeWorker()
        return changed
    }

    /// Decides an act without keeping anything: for showing all that stands in its way before it is asked for.
    package func reasonsAgainst(_ act: some Act, on matter: Case, by actor: Actor) throws -> [Reason] {
        let now = surroundings.now()
        let situation = try situation(of: matter, for: actor, on: surroundings.day(now), at: now)
        do throws(Problem) {
            _ = try act.rule(on: matter, in: situation)
            return []
        } catch {
            switch error {
            case .refused(let reasons): return reasons
            case .notAllowed(let text): return [Reason("not-allowed", text)]
            case .notFound, .conflict: throw error
            }
        }
    }

    /// The rules and the day in which a decision about a case is made.
    func situation(of matter: Case, for actor: Actor, on today: Day, at now: Moment) throws -> Situation {
        Situation(
            actor: actor, policy: try policies.policy(matter.received.policy),
            holidays: try policies.holidays(of: matter.received.nation), today: today, now: now)
    }

    /// Adds facts to a case and everything that goes with them, inside a transaction.
    func keep(
        _ additions: [Addition], to matter: Case, in situation: Situation, _ transaction: Transaction
    ) throws -> Case {
        guard !additions.isEmpty else { return matter }
        let author = situation.actor.author
        try transaction.append(
            additions.map { try EntryCoding.stored($0, by: author) }, to: matter.id, after: matter.sequence,
            at: situation.now, by: situation.actor.skeleton)
        let entries = matter.entries + additions.entries(after: matter.sequence, by: author, at: situation.now)
        let changed = try Case(id: matter.id, entries: entries)
        try keepSummary(of: changed, in: situation, transaction)
        try follow(additions, of: changed, in: situation, transaction)
        return changed
    }
}

extension [Addition] {
    /// The entries that these facts become.
    func entries(after sequence: Int, by author: Author, at now: Moment) -> [Entry] {
        enumerated().map { index, addition in
            Entry(
                sequence: sequence + index + 1, recorded: now, effective: addition.effective, by: author,
                fact: addition.fact)
        }
    }
}

extension Casework {
    /// The same desk at another time: for the demonstration, which writes months of history in a minute.
    package func dated(_ now: Moment) -> Casework {
        var surroundings = surroundings
        surroundings.now = { now }
        var then = Casework(
            store: store, vault: vault, policies: policies, trust: trust, surroundings: surroundings,
            wakeWorker: wakeWorker)
        then.shelf = shelf
        return then
    }
}
