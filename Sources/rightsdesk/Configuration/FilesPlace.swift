import Foundation
import NIOPosix
import Rights
import Store

extension Settings.Files {
    /// The place in one word, which is kept in the database so that all machines mean the same.
    var place: String {
        switch self {
        case .folder: "folder"
        case .database: "database"
        case .bucket(let bucket): bucket.address
        }
    }
}

extension Settings {
    /// The place that a text names, with what the other settings say about buckets.
    static func files(at text: String) throws(CommandFailure) -> Files {
        let environment = ProcessInfo.processInfo.environment.merging(["RIGHTSDESK_FILES": text]) { $1 }
        var reader = SettingsReader(environment: environment, names: names)
        let files = reader.files("FILES")
        guard reader.faults.isEmpty else {
            throw CommandFailure(status: .configuration, message: SettingsFaults(faults: reader.faults).description)
        }
        return files
    }

    /// The files, where the settings say that they lie.
    func vault(beside store: Store, _ surroundings: Surroundings) throws -> Vault {
        switch files {
        case .folder: try Vault(in: data, threads: .singleton, surroundings: surroundings)
        case .database: Vault(in: store, threads: .singleton, surroundings: surroundings)
        case .bucket(let bucket): Vault(in: bucket, threads: .singleton, surroundings: surroundings)
        }
    }
}
