import Casework
import Foundation
import Rights
import Store

extension Settings {
    /// Opens the store for something during which nobody else may use it.
    func openAlone(_ surroundings: Surroundings) throws -> Store {
        guard database != nil || FileManager.default.fileExists(atPath: "\(data)/\(Store.databaseFile)") else {
            throw CommandFailure(
                status: .inputMissing,
                message: "There is no database in \(data). Set RIGHTSDESK_DATA, or RIGHTSDESK_DATABASE.")
        }
        do {
            return try Store.open(
                in: data, on: database, filesIn: files.place, alone: true, surroundings: surroundings)
        } catch StoreError.busy {
            throw CommandFailure(
                status: .unavailable,
                message: "The database is in use. Stop the sites and the workers first: what they are told after the "
                    + "copy would be lost.")
        }
    }
}

extension Store {
    /// Copies every file that the database names, sealed as it is.
    ///
    /// - Returns: those that are not there, or cannot be read.
    func copyFiles(from: Vault, to: Vault) async throws -> Set<StoredFile.ID> {
        var missing: Set<StoredFile.ID> = []
        var last: StoredFile.ID?
        var count = 0
        while true {
            let batch = try await read { [last] in try $0.filesToVerify(after: last, batch: 200) }
            guard let end = batch.last else { return missing }
            for file in batch where file.key != nil {
                do {
                    // From an earlier run that was cut off.
                    try await to.remove(file.id)
                    try await from.copy(file.id, to: to)
                    count += 1
                } catch VaultError.missing, VaultError.altered {
                    missing.insert(file.id)
                }
            }
            last = end.id
            Console.tell("\(count) files copied")
        }
    }

    /// Compares what was found wrong with the copies of files with the files themselves.
    ///
    /// - Returns: those that are not to blame on the copy: they are missing or damaged in `source` as well.
    func faultsBefore(copying found: [FileVerification.Finding], from source: Vault) async throws -> Set<StoredFile.ID>
    {
        guard !found.isEmpty else { return [] }
        Console.tell("\(found.count) files are not what they should be: were they before?")
        return Set(
            try await verifyFiles(in: source) { Console.tell("\($0.files) files read") }.findings.map(\.file))
    }
}
