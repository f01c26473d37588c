import ArgumentParser
import Casework
import Foundation
import Rights
import Store

/// Moves all files to another place: from the folder of one machine to where several find them, or back.
struct MoveFilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move-files", abstract: "Move all files to the data folder, the database or a bucket.",
        discussion:
            "Where they are now is RIGHTSDESK_FILES. Stop the sites and the workers first. Every file is copied "
            + "sealed as it is, read in its new place and compared; then the new place holds. The old copies stay.")

    @Option(help: "Where to: folder, database, or a bucket as in s3://bucket/folder.")
    var to: String

    @OptionGroup var trust: TrustOption

    func run() async throws {
        let settings = try trust.settings()
        let moved = try trust.settings(changing: ["RIGHTSDESK_FILES": to])
        guard moved.files.place != settings.files.place else {
            throw CommandFailure(status: .badInput, message: "The files are in \(to) already.")
        }
        let surroundings = try Surroundings.live()
        let store = try settings.openAlone(surroundings)
        let target = try moved.vault(beside: store, surroundings)
        // What an earlier run left when it was cut off.
        _ = try await target.removeAbandoned(before: surroundings.now() + 1)
        let source = try settings.vault(beside: store, surroundings)
        let missing = try await store.copyFiles(from: source, to: target)
        let (count, lost) = try await requireSame(target, as: source, of: store, but: missing)
        let place = moved.files.place
        try await store.write { try $0.filesLie(in: place) }
        try store.close()
        print(
            "\(count) files are in \(place) now, each read and equal. Set RIGHTSDESK_FILES=\(place) on every machine and "
                + "start. The old copies stay where they were: remove them when the sites have run.")
        guard lost == 0 else {
            throw CommandFailure(
                status: .partial,
                message: "\(lost) files were missing or damaged before the move, and are so now: "
                    + "`rightsdesk verify --files` names them. Put them back from a backup.")
        }
    }

    /// Reads every file in its new place.
    ///
    /// - Returns: how many are whole there, and how many were not before either.
    private func requireSame(
        _ vault: Vault, as source: Vault, of store: Store, but missing: Set<StoredFile.ID>
    ) async throws -> (whole: Int, lost: Int) {
        let read = try await store.verifyFiles(in: vault) { Console.tell("\($0.files) files read") }
        let found = read.findings.filter { !missing.contains($0.file) }
        let before = try await store.faultsBefore(copying: found, from: source)
        let faults = found.filter { !before.contains($0.file) }
        guard faults.isEmpty else {
            throw CommandFailure(
                status: .unavailable,
                message: faults.map(\.description).joined(separator: "\n")
                    + "\nThese files are not what they should be in \(to). Nothing was changed: RIGHTSDESK_FILES stays."
            )
        }
        return (read.files - read.findings.count, read.findings.count)
    }
}
