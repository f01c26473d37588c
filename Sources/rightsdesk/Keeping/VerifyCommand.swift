import ArgumentParser
import Casework
import Store

/// Checks every case's chain of facts, and says which fact is not what was kept; on demand every file as well.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that no fact was changed, removed or swapped, and that lists say what facts say.")

    @Flag(help: "Read every file too, and compare it with what was put in. This takes a while.")
    var files = false

    @OptionGroup var trust: TrustOption

    func run() async throws {
        let installation = try Installation.open(try trust.settings())
        try await installation.verify(files: files)
    }
}

extension Installation {
    /// Prints every finding, or that there is none.
    ///
    /// - Throws: `CommandFailure` if anything is not what was kept.
    func verify(files: Bool) async throws {
        let verified = try await verified(files: files)
        for finding in verified.findings { print(finding) }
        guard verified.findings.isEmpty else {
            throw CommandFailure(
                status: .badInput,
                message:
                    "\(verified.findings.count) faults found. Keep a copy of the data folder as it is, and restore "
                    + "the last backup that verifies.")
        }
        print("Verified: \(verified.checked), nothing changed.")
    }

    /// Reads every fact, and every file if asked for.
    ///
    /// - Returns: what is not what was kept, in words, and what was read.
    func verified(files: Bool) async throws -> (findings: [String], checked: String) {
        let facts = try await casework.store.readEverything { try $0.verify() }
        var findings = facts.findings.map(\.description)
        findings += try await casework.casesListedWrongly().map {
            "case \($0): what lists say of it is not what its facts say; rightsdesk rebuild makes it anew"
        }
        var checked = "\(facts.cases) cases, \(facts.facts) facts"
        if files {
            let result = try await casework.verifyFiles { Console.tell("\($0.files) files read") }
            findings += result.findings.filter { !$0.isOfDraft }.map(\.description)
            for lost in result.findings where lost.isOfDraft {
                Console.tell("\(lost): it has to be sent again")
            }
            checked += ", \(result.files) files of \(result.bytes) bytes"
        }
        return (findings, checked)
    }
}
