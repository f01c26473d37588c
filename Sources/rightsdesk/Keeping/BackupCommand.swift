import ArgumentParser
import Casework
import Foundation
import Store

/// Takes a backup of the database and the files while the sites run, and of the master key to another place, with those
/// that it replaced: older backups open with them.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Back up the database and the files, and the master key apart from them.",
        discussion: "Where to, and with which password, are settings: see docs/operating.md. What has not changed "
            + "since the last backup takes no room.")

    @Flag(
        help:
            "Make the places of the backups first. Without it, a place that is not there is a fault: a disk may not be mounted."
    )
    var first = false

    @OptionGroup var trust: TrustOption

    func run() async throws {
        let settings = try trust.settings()
        guard let repository = settings.backup else { throw Settings.noBackup }
        let installation = try Installation.open(settings)
        try BackupTurn.take(in: settings.data) { try installation.backUp(to: repository, isFirst: first) }
    }
}

extension Installation {
    fileprivate func backUp(to repository: Restic.Repository, isFirst: Bool) throws {
        let backup = Restic(repository: repository)
        let keys = settings.keyBackup.map(Restic.init)
        if isFirst {
            try backup.begin()
            try keys?.begin()
        }
        let kept = try backUp(with: backup)
        print(
            "Backed up: \(kept.total_files_processed) files of \(kept.total_bytes_processed) bytes, "
                + "\(kept.data_added) bytes of them new, as \(kept.snapshot_id).")
        guard let keys else {
            Console.tell(
                "The master key is not in it. Keep \(settings.data)/\(Store.masterKeyFile) elsewhere, or set "
                    + "RIGHTSDESK_KEY_BACKUP: without it nothing can be read again.")
            return
        }
        let key = try keys.backUp([Store.keyFolder], in: settings.data)
        print("The master key, apart: as \(key.snapshot_id).")
    }

    /// Copies the database first and the files after it, so that every file that the copy knows is there.
    private func backUp(with restic: Restic) throws -> Restic.Summary {
        let copies = "\(settings.data)/\(DataFolder.databaseCopy)"
        try? FileManager.default.removeItem(atPath: copies)
        try FileManager.default.createDirectory(
            atPath: copies, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: copies) }
        Console.tell("Copying the database …")
        if let address = settings.database {
            try DatabaseDump(folder: "\(copies)/\(DatabaseDump.name)").take(of: address)
        } else {
            try casework.store.copyDatabase(into: copies)
        }
        var told = 0
        return try restic.backUp([DataFolder.databaseCopy] + filesToKeep, in: settings.data) { part in
            let tenth = Int(part * 10)
            guard tenth > told else { return }
            told = tenth
            Console.tell("  \(tenth * 10) %")
        }
    }
}

extension Installation {
    /// What there is of files beside the copy of the database.
    private var filesToKeep: [String] {
        switch settings.files {
        case .folder: return [DataFolder.vault]
        case .database: return []
        case .bucket(let bucket):
            Console.tell("The files are in \(bucket) and not in this backup: keep them by what that store offers.")
            return []
        }
    }
}

/// Names within a data folder that backups speak of.
enum DataFolder {
    static let vault = "vault"
    static let keys = "keys"
    /// Where the copy of the database lies while a backup is taken.
    static let databaseCopy = "backup"
    /// Who holds this file takes the backup.
    static let backupTurn = "backup.lock"
}

extension Settings {
    static let noBackup = CommandFailure(
        status: .configuration,
        message: "Say where backups go, and with which password: RIGHTSDESK_BACKUP and RIGHTSDESK_BACKUP_PASSWORD_FILE."
    )
}
