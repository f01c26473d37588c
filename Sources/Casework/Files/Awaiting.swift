import Rights
import Store

// Files that were taken in and that no act has named yet: those of drafts, and those of a message that was refused.
extension Casework {
    /// Those of these files that this actor sent for this case: they came with a form that was refused, and come
    /// again with its next try.
    package func filesAwaiting(_ files: [StoredFile.ID], in id: Case.ID, by actor: Actor) async throws -> [StoredFile] {
        guard !files.isEmpty else { return [] }
        return try await store.read { transaction in
            let key = try transaction.keyID(of: id)
            return try files.compactMap { file in
                guard let kept = try transaction.file(file), kept.caseID == nil, kept.keyID == key,
                    kept.addedBy == actor.skeleton
                else { return nil }
                return kept.file
            }
        }
    }

    /// Forgets a file that no act has named. Does nothing for one that is part of a case.
    package func forget(_ file: StoredFile.ID) async throws {
        if try await store.write({ try $0.forget(file) }) { try await vault.remove(file) }
    }

    /// Forgets files that no act has named since an instant and that no draft holds.
    ///
    /// - Returns: how many; a full batch means that there may be more.
    package func forgetFiles(awaitingSince moment: Moment, batch: Int = 100) async throws -> Int {
        let files = try await store.read { try $0.filesAwaiting(since: moment, limit: batch) }
        for file in files { try await forget(file) }
        return files.count
    }
}
