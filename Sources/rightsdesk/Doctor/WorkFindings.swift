import Foundation
import Rights
import Store

extension Settings {
    /// Whether the database opens with its key, and whether its work is being done.
    func databaseFindings(at now: Moment) async -> [Finding] {
        guard database != nil || FileManager.default.fileExists(atPath: "\(data)/\(Store.databaseFile)") else {
            return [Finding(.look, "Database", "is not there yet", advice: "The first start makes it, with its key.")]
        }
        do {
            let store = try Store.open(in: data, on: database, surroundings: try .live())
            defer { try? store.close() }
            let waiting = try await store.read { try $0.workWaiting(at: now) }
            return [Finding(.well, "Database", "opens with its key")] + findings(of: waiting, at: now)
        } catch {
            return [
                Finding(
                    .fault, "Database", "cannot be opened",
                    advice: (error as? StoreError)?.description ?? error.localizedDescription)
            ]
        }
    }

    private func findings(of waiting: WorkWaiting, at now: Moment) -> [Finding] {
        var findings: [Finding] = []
        if let newest = waiting.newest, newest > Moment.latest(at: now) {
            findings.append(
                Finding(
                    .fault, "Clock", "shows \(now), but work was written down at \(newest)",
                    advice:
                        "Set this machine's clock by a time server (timedatectl). If it is right now, it was "
                        + "ahead: entries made meanwhile carry a date that has not come."))
        } else {
            findings.append(Finding(.well, "Clock", "shows \(now)"))
        }
        if let since = waiting.dueSince, now - since > 3600 {
            findings.append(
                Finding(
                    .fault, "Work", "has been waiting since \(since)",
                    advice: "Is `rightsdesk serve` running? Its log says why work is not done."))
        } else {
            findings.append(Finding(.well, "Work", "is done as it comes"))
        }
        if waiting.dead > 0 {
            findings.append(
                Finding(
                    .look, "Work", "was given up \(waiting.dead) times",
                    advice: "An administrator can try it again on the desk."))
        }
        return findings
    }

    /// When the newest backup was taken.
    func backupFindings(at now: Moment) -> [Finding] {
        guard let backup else {
            return [
                Finding(.fault, "Backup", "is not set up", advice: "Set RIGHTSDESK_BACKUP: see docs/operating.md.")
            ]
        }
        var findings: [Finding] = []
        do {
            guard let taken = try Restic(repository: backup).latest()?.taken else {
                return [Finding(.fault, "Backup", "was never taken", advice: "Run rightsdesk backup.")]
            }
            let hours = (now - taken) / 3600
            findings.append(
                hours < 26
                    ? Finding(.well, "Backup", "was taken \(hours) hours ago")
                    : Finding(
                        .fault, "Backup", "is \(hours) hours old", advice: "See why the nightly backup did not run."))
        } catch {
            return [Finding(.fault, "Backup", "cannot be looked at", advice: error.message)]
        }
        if keyBackup == nil {
            findings.append(
                Finding(
                    .look, "Backup of the master key", "is not set up",
                    advice: "Set RIGHTSDESK_KEY_BACKUP, or keep a copy of the key by hand, away from the files."))
        }
        return findings
    }
}
