import Rights
import Store

extension Casework {
    /// Opens a case for somebody to look at, and records that they did (S2-205: every view).
    ///
    /// - Throws: `.notFound` where the actor may not even know of the case, `.notAllowed` for staff who have no
    ///   business in it, among them whoever the case is about (policy 6.4.1); the attempt is recorded too.
    package func open(_ id: Case.ID, by actor: Actor) async throws -> Case {
        try await open(id, by: actor) { _, _ in }.matter
    }

    /// The same, with what the page shows beside the case: read with it, because each read by itself costs more than
    /// most of what is read. The actor gets nothing of it who may not open the case.
    package func open<Beside: Sendable>(
        _ id: Case.ID, by actor: Actor, reading beside: @escaping @Sendable (Transaction, Case) throws -> Beside
    ) async throws -> (matter: Case, beside: Beside) {
        let read = try await glance(id, by: actor, reading: beside)
        try await recordView(of: id, by: actor)
        return read
    }

    /// The case for an act upon it, which shows nothing of it and is itself recorded. Whoever shows it after all
    /// records the view.
    ///
    /// - Throws: as `open`.
    package func glance(_ id: Case.ID, by actor: Actor) async throws -> Case {
        try await glance(id, by: actor) { _, _ in }.matter
    }

    /// The same, with what is shown beside the case if it is shown after all.
    package func glance<Beside: Sendable>(
        _ id: Case.ID, by actor: Actor, reading beside: @escaping @Sendable (Transaction, Case) throws -> Beside
    ) async throws -> (matter: Case, beside: Beside) {
        let read = try await store.read { [shelf] transaction -> (matter: Case, beside: Beside)? in
            guard let matter = try transaction.matter(id, from: shelf) else { return nil }
            return (matter, try beside(transaction, matter))
        }
        guard let read else { throw Problem.notFound }
        let found = read.matter
        // Only what a finished read saw is put by: what a transaction added may yet be rolled back.
        shelf.put(found)
        do throws(Problem) {
            try Allowed.requesterOrStaff(.viewCases).admit(actor, to: found)
        } catch {
            try await record(.viewRefused, of: id, by: actor)
            throw error
        }
        return read
    }

    /// Writes down that somebody is shown a case.
    package func recordView(of id: Case.ID, by actor: Actor) async throws {
        try await record(.viewed, of: id, by: actor)
    }

    /// Both clocks of a case today.
    ///
    /// - Throws: where the rules or the bank holidays it needs are missing.
    package func clock(of matter: Case) throws -> CaseClock? {
        try matter.clock(
            under: try policy(of: matter), holidays: try policies.holidays(of: matter.received.nation),
            on: surroundings.today)
    }

    /// The policy that a case came in under.
    package func policy(of matter: Case) throws -> Policy { try policies.policy(matter.received.policy) }

    private func record(_ what: AccessKind, of id: Case.ID, by actor: Actor) async throws {
        let now = surroundings.now()
        try await store.write { transaction in
            try transaction.recordAccess(what, of: id, by: actor.skeleton, at: now)
        }
    }
}
