import ArgumentParser
import Casework
import Foundation
import Store

/// Brings a backup back into an empty place, and checks every fact and every file of it.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Restore a backup into an empty folder, and verify it.",
        discussion: "Nothing that is there is overwritten: restore beside it, verify, then set RIGHTSDESK_DATA, and "
            + "RIGHTSDESK_DATABASE where the backup is of a PostgreSQL database.")

    @Option(help: "The folder to make. It must not be there, or be empty.")
    var into: String

    @OptionGroup(title: "For the backup of a PostgreSQL database") var database: TargetDatabase

    @Option(help: "Which backup, by the name that `backup` printed.")
    var snapshot = "latest"

    @Option(help: "The master key's file. Otherwise it comes from RIGHTSDESK_KEY_BACKUP.")
    var key: String?

    @OptionGroup var trust: TrustOption

    func run() async throws {
        var settings = try trust.settings()
        guard let repository = settings.backup else { throw Settings.noBackup }
        let address = try database.address()
        let folder = EmptyFolder(path: into)
        try folder.begin()
        if let address { try requireBlank(address) }
        Console.tell("Restoring into \(folder.partial) …")
        try Restic(repository: repository).restore(snapshot, into: folder.partial)
        try restoreKey(into: folder.partial, from: settings.keyBackup)
        try bringBackDatabase(in: folder.partial, address)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.partial)
        settings.data = folder.partial
        // What is verified is what was restored, whatever the sites use.
        settings.database = address
        let installation = try Installation.open(settings)
        let verified: Result<(findings: [String], checked: String), any Error>
        do {
            verified = .success(try await installation.verified(files: true))
        } catch {
            verified = .failure(error)
        }
        try installation.casework.store.close()
        // Also what is damaged or could not be read: it may be all there is, and nobody can bring it back once more into
        // a place that is filled.
        try folder.finish()
        print("Restored into \(into)\(address.map { ", and \($0)" } ?? "").")
        try tell(verified)
    }

    private func tell(_ verified: Result<(findings: [String], checked: String), any Error>) throws {
        switch verified {
        case .failure(let error):
            throw CommandFailure(
                status: .partial,
                message:
                    "Everything was brought back, but the check came to no end (\(error)): what is whole is not known. "
                    + "Run `rightsdesk verify --files` on it before the sites run on it.")
        case .success((let findings, _)) where !findings.isEmpty:
            for finding in findings { print(finding) }
            let faults = findings.count == 1 ? "a fault was" : "\(findings.count) faults were"
            throw CommandFailure(
                status: .partial,
                message:
                    "Everything was restored, but \(faults) found in it, named above. What is not named is whole. Look "
                    + "for an earlier backup without this (--snapshot), restored beside this one, before the sites run "
                    + "on it.")
        case .success((_, let checked)):
            print("Verified: \(checked), nothing changed.")
        }
    }

    private func requireBlank(_ address: PostgreSQLAddress) throws {
        guard try Store.isBlank(address) else {
            throw CommandFailure(
                status: .badInput, message: "There is something in \(address). Restore into a new, empty one.")
        }
    }

    /// Puts the database of the backup where it belongs: a file into the folder, a dump into the database named.
    private func bringBackDatabase(in folder: String, _ address: PostgreSQLAddress?) throws {
        let copies = "\(folder)/\(DataFolder.databaseCopy)"
        let dump = "\(copies)/\(DatabaseDump.name)"
        switch (FileManager.default.fileExists(atPath: dump), address) {
        case (true, let address?): try DatabaseDump(folder: dump).restore(to: address)
        case (false, nil):
            try FileManager.default.moveItem(
                atPath: "\(copies)/\(Store.databaseFile)", toPath: "\(folder)/\(Store.databaseFile)")
        case (true, nil):
            throw CommandFailure(
                status: .inputMissing,
                message: "This backup is of a PostgreSQL database. Name an empty one with --to or --to-file.")
        case (false, _?):
            throw CommandFailure(
                status: .badInput,
                message: "This backup is of an SQLite database. Restore it without --to, then `rightsdesk copy` it.")
        }
        try FileManager.default.removeItem(atPath: copies)
    }

    private func restoreKey(into folder: String, from repository: Restic.Repository?) throws {
        if let key {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/keys", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try FileManager.default.copyItem(atPath: key, toPath: "\(folder)/\(Store.masterKeyFile)")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: "\(folder)/\(Store.masterKeyFile)")
        } else if let repository {
            try Restic(repository: repository).restore("latest", into: folder)
        } else {
            throw CommandFailure(
                status: .inputMissing,
                message: "The master key is missing. Name its file with --key, or set RIGHTSDESK_KEY_BACKUP.")
        }
    }
}
