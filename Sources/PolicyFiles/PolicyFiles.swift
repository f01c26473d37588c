import Foundation
import Rights

/// From the folders of `policies/` to values of `Rights`. The only place that reads YAML.
package enum PolicyFiles {
    /// Reads a policy folder, `policies/poole-2017`.
    ///
    /// Throws every fault of every file at once, in order of file and line.
    package static func load(_ folder: URL) throws(Faults) -> Policy {
        let findings = Findings()
        let policy = PolicyReading(PolicyFolder(folder, findings), findings).policy()
        guard findings.list.isEmpty, let policy else { throw Faults(findings.sorted) }
        return policy
    }

    /// Every fault of a policy folder, for `rightsdesk policy check`; none means that `load` succeeds.
    package static func check(_ folder: URL) -> [Fault] {
        do {
            _ = try load(folder)
            return []
        } catch {
            return error.list
        }
    }

    /// Reads every policy of a folder of policies, the newest in force last; `bank-holidays` is passed over.
    ///
    /// Throws the faults of all of them, with the policy's code before the file's name.
    package static func loadAll(_ folder: URL) throws(Faults) -> [Policy] {
        var policies: [Policy] = []
        var faults: [Fault] = []
        for name in subfolders(of: folder) where name != "bank-holidays" {
            do throws(Faults) {
                policies.append(try load(folder.appending(path: name)))
            } catch {
                faults += error.list.map {
                    Fault(file: "\(name)/\($0.file)", line: $0.line, message: $0.message, advice: $0.advice)
                }
            }
        }
        if policies.isEmpty, faults.isEmpty {
            faults.append(
                Fault(
                    file: folder.lastPathComponent, line: 1, message: "There is no policy in this folder",
                    advice: "Copy one of the policies that ship into it."))
        }
        guard faults.isEmpty else { throw Faults(faults.sorted()) }
        return policies.sorted { ($0.edition.inForce, $0.edition.code) < ($1.edition.inForce, $1.edition.code) }
    }

    private static func subfolders(of folder: URL) -> [String] {
        let all = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.isDirectoryKey])
        return (all ?? []).filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true }
            .map(\.lastPathComponent).filter { !$0.hasPrefix(".") }.sorted()
    }
}
