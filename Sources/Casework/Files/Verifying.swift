import Rights
import Store

/// What a walk over the bytes of all files found.
package struct FileVerification: Hashable, Sendable {
    package var files = 0
    /// Plain bytes that were read.
    package var bytes = 0
    /// Empty when every file is there and is what was put in.
    package var findings: [Finding] = []

    /// One file that cannot be given to anybody.
    package enum Finding: Hashable, Sendable {
        /// The database has the file and the vault has not.
        case missing(StoredFile.ID, of: Case.ID?)
        /// The bytes are not those that were put in.
        case altered(StoredFile.ID, of: Case.ID?)
    }
}

extension FileVerification.Finding {
    package var file: StoredFile.ID {
        switch self {
        case .missing(let file, _), .altered(let file, _): file
        }
    }

    /// Whether nothing is lost but an upload that its sender can repeat: a backup copies the files after the database,
    /// and a draft's file may have been taken out in between.
    package var isOfDraft: Bool {
        switch self {
        case .missing(_, let id), .altered(_, let id): id == nil
        }
    }
}

extension FileVerification.Finding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let file, let id): "\(Self.owner(id)), file \(file.text): missing"
        case .altered(let file, let id): "\(Self.owner(id)), file \(file.text): changed"
        }
    }

    private static func owner(_ id: Case.ID?) -> String { id.map { "case \($0.text)" } ?? "a draft" }
}

extension Casework {
    /// Reads every file and compares it with what was put in. A file whose key was destroyed is passed over.
    ///
    /// - Parameter progress: called with what has been read so far.
    package func verifyFiles(
        progress: @Sendable (FileVerification) -> Void = { _ in }
    ) async throws -> FileVerification {
        try await store.verifyFiles(in: vault, progress: progress)
    }
}

extension Store {
    /// The same for a vault that is not in use yet.
    package func verifyFiles(
        in vault: Vault, progress: @Sendable (FileVerification) -> Void
    ) async throws -> FileVerification {
        var result = FileVerification()
        var last: StoredFile.ID?
        while true {
            let batch = try await read { [last] in try $0.filesToVerify(after: last, batch: 200) }
            guard let end = batch.last else { return result }
            for file in batch {
                guard let key = file.key else { continue }
                result.files += 1
                do {
                    let reader = try await vault.reader(of: file.id, size: file.size, under: key)
                    let hash = try await reader.hash()
                    result.bytes += file.size
                    if hash != file.sha256 { result.findings.append(.altered(file.id, of: file.caseID)) }
                } catch VaultError.missing {
                    result.findings.append(.missing(file.id, of: file.caseID))
                } catch VaultError.altered {
                    result.findings.append(.altered(file.id, of: file.caseID))
                }
            }
            last = end.id
            progress(result)
        }
    }
}
