import Foundation
import Rights
import Store
import Web

extension Settings {
    /// The policies, and how long the bank holidays last.
    func policyFindings(on today: Day) -> [Finding] {
        let rules: ShippedRules
        do {
            rules = try ShippedRules.load(from: policies, on: today)
        } catch {
            return [Finding(.fault, "Policies", "cannot be used", advice: error.message)]
        }
        guard rules.policies.contains(where: { $0.edition.code == policy }) else {
            return [
                Finding(
                    .fault, "Policies", "lack \(policy)",
                    advice: "Set RIGHTSDESK_POLICY to one of: "
                        + rules.policies.map(\.edition.code).joined(separator: ", ") + ".")
            ]
        }
        var findings = [
            Finding(.well, "Policies", "are \(rules.policies.map(\.edition.code).joined(separator: ", "))")
        ]
        // The last deadline that can be counted is three months after the last day of the table.
        for table in rules.holidays.values.sorted(by: { $0.nation.rawValue < $1.nation.rawValue }) {
            let lastYear = table.years.upperBound
            let subject = "Bank holidays of \(table.nation.name)"
            findings.append(
                lastYear > today.parts.year + 1
                    ? Finding(.well, subject, "are known until the end of \(lastYear)")
                    : Finding(
                        .look, subject, "end with \(lastYear)",
                        advice:
                            "Add \(lastYear + 1) to bank-holidays/\(table.nation.rawValue).yaml as GOV.UK announces it."
                    ))
        }
        return findings
    }

    /// Who may look into the data folder, and how much room is left.
    func folderFindings() -> [Finding] {
        guard FileManager.default.fileExists(atPath: data) else {
            return [
                Finding(.fault, "Data folder", "is not there", advice: "Make \(data), or set RIGHTSDESK_DATA.")
            ]
        }
        var findings: [Finding] = []
        if access(data, W_OK) != 0 {
            findings.append(
                Finding(
                    .fault, "Data folder", "cannot be written",
                    advice: "Give it to the user who runs this: chown -R USER \(data)"))
        }
        let keys = ([Store.masterKeyFile] + Store.otherKeyFiles(in: data).map { "keys/\($0)" }).map { "\(data)/\($0)" }
        for path in [data] + keys where isOpen(path, to: 0o077) {
            findings.append(
                Finding(.fault, path, "can be read by others", advice: "Close it: chmod go-rwx \(path)"))
        }
        // systemd gives secrets to the service's group as well.
        for path in secretFiles where isOpen(path, to: 0o007) {
            findings.append(
                Finding(
                    .fault, path, "holds a password and can be read by others", advice: "Close it: chmod o-rwx \(path)")
            )
        }
        findings += strangerFindings()
        for file in Store.otherKeyFiles(in: data) {
            findings.append(
                Finding(
                    .look, "\(data)/keys/\(file)", "is a master key beside the one in use",
                    advice: "If it was replaced: keep it with the backups of its time, away from here."))
        }
        var room = statvfs()
        if statvfs(data, &room) == 0 {
            let free = Int(room.f_bavail) * Int(room.f_frsize) / 1_000_000_000
            findings.append(
                free >= 10
                    ? Finding(.well, "Room on the disk", "\(free) GB are free")
                    : Finding(
                        free >= 1 ? .look : .fault, "Room on the disk", "only \(free) GB are free",
                        advice: "Make room: one request may bring several gigabytes."))
            // Some file systems do not count them.
            if room.f_files > 0, room.f_favail < room.f_files / 20 {
                findings.append(
                    Finding(
                        .look, "Room on the disk", "is left for \(room.f_favail) more files only",
                        advice: "Make room for files: df -i \(data)"))
            }
        }
        return findings
    }

    /// What belongs to another user than the folder: a command was run as another user, and the sites cannot write it.
    private func strangerFindings() -> [Finding] {
        var folder = stat()
        guard stat(data, &folder) == 0 else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: data)) ?? []
        return (names.sorted() + [Store.masterKeyFile]).compactMap { name in
            var status = stat()
            guard stat("\(data)/\(name)", &status) == 0, status.st_uid != folder.st_uid else { return nil }
            return Finding(
                .fault, "\(data)/\(name)", "belongs to another user than the data folder",
                advice: "Give it back: chown --reference=\(data) \(data)/\(name). Run commands as the service's user.")
        }
    }

    /// Whether any of these bits of its mode is set.
    func isOpen(_ path: String, to bits: UInt32) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & bits != 0
    }

    /// Style sheets and scripts.
    func assetFindings() -> [Finding] {
        let missing = Assets(library: URL(fileURLWithPath: assets), own: URL(fileURLWithPath: site)).missing
        guard missing.isEmpty else {
            return [
                Finding(
                    .fault, "Style sheets and scripts", "lack \(missing.joined(separator: ", "))",
                    advice: "Run scripts/setup, or set RIGHTSDESK_ASSETS and RIGHTSDESK_SITE.")
            ]
        }
        return [Finding(.well, "Style sheets and scripts", "are there")]
    }
}
