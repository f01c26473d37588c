import ArgumentParser
import Casework
import Foundation
import NIOPosix
import Rights
import Store

/// Moves everything to the other database engine, or to another place, and compares it there.
struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy everything into an empty PostgreSQL database or an empty folder.",
        discussion: "The installation of the settings is what is copied. Stop the sites first. Every table is compared "
            + "with what was read and every fact verified before the copy exists; one that is cut off leaves nothing, "
            + "and is begun again. What was copied stays as it is.")

    @OptionGroup var database: TargetDatabase

    @Option(
        help: ArgumentHelp(
            "A new folder, in which there will be an SQLite database, the master key and the files.",
            valueName: "folder"))
    var toFolder: String?

    @OptionGroup var trust: TrustOption

    func run() async throws {
        let settings = try trust.settings()
        switch (try database.address(), toFolder) {
        case (let address?, nil): try await copy(settings, to: address)
        case (nil, let folder?): try await copy(settings, to: EmptyFolder(path: folder))
        case (nil, nil), (_?, _?):
            throw CommandFailure(
                status: .badInput, message: "Say where to: --to or --to-file for a database, or --to-folder.")
        }
    }

    private func copy(_ settings: Settings, to address: PostgreSQLAddress) async throws {
        let surroundings = try Surroundings.live()
        let store = try settings.openAlone(surroundings)
        report(try await store.copy(to: .server(address), surroundings: surroundings, progress: Self.tell))
        try store.close()
        print(
            "Everything is in \(address) now. Set RIGHTSDESK_DATABASE to it and start; the files and the master key "
                + "stay in \(settings.data).")
    }

    private func copy(_ settings: Settings, to folder: EmptyFolder) async throws {
        let surroundings = try Surroundings.live()
        let store = try settings.openAlone(surroundings)
        try folder.begin()
        try FileManager.default.copyItem(
            atPath: "\(settings.data)/\(DataFolder.keys)", toPath: "\(folder.partial)/\(DataFolder.keys)")
        let missing = try await copyFiles(of: store, settings, to: folder.partial, surroundings)
        report(
            try await store.copy(to: .folder(folder.partial), surroundings: surroundings, progress: Self.tell))
        let (count, lost) = try await requireWhole(
            folder.partial, as: try settings.vault(beside: store, surroundings), of: store, but: missing, settings)
        try store.close()
        try folder.finish()
        print(
            "Everything is in \(folder.path) now, with \(count) files. Set RIGHTSDESK_DATA to it, take "
                + "RIGHTSDESK_DATABASE away, and start.")
        guard lost == 0 else {
            throw CommandFailure(
                status: .partial,
                message: "\(lost) files were missing or damaged before the copy, and are so in it: "
                    + "`rightsdesk verify --files` names them. Put them back from a backup.")
        }
    }

    /// Reads every file of the copy.
    ///
    /// - Returns: how many are whole in it, and how many were not before either.
    private func requireWhole(
        _ folder: String, as source: Vault, of store: Store, but missing: Set<StoredFile.ID>, _ settings: Settings
    ) async throws -> (whole: Int, lost: Int) {
        var copy = settings
        copy.data = folder
        copy.database = nil
        let installation = try Installation.open(copy)
        let read = try await installation.casework.verifyFiles { Console.tell("\($0.files) files read") }
        try installation.casework.store.close()
        let found = read.findings.filter { !missing.contains($0.file) }
        let before = try await store.faultsBefore(copying: found, from: source)
        let faults = found.filter { !before.contains($0.file) }
        guard faults.isEmpty else {
            throw CommandFailure(
                status: .unavailable,
                message: faults.map(\.description).joined(separator: "\n")
                    + "\nThese files are not what was copied. \(folder) is kept as it is.")
        }
        return (read.files - read.findings.count, read.findings.count)
    }

    /// Copies the files where they lie in the folder. Elsewhere they are copied with the tables, or stay where they are.
    ///
    /// - Returns: those that are not there, or cannot be read.
    private func copyFiles(
        of store: Store, _ settings: Settings, to folder: String, _ surroundings: Surroundings
    ) async throws -> Set<StoredFile.ID> {
        guard settings.files == .folder else { return [] }
        let to = try Vault(in: folder, threads: .singleton, surroundings: surroundings)
        return try await store.copyFiles(from: try settings.vault(beside: store, surroundings), to: to)
    }

    private func report(_ copied: Copied) {
        for table in copied.tables where table.rows > 0 { print("  \(table.name): \(table.rows)") }
        let rows = copied.tables.reduce(0) { $0 + $1.rows }
        print(
            "Copied: \(copied.tables.count) tables, \(rows) rows, equal on both sides; "
                + "\(copied.verification.cases) cases, \(copied.verification.facts) facts.")
        // What is wrong here was wrong there, and is copied as it is.
        for finding in copied.verification.findings { Console.tell("\(finding)") }
    }

    private static func tell(_ progress: CopyProgress) {
        switch progress {
        case .copying(let table, let rows):
            if rows > 0, rows % 20_000 < 2000 { Console.tell("\(table): \(rows) rows") }
        case .comparing(let table): Console.tell("comparing \(table)")
        case .verifying: Console.tell("verifying every fact")
        }
    }
}
