import ArgumentParser
import Foundation

/// Which trust a command is about, where a process serves several.
struct TrustOption: ParsableArguments {
    @Option(help: ArgumentHelp("The trust, where RIGHTSDESK_TRUSTS names several.", valueName: "code"))
    var trust: String?

    /// - Parameter changes: what a command sets itself, whatever the settings say.
    /// - Throws: `CommandFailure` with every fault, and where it is not said which trust is meant.
    func settings(changing changes: [String: String] = [:]) throws(CommandFailure) -> Settings {
        try Settings.fromEnvironment(of: trust, changing: changes)
    }
}

extension Settings {
    /// The settings of the one trust; of several, those of the one that is named.
    ///
    /// - Throws: `CommandFailure` with every fault, and where it is not said which trust is meant.
    static func fromEnvironment(
        of trust: String? = nil, changing changes: [String: String] = [:]
    ) throws(CommandFailure) -> Settings {
        let environment = ProcessInfo.processInfo.environment
        do throws(SettingsFaults) {
            guard let folder = TrustsFolder(environment: environment) else {
                guard trust == nil else {
                    throw SettingsFaults(faults: [
                        SettingsFault(name: "--trust", text: "there is one trust: RIGHTSDESK_TRUSTS is not set")
                    ])
                }
                return try Settings(environment: environment.merging(changes) { $1 })
            }
            guard let trust else {
                let codes = try folder.codes().joined(separator: ", ")
                throw SettingsFaults(faults: [
                    SettingsFault(name: "--trust", text: "say which of the trusts is meant: \(codes)")
                ])
            }
            return try folder.settings(of: trust, changing: changes)
        } catch {
            throw CommandFailure(status: .configuration, message: error.description)
        }
    }
}
