import ArgumentParser
import Foundation
import Store

/// The empty PostgreSQL database that a command writes into.
struct TargetDatabase: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "An empty PostgreSQL database, as in postgres://rightsdesk@db.example.org/rights.",
            discussion: "Without a password, which everybody on this machine could read: it goes into ~/.pgpass, "
                + "PGPASSWORD, or the address into the file of --to-file.", valueName: "address"))
    var to: String?

    @Option(help: ArgumentHelp("The file that holds such an address, also with a password.", valueName: "file"))
    var toFile: String?

    /// Nothing if none is named.
    ///
    /// - Throws: `CommandFailure` that repeats nothing of the address.
    func address() throws(CommandFailure) -> PostgreSQLAddress? {
        guard to == nil || toFile == nil else { throw wrong("Say --to or --to-file, not both.") }
        if let to {
            let address = try address(to)
            guard !address.isSecret else {
                throw wrong(
                    "The address holds a password, which everybody on this machine can read on a command line. "
                        + "Put the address into a file that only you can read, and name it with --to-file.")
            }
            return address
        }
        guard let toFile else { return nil }
        guard let text = try? String(contentsOfFile: toFile, encoding: .utf8) else {
            throw CommandFailure(status: .inputMissing, message: "The file \(toFile) cannot be read.")
        }
        return try address(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    private func address(_ text: String) throws(CommandFailure) -> PostgreSQLAddress {
        do {
            return try PostgreSQLAddress(text)
        } catch {
            throw wrong("The address of the database is not right: \(error).")
        }
    }

    private func wrong(_ words: String) -> CommandFailure { CommandFailure(status: .badInput, message: words) }
}
