import Crypto
import Foundation
import Rights

/// A trust's policy as it lies on the disk: YAML for the rules, Markdown for the texts.
///
/// ```
/// policy.yaml rights.yaml clocks.yaml evidence.yaml capacity.yaml exemptions.yaml departments.yaml fees.yaml
/// retention.yaml roles.yaml alerts.yaml stages.yaml release.yaml
/// forms/*.yaml  letters/*.md  mails/*.md  texts/*.md  sms/*.md  logo.png
/// ```
struct PolicyFolder {
    static let rules = [
        "policy.yaml", "rights.yaml", "clocks.yaml", "evidence.yaml", "capacity.yaml", "exemptions.yaml",
        "departments.yaml", "fees.yaml", "retention.yaml", "roles.yaml", "alerts.yaml", "stages.yaml", "release.yaml",
    ]
    /// The picture in the header, which a trust may leave out.
    static let logo = "logo.png"
    static let folders = ["forms": "yaml", "letters": "md", "mails": "md", "texts": "md", "sms": "md"]

    /// The folder's own name, which is the policy's code.
    let code: String
    /// Texts by path within the folder.
    private let texts: [String: String]
    /// The bytes of the logo, whatever they are.
    let logo: [UInt8]?
    /// SHA-256 over all paths and contents, in order of path.
    let fingerprint: String

    init(_ folder: URL, _ findings: Findings) {
        code = folder.standardizedFileURL.lastPathComponent
        var texts: [String: String] = [:]
        var logo: [UInt8]?
        var hash = SHA256()
        for path in PolicyFolder.paths(in: folder).sorted() {
            guard PolicyFolder.isExpected(path) else {
                findings.add(
                    path, 1, "This file does not belong in a policy",
                    suggestion(for: path, among: PolicyFolder.rules) + " Texts end in .md, forms in .yaml.")
                continue
            }
            guard let data = try? Data(contentsOf: folder.appending(path: path)),
                let text = path == PolicyFolder.logo ? "" : String(data: data, encoding: .utf8)
            else {
                findings.add(path, 1, "The file cannot be read", "Save it as UTF-8 text that this account may read.")
                continue
            }
            if path == PolicyFolder.logo { logo = Array(data) } else { texts[path] = text }
            hash.update(data: Data("\(path)\n\(data.count)\n".utf8))
            hash.update(data: data)
        }
        self.texts = texts
        self.logo = logo
        fingerprint = hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    func text(_ path: String) -> String? { texts[path] }

    /// The paths in one of the folders, in order.
    func paths(in folder: String) -> [String] { texts.keys.filter { $0.hasPrefix("\(folder)/") }.sorted() }

    private static func isExpected(_ path: String) -> Bool {
        if rules.contains(path) || path == logo { return true }
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count == 2, let ending = folders[parts[0]] else { return false }
        return parts[1].hasSuffix(".\(ending)")
    }

    /// Every file but hidden ones and read-me files.
    private static func paths(in folder: URL) -> [String] {
        let base = folder.standardizedFileURL.resolvingSymlinksInPath().pathComponents.count
        guard
            let walk = FileManager.default.enumerator(
                at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: [.isDirectoryKey])
        else { return [] }
        return walk.compactMap { ($0 as? URL)?.standardizedFileURL }
            .filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == false }
            .map { $0.pathComponents.dropFirst(base).joined(separator: "/") }
            .filter { path in
                !path.split(separator: "/").contains { $0.hasPrefix(".") } && !path.hasSuffix("README.md")
            }
    }
}
