import Foundation
import Store

extension Settings {
    /// What a PostgreSQL database needs besides: a way to it on which nobody reads along, and programs for its backup.
    func databaseServerFindings() -> [Finding] {
        guard let database else { return [] }
        var findings: [Finding] = []
        if let words = database.protection.words {
            findings.append(
                Finding(
                    .look, "Way to the database", words,
                    advice: "Say sslmode=verify-full in its address, or leave sslmode out: see docs/configuring.md."))
        }
        for program in [Program.dump, .undump] where !program.isThere {
            findings.append(
                Finding(
                    .look, program.name, "is not there, without which no backup is taken or brought back",
                    advice: "Install it, of the server's version or newer: apt-get install \(program.package)"))
        }
        return findings
    }
}

extension PostgreSQLAddress.Protection {
    /// What deserves a look; nothing where all is well.
    fileprivate var words: String? {
        switch self {
        case .full: nil
        case .withoutProof: "is encrypted, but nobody checks that it leads to the server"
        case .ifOffered: "is in plain text wherever the server, or somebody before it, offers nothing better"
        case .none: "is in plain text"
        }
    }
}
