import Rights
import Store

extension Casework {
    /// Makes every summary and the search index anew from the facts.
    ///
    /// - Parameter progress: called with the number of cases done and of all.
    /// - Returns: how many cases there are.
    package func rebuild(progress: @Sendable (Int, Int) -> Void = { _, _ in }) async throws -> Int {
        let ids = try await store.write { transaction in
            try transaction.clearSummaries()
            return try transaction.caseIDs()
        }
        let batch = 200
        for start in stride(from: 0, to: ids.count, by: batch) {
            let part = Array(ids[start..<min(start + batch, ids.count)])
            try await store.write { [self] transaction in
                for id in part {
                    guard let matter = try transaction.matter(id), let last = matter.entries.last else { continue }
                    let situation = try situation(
                        of: matter, for: .system("Rebuild"), on: surroundings.day(last.recorded), at: last.recorded)
                    try keepSummary(of: matter, in: situation, transaction)
                }
            }
            progress(min(start + batch, ids.count), ids.count)
        }
        return ids.count
    }
}
