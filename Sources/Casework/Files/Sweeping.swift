import Rights
import Store

// What a process that died, or a connection that broke, left in the vault. Each is looked for from the side that came
// first, so that nothing that anybody was told was done is ever taken for a remnant.
extension Casework {
    /// Sets files aside whose bytes were written and whose row never was: nobody was told that they are kept. Those of
    /// which there is a row by now come back, because the right database was restored; the others are deleted when a
    /// month has passed.
    ///
    /// - Parameter moment: only files that were complete before it. An upload that is being looked at has no row yet.
    /// - Returns: how many were set aside.
    @discardableResult
    package func setOrphansAside(before moment: Moment) async throws -> Int {
        let now = surroundings.now()
        let aside = try await vault.aside(before: now + 1)
        for file in try await store.read({ transaction in try aside.filter { try transaction.isKept($0) } }) {
            try await vault.bringBack(file)
        }
        for file in try await vault.aside(before: now + -30 * 86_400) {
            try await vault.removeAside(file)
        }
        var count = 0
        var cursor: String?
        repeat {
            let batch = try await vault.files(before: moment, after: cursor)
            let orphans = try await store.read { transaction in
                try batch.files.filter { try !transaction.isKept($0) }
            }
            for orphan in orphans {
                try await vault.setAside(orphan, at: now)
                count += 1
            }
            cursor = batch.next
        } while cursor != nil
        return count
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
