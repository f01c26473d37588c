import ArgumentParser
import Foundation
import Rights
import Store

/// What an administrator does with the master key.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Check or replace the master key.",
        subcommands: [KeyCheckCommand.self, KeyRotateCommand.self])
}

/// Opens everything that is under the master key, or says whether a copy of the key is the right one.
struct KeyCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check that the master key opens everything, or that a copy of it is right.")

    @Option(help: "A copy of the key, from a safe perhaps: 64 hexadecimal digits in a file.")
    var file: String?

    @OptionGroup var trust: TrustOption

    func run() async throws {
        let settings = try trust.settings()
        let store = try Store.open(in: settings.data, on: settings.database, surroundings: try .live())
        defer { try? store.close() }
        if let file {
            try check(file, in: store)
        } else {
            try await settings.checkKeys(of: store)
        }
    }

    private func check(_ file: String, in store: Store) throws {
        guard FileManager.default.isReadableFile(atPath: file) else {
            throw CommandFailure(status: .inputMissing, message: "The file \(file) cannot be read.")
        }
        let isRight: Bool
        do {
            isRight = try store.isMasterKey(fileAt: file)
        } catch StoreError.masterKeyUnusable {
            throw CommandFailure(
                status: .badInput, message: "\(file) does not hold 64 hexadecimal digits: a digit may be missing.")
        }
        guard isRight else {
            throw CommandFailure(status: .badInput, message: "\(file) is not the master key \(store.keyName).")
        }
        print("\(file) is the master key \(store.keyName).")
    }
}

/// Replaces the master key by a new one.
struct KeyRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Replace the master key by a new one. The sites must be stopped.",
        discussion: "It may be cut off at any moment: the old key or the new one then opens everything.")

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var trust: TrustOption

    func run() async throws {
        let settings = try trust.settings()
        Console.tell(
            """
            This makes a new master key for \(settings.data). Stop every site and every worker first.
              - The keys of all cases are locked with the new key. Files and facts stay as they are.
              - People stay signed in. Codes sent as text messages that were not used yet end: people ask for new ones.
              - Failed attempts to sign in that named no account are counted from nothing.
              - The old key stays in the folder keys. Backups from before today open with it and with no other.
            """)
        guard try yes || agrees() else {
            throw CommandFailure(status: .badInput, message: "Nothing was changed.")
        }
        let rotation = try replaceMasterKey(settings)
        print(
            "The master key is now \(rotation.new): \(rotation.keys) keys, \(rotation.chains) ends of chains and "
                + "\(rotation.secrets) authenticators are under it. \(rotation.codesEnded) codes ended.")
        let store = try Store.open(in: settings.data, on: settings.database, surroundings: try .live())
        defer { try? store.close() }
        try await settings.checkKeys(of: store)
        Console.tell(
            """
            Next: rightsdesk verify; rightsdesk backup, which takes the new key along; copy keys/master.key to the other \
            nodes, if there are any; and keep keys/master.key.\(rotation.old) with the backups from before today.
            """)
        guard rotation.unopened == 0 else {
            throw CommandFailure(
                status: .partial,
                message: "\(rotation.unopened) things were not as the old key had made them, and were left so. Run "
                    + "rightsdesk verify: it says what was changed behind the program's back.")
        }
    }

    private func replaceMasterKey(_ settings: Settings) throws -> KeyRotation {
        do {
            return try Store.replaceMasterKey(in: settings.data, on: settings.database, surroundings: try .live())
        } catch StoreError.busy {
            throw CommandFailure(
                status: .unavailable,
                message:
                    "Nothing was changed: another process uses the database. Stop the sites, the workers and other "
                    + "commands, on every node, and run this again.")
        }
    }

    private func agrees() throws(CommandFailure) -> Bool {
        guard isatty(FileHandle.standardInput.fileDescriptor) == 1 else {
            throw CommandFailure(
                status: .badInput,
                message: "Nothing was changed: there is nobody to ask. Say --yes where that is meant.")
        }
        FileHandle.standardError.write(Data("Go on? [y/N] ".utf8))
        return ["y", "yes"].contains(readLine()?.lowercased())
    }
}

extension Settings {
    /// Prints what the master key opens.
    ///
    /// - Throws: `CommandFailure` if there is something that it should open and does not.
    fileprivate func checkKeys(of store: Store) async throws {
        let check = try await store.read { try $0.checkKeys() }
        for fault in check.faults { print("\(fault) does not open") }
        for file in Store.otherKeyFiles(in: data) { Console.tell("Another key is kept beside it: keys/\(file)") }
        guard check.faults.isEmpty else {
            throw CommandFailure(
                status: .badInput,
                message: "\(check.faults.count) of \(check.keys + check.secrets) do not open. Restore the last backup "
                    + "that verifies.")
        }
        let destroyed = check.destroyed == 0 ? "" : " \(check.destroyed) were destroyed on purpose."
        print(
            "The master key \(check.name) opens all of \(check.keys) keys of cases and \(check.secrets) "
                + "authenticators.\(destroyed)")
    }
}
