import ArgumentParser
import Casework
import Foundation
import Store

/// Brings a backup back into an empty place, and checks every fact and every file of it.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Restore a backup into an empty folder, and verify it.",
        discussion: "Nothing that is there is overwritten: restore beside it, verify, then set RIGHTSDESK_DATA.")

    @Option(help: "The folder to make. It must not be there, or be empty.")
    var into: String

    @Option(help: "Which backup, by the name that `backup` printed.")
    var snapshot = "latest"

    @Option(help: "The master key's file. Otherwise it comes from RIGHTSDESK_KEY_BACKUP.")
    var key: String?

    func run() async throws {
        var settings = try Settings.fromEnvironment()
        guard let repository = settings.backup else { throw Settings.noBackup }
        try requireEmpty()
        // Beside its place first, so that an interrupted restore is never taken for a whole one.
        let partial = into + ".part"
        try? FileManager.default.removeItem(atPath: partial)
        Console.tell("Restoring into \(partial) …")
        try Restic(repository: repository).restore(snapshot, into: partial)
        try restoreKey(into: partial, from: settings.keyBackup)
        try FileManager.default.moveItem(
            atPath: "\(partial)/\(DataFolder.databaseCopy)/\(Store.databaseFile)",
            toPath: "\(partial)/\(Store.databaseFile)")
        try FileManager.default.removeItem(atPath: "\(partial)/\(DataFolder.databaseCopy)")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: partial)
        settings.data = partial
        // What is verified is what was restored, also where the sites keep everything in PostgreSQL.
        settings.database = nil
        let installation = try Installation.open(settings)
        try await installation.verify(files: true)
        try installation.casework.store.close()
        try? FileManager.default.removeItem(atPath: into)
        try FileManager.default.moveItem(atPath: partial, toPath: into)
        print("Restored into \(into).")
    }

    private func requireEmpty() throws(CommandFailure) {
        guard FileManager.default.fileExists(atPath: into) else { return }
        guard let there = try? FileManager.default.contentsOfDirectory(atPath: into), there.isEmpty else {
            throw CommandFailure(
                status: .badInput, message: "\(into) is not empty. Restore into a new folder, and look at it first.")
        }
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
