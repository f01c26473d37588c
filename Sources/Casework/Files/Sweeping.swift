import Rights
import Store

// What a process that died, or a connection that broke, left in the vault. Each is looked for from the side that came
// first, so that nothing that anybody was told was done is ever taken for a remnant.
extension Casework {
    /// Takes files away whose bytes were written, and whose row never was: nobody was told that they are kept.
    ///
    /// - Parameter moment: only files that were complete before it. An upload that is being looked at has no row yet.
    /// - Returns: how many there were.
    @discardableResult
    package func removeOrphans(before moment: Moment) async throws -> Int {
        var removed = 0
        for folder in try await vault.folders() {
            let files = try await vault.files(in: folder, before: moment)
            let orphans = try await store.read { transaction in try files.filter { try !transaction.isKept($0) } }
            for orphan in orphans where try await vault.remove(orphan) { removed += 1 }
        }
        return removed
    }

    /// Files that were taken in for a case before an instant and not looked at since: among them those that no act
    /// of the case has named.
    package func filesWaiting(since moment: Moment) async throws -> [ScanOrder] {
        try await store.read { try $0.filesOfCases(receivedBefore: moment) }
            .map { ScanOrder(caseID: $0.caseID, file: $0.file) }
    }

    /// Forgets a file that was taken in for a case and that no act has named: the form it came with was refused, or
    /// never arrived whole. Does nothing for a file that the case's history knows.
    ///
    /// - Returns: whether it was forgotten.
    @discardableResult
    package func forgetUnlessNamed(_ order: ScanOrder) async throws -> Bool {
        let isForgotten = try await store.write { transaction in
            guard let matter = try transaction.matter(order.caseID), matter.file(order.file) == nil else {
                return false
            }
            return try transaction.forget(order.file, of: order.caseID)
        }
        if isForgotten { try await vault.remove(order.file) }
        return isForgotten
    }
}
