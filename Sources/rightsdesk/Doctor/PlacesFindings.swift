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
        for path in [data, "\(data)/\(Store.masterKeyFile)"] where isOpenToOthers(path) {
            findings.append(
                Finding(.fault, path, "can be read by others", advice: "Close it: chmod go-rwx \(path)"))
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
        }
        return findings
    }

    private func isOpenToOthers(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o077 != 0
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
