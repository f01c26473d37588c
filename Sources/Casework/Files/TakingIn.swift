import Documents
import NIOCore
import Rights
import Store

/// Whose upload it is: the policy sets other limits for each.
package enum Uploader: Sendable {
    case requester
    case staff
}

extension FileLimits {
    /// The bytes that one file may have.
    package func bytes(for uploader: Uploader) -> Int {
        switch uploader {
        case .requester: requesterBytes
        case .staff: staffBytes
        }
    }

    /// What a file must be to be taken in.
    func intake(for uploader: Uploader) -> IntakeLimits {
        let types =
            switch uploader {
            case .requester: requesterTypes
            case .staff: staffTypes
            }
        return IntakeLimits(types: types, bytes: bytes(for: uploader))
    }
}

extension Casework {
    /// Takes a file in: streams it to the vault, looks at what it is by its content, and keeps it under a draft's or
    /// a case's key. A file that cannot be used is not kept, and its sender is told why at once (S1-40).
    ///
    /// What a requester has uploaded and not sent is limited, so that no account can fill the disk with drafts.
    ///
    /// - Throws: `Problem.refused` with every finding, in the words for the sender.
    package func takeIn<Bytes: AsyncSequence>(
        _ bytes: Bytes, named name: String, under keyID: DataKey.ID, into id: Case.ID?, from uploader: Uploader,
        by actor: Actor, field: String? = nil, isolation: isolated (any _Concurrency.Actor)? = #isolation
    ) async throws -> StoredFile where Bytes.Element == ByteBuffer {
        let limits = policies.current.files.intake(for: uploader)
        let unsent = id == nil && uploader == .requester ? UnsentFiles(policies.current.files, of: actor) : nil
        let (key, room) = try await store.read { transaction in
            (try transaction.key(keyID), try unsent?.room(transaction) ?? .max)
        }
        let stored: StoredBytes
        do {
            stored = try await vault.write(bytes, under: key, limit: min(limits.maximumBytes, room))
        } catch VaultError.tooLarge(let limit) {
            throw Problem.refused([
                limit < limits.maximumBytes
                    ? UnsentFiles.reason(field) : IntakeFinding.tooLarge(maximumBytes: limit).reason(field: field)
            ])
        } catch StoreError.diskFull {
            throw Problem.refused([
                Reason(
                    "no-room",
                    "The selected file could not be uploaded, because there is no room left on our side. "
                        + "Nothing else is lost. Try again later.", field: field)
            ])
        }
        do {
            let reader = try await vault.reader(of: stored.id, size: stored.size, under: key)
            let inspection = try await Inspection.of(VaultSource(reader: reader), named: name, under: limits)
            guard inspection.findings.isEmpty else {
                throw Problem.refused(inspection.findings.map { $0.reason(field: field) })
            }
            let file = StoredFile(
                id: stored.id, name: name, size: stored.size, sha256: stored.sha256,
                contentType: inspection.kind.mediaType)
            let now = surroundings.now()
            try await store.write { transaction in
                // Others may have come in at the same time.
                if let unsent, try unsent.room(transaction) < file.size {
                    throw Problem.refused([UnsentFiles.reason(field)])
                }
                try transaction.add(file, under: keyID, to: id, by: actor.skeleton, at: now)
            }
            return file
        } catch StoreError.outcomeUnknown {
            // The row may be there. Bytes without a row are swept in time; a row without its bytes would be a lost file.
            throw StoreError.outcomeUnknown
        } catch {
            try await vault.remove(stored.id)
            throw error
        }
    }

    /// The key of a case, for the uploads of its staff.
    package func key(of id: Case.ID) async throws -> DataKey.ID {
        guard let key = try await store.read({ try $0.keyID(of: id) }) else { throw Problem.notFound }
        return key
    }
}

/// What one requester has uploaded and not sent yet, in all drafts together.
private struct UnsentFiles: Sendable {
    private let most: Int
    private let owner: String

    init(_ limits: FileLimits, of actor: Actor) {
        most = limits.unsentBytes
        owner = actor.skeleton
    }

    /// Bytes that there is still room for.
    func room(_ transaction: Transaction) throws -> Int { max(0, most - (try transaction.bytesAwaiting(by: owner))) }

    static func reason(_ field: String?) -> Reason {
        Reason(
            "too-much-unsent",
            "The selected file could not be uploaded, because the requests that you have not sent yet hold too many "
                + "large files. Send one of them, or delete files or requests that you do not need", field: field)
    }
}

/// A file in the vault as the inspection reads it: any part of it, never the whole.
struct VaultSource: ByteSource {
    let reader: VaultReader

    var size: Int { reader.size }

    func read(_ range: Range<Int>) async throws -> [UInt8] {
        try await reader.read(range)
    }
}
