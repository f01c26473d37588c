import Foundation
import Store
import Web

/// What no two trusts may share. One that had another's folder, database, key, host, or place of files or backups would
/// read, overwrite, sweep away or restore what is not its own.
struct Belongings {
    private let file: String
    private let folder: String
    private let settings: Settings
    private let hosts: Set<String>
    private let key: [UInt8]?

    private init(_ trust: TrustSettings) {
        file = trust.file
        settings = trust.settings
        folder = URL(fileURLWithPath: settings.data).resolvingSymlinksInPath().standardizedFileURL.path
        hosts = [settings.portalAddress, settings.deskAddress].compactMap(Origin.init).reduce(into: []) {
            $0.formUnion($1.hosts)
        }
        // A key that cannot be read is said when the trust is opened.
        key = (try? Store.masterKeyMark(in: settings.data)) ?? nil
    }

    /// A fault for each thing that two trusts have in common.
    static func sharedFaults(of trusts: [TrustSettings]) -> [SettingsFault] {
        let all = trusts.map(Belongings.init)
        return all.indices.flatMap { second in all[..<second].flatMap { all[second].shared(with: $0) } }
    }

    private func shared(with other: Belongings) -> [SettingsFault] {
        var faults: [SettingsFault] = []
        func fault(_ name: String, _ text: String) {
            faults.append(SettingsFault(file: file, name: "RIGHTSDESK_" + name, text: "\(text) \(other.file)"))
        }
        if folder == other.folder {
            fault("DATA", "this is the folder of")
        } else if folder.hasPrefix(other.folder + "/") {
            fault("DATA", "this lies within the folder of")
        } else if other.folder.hasPrefix(folder + "/") {
            fault("DATA", "this holds the folder of")
        } else if let key, key == other.key {
            fault("DATA", "the master key in this folder is that of")
        }
        if let mine = settings.database, let theirs = other.settings.database, mine.isSameDatabase(as: theirs) {
            fault("DATABASE", "this is the database of")
        }
        if case .bucket(let mine) = settings.files, case .bucket(let theirs) = other.settings.files,
            mine.overlaps(theirs)
        {
            fault("FILES", "this place overlaps that of")
        }
        for (name, address) in [("PORTAL_ADDRESS", settings.portalAddress), ("DESK_ADDRESS", settings.deskAddress)]
        where Origin(address).map({ !$0.hosts.isDisjoint(with: other.hosts) }) ?? false {
            fault(name, "the host of this address is one of")
        }
        let places = Set([other.settings.backup, other.settings.keyBackup].compactMap { $0?.location })
        for (name, place) in [("BACKUP", settings.backup), ("KEY_BACKUP", settings.keyBackup)] {
            if let place, places.contains(place.location) { fault(name, "this is a place of backups of") }
        }
        return faults
    }
}
