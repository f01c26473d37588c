import Foundation
import Rights

/// Debian's `restic`: it encrypts, keeps what has not changed once, and checks what it reads back. Backups are
/// everybody's problem, so a tool that many rely on keeps ours.
struct Restic: Sendable {
    /// Where backups go, as restic writes it: a folder, `sftp:host:/folder`, `s3:…`, `rest:https://…`.
    struct Repository: Hashable, Sendable {
        let location: String
        /// The file with the password, without which nothing can be read back.
        let passwordFile: String
    }

    /// A backup that the repository holds.
    struct Snapshot: Decodable {
        let short_id: String
        /// `2026-11-22T02:41:35.010359031Z`
        let time: String

        /// To the second.
        var taken: Moment? { Moment(time.prefix(19) + "Z") }
    }

    let repository: Repository

    /// Makes the repository.
    func begin() throws(CommandFailure) {
        try run(["init"])
    }

    /// Adds a snapshot of these folders and files, named from `folder`.
    ///
    /// - Parameter progress: called with the part done, from 0 to 1.
    func backUp(
        _ names: [String], in folder: String, progress: (Double) -> Void = { _ in }
    ) throws(CommandFailure) -> Summary {
        var summary: Summary?
        try run(["backup", "--host", "rightsdesk", "--json"] + names, in: folder) { line in
            let line = Data(line.utf8)
            if let status = try? JSONDecoder().decode(Status.self, from: line) { progress(status.percent_done) }
            if let end = try? JSONDecoder().decode(Summary.self, from: line) { summary = end }
        }
        guard let summary else { throw Program.restic.failure("it did not say what it kept.") }
        return summary
    }

    /// What a run kept.
    struct Summary: Decodable {
        let snapshot_id: String
        /// Bytes that the repository did not have yet.
        let data_added: Int
        let total_bytes_processed: Int
        let total_files_processed: Int
    }

    private struct Status: Decodable {
        let percent_done: Double
    }

    /// The newest backup, or nothing.
    func latest() throws(CommandFailure) -> Snapshot? {
        var text = ""
        try run(["snapshots", "--json", "--latest", "1"]) { text += $0 }
        return try? JSONDecoder().decode([Snapshot].self, from: Data(text.utf8)).last
    }

    /// Writes a snapshot into a folder, and reads it again to compare.
    func restore(_ snapshot: String, into folder: String) throws(CommandFailure) {
        try run(["restore", snapshot, "--target", folder, "--verify"])
    }

    private func run(
        _ arguments: [String], in folder: String? = nil, line: (String) -> Void = { _ in }
    ) throws(CommandFailure) {
        // Moments are read in its answers, so they are asked for without an offset.
        try Program.restic.run(
            ["--no-cache", "--repo", repository.location, "--password-file", repository.passwordFile] + arguments,
            environment: ["TZ": "UTC"], in: folder, line: line)
    }
}
