import Rights
import Store

/// A file on its way to somebody who may have it.
package struct OpenedFile: Sendable {
    package let file: StoredFile
    package let reader: VaultReader
}

/// A file cannot be given out, because it is not there or its bytes are not those that were put in.
package struct DamagedFile: Error, Sendable {
    package let file: StoredFile.ID
    package let fault: VaultError

    package init(file: StoredFile.ID, fault: VaultError) {
        self.file = file
        self.fault = fault
    }
}

extension Casework {
    /// The requester takes a copy of a released file, which is written down in the case (S1-63).
    ///
    /// - Parameter isFresh: false for a later piece of a download that has begun, which is not another copy.
    /// - Throws: `Problem.refused` for a file whose time is over or that was never released, and `DamagedFile`.
    package func download(
        _ file: StoredFile.ID, ofPart part: Int, from id: Case.ID, by actor: Actor, isFresh: Bool
    ) async throws -> OpenedFile {
        let act = DownloadFile(part: part, file: file)
        let matter: Case
        if isFresh {
            matter = try await perform(act, on: id, by: actor)
        } else {
            matter = try await glance(id, by: actor)
            let reasons = try reasonsAgainst(act, on: matter, by: actor)
            guard reasons.isEmpty else { throw Problem.refused(reasons) }
        }
        return try await opened(file, of: matter)
    }

    /// Staff open a file of a case. Only a clean one opens, and the access log keeps who did.
    ///
    /// - Throws: `DamagedFile` besides what stands in the way.
    package func open(_ file: StoredFile.ID, of id: Case.ID, by actor: Actor) async throws -> OpenedFile {
        let matter = try await glance(id, by: actor)
        try Allowed.staff(.handleFiles).admit(actor, to: matter)
        guard let held = matter.file(file), held.isPresent else { throw Problem.notFound }
        guard held.isOpenable else { throw Problem.refused([held.unopenable]) }
        let opened = try await opened(file, of: matter)
        let now = surroundings.now()
        try await store.write {
            try $0.recordAccess(.downloaded, of: id, by: actor.skeleton, detail: file.text, at: now)
        }
        return opened
    }

    private func opened(_ file: StoredFile.ID, of matter: Case) async throws -> OpenedFile {
        let kept = try await store.read { transaction in
            guard let kept = try transaction.file(file), kept.caseID == matter.id else { throw Problem.notFound }
            return (file: kept.file, key: try transaction.key(kept.keyID))
        }
        do {
            let reader = try await vault.reader(of: file, size: kept.file.size, under: kept.key)
            return OpenedFile(file: kept.file, reader: reader)
        } catch let fault as VaultError {
            throw DamagedFile(file: file, fault: fault)
        }
    }
}

extension CaseFile {
    /// Why nobody can open this file, for whoever tries.
    package var unopenable: Reason {
        switch inspection {
        case .clean, .admittedUnscanned: Reason("removed", "This file has been taken out of the case.")
        case .infected: Reason("infected", "This file contains a virus and cannot be opened.")
        case .unusable(let text): Reason("unusable", text)
        case .notScanned(let text): Reason("not-scanned", "This file cannot be opened: \(text)")
        case nil: Reason("not-scanned-yet", "This file is being checked for viruses. Try again in a minute.")
        }
    }
}
