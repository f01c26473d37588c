import Rights
import Store

extension Casework {
    /// Makes the summaries anew if some are missing: after a migration that changed what they hold.
    package func rebuildIfIncomplete(progress: @Sendable (Int, Int) -> Void = { _, _ in }) async throws {
        guard try await store.read({ try $0.lacksSummaries() }) else { return }
        // Another node that starts now may be at it too: whoever comes second finds it done.
        _ = try await rebuild(onlyIf: { try $0.lacksSummaries() }, progress: progress)
    }

    /// Makes every summary and the search index anew from the facts. The lists are emptied and filled in one
    /// transaction, so that a process that dies on the way, or a case that cannot be read, leaves them as they were.
    ///
    /// - Parameter progress: called with the number of cases read and of all.
    /// - Returns: how many cases there are.
    package func rebuild(progress: @Sendable (Int, Int) -> Void = { _, _ in }) async throws -> Int {
        try await rebuild(onlyIf: { _ in true }, progress: progress)
    }

    private func rebuild(
        onlyIf isNeeded: @escaping @Sendable (Transaction) throws -> Bool, progress: @Sendable (Int, Int) -> Void
    ) async throws -> Int {
        let ids = try await store.read { try $0.caseIDs() }
        // Read beforehand, batch by batch: the transaction that writes holds up whoever else writes.
        var made: [Case.ID: Summary] = [:]
        let batch = 200
        for start in stride(from: 0, to: ids.count, by: batch) {
            let part = ids[start..<min(start + batch, ids.count)]
            let summaries = try await store.read { [self] transaction in
                try part.compactMap { try summaryMadeAnew(of: $0, transaction) }
            }
            for summary in summaries { made[summary.id] = summary }
            progress(min(start + batch, ids.count), ids.count)
        }
        return try await store.writeLists { [self, made] transaction in
            let ids = try transaction.caseIDs()
            guard try isNeeded(transaction) else { return ids.count }
            try transaction.clearSummaries()
            for id in ids {
                // Somebody may have worked on the case in the meantime, or begun it.
                if let summary = made[id], try transaction.lastSequence(of: id) == summary.lastSequence {
                    try transaction.save(summary)
                } else if let summary = try summaryMadeAnew(of: id, transaction) {
                    try transaction.save(summary)
                }
            }
            return ids.count
        }
    }

    /// Nothing for a case whose content was destroyed with its key: there is nothing to list or to find.
    func summaryMadeAnew(of id: Case.ID, _ transaction: Transaction) throws -> Summary? {
        let matter: Case?
        do { matter = try transaction.matter(id) } catch StoreError.keyDestroyed { return nil }
        guard let matter, let last = matter.entries.last else { return nil }
        return try summary(
            of: matter,
            in: situation(
                of: matter, for: .system("Rebuild"), on: surroundings.day(last.recorded), at: last.recorded))
    }
}
