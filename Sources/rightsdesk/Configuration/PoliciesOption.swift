import ArgumentParser
import Foundation
import PolicyFiles
import Rights

/// Where the policies are, for every command that needs them.
struct PoliciesOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of policies. Otherwise RIGHTSDESK_POLICIES, or a folder `policies` here or beside the program.",
            valueName: "folder"))
    var policies: String?

    /// Reads all policies and the tables of bank holidays.
    ///
    /// Throws with every fault at once, and where there is no such folder.
    func load(on today: Day) throws(CommandFailure) -> ShippedRules {
        let named = policies ?? ProcessInfo.processInfo.environment["RIGHTSDESK_POLICIES"]
        return try ShippedRules.load(from: named, on: today)
    }
}

/// What the folder of policies holds.
struct ShippedRules {
    let policies: [Policy]
    let holidays: [Nation: BankHolidays]

    var profiles: [ClockProfile] { policies.flatMap(\.clocks.all) }

    func holidays(of nation: Nation) throws(CommandFailure) -> BankHolidays {
        guard let table = holidays[nation] else {
            throw CommandFailure(
                status: .configuration, message: "There is no table of bank holidays for \(nation.name).")
        }
        return table
    }
}

extension ShippedRules {
    /// Reads a folder of policies: the one named, else a folder `policies` here or beside the program.
    ///
    /// Throws with every fault at once, and where there is no such folder.
    static func load(from named: String?, on today: Day) throws(CommandFailure) -> ShippedRules {
        let folder = try folder(named)
        do throws(Faults) {
            return ShippedRules(
                policies: try PolicyFiles.loadAll(folder),
                holidays: try PolicyFiles.holidays(folder.appending(path: "bank-holidays"), on: today))
        } catch {
            throw CommandFailure(
                status: .configuration, message: "The policies in \(folder.path) have faults:\n\(error)")
        }
    }

    private static func folder(_ named: String?) throws(CommandFailure) -> URL {
        if let named {
            let folder = URL(filePath: named)
            guard isFolderOfPolicies(folder) else {
                throw CommandFailure(
                    status: .configuration,
                    message: "\(named) is not a folder of policies: it has no folder `bank-holidays`.")
            }
            return folder
        }
        let here = URL(filePath: FileManager.default.currentDirectoryPath)
        let program = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
        let places = [here, program].compactMap { $0?.appending(path: "policies") }
        guard let found = places.first(where: isFolderOfPolicies) else {
            throw CommandFailure(
                status: .configuration,
                message: "There is no folder of policies in \(places.map(\.path).joined(separator: " or ")). "
                    + "Name one with --policies or RIGHTSDESK_POLICIES.")
        }
        return found
    }

    private static func isFolderOfPolicies(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "bank-holidays").path)
    }
}
