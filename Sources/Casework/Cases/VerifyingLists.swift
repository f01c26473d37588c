import Rights
import Store

extension Casework {
    /// The cases whose line in the lists does not say what their facts say, or is not there: somebody altered it, or a
    /// fault of ours did. A case whose facts cannot be read is passed over: that is found by their own chain.
    ///
    /// - Throws: what reading throws.
    package func casesListedWrongly() async throws -> [Case.ID] {
        let ids = try await store.read { try $0.caseIDs() }
        var wrong: [Case.ID] = []
        let batch = 200
        for start in stride(from: 0, to: ids.count, by: batch) {
            let part = ids[start..<min(start + batch, ids.count)]
            wrong += try await store.read { [self] transaction in
                try part.filter { id in
                    do {
                        return try transaction.summary(of: id) != summaryMadeAnew(of: id, transaction)
                    } catch StoreError.tampered, StoreError.keyDestroyed {
                        return false
                    }
                }
            }
        }
        return wrong
    }
}
