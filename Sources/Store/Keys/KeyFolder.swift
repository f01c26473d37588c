import Foundation
import Rights

/// The folder `keys` of a data folder: the master key, `master.key`; beside it those that it replaced, each under its
/// own name; and for the moments of a replacement the next one. There is a `master.key` at every moment.
struct KeyFolder {
    private let path: String

    init(of data: String) {
        path = data + "/keys"
    }

    private var current: String { path + "/master.key" }
    private var next: String { current + ".next" }

    /// The keys of a database that nobody else is changing. Makes a new master key for one that needs none yet.
    ///
    /// Where the master key is not that of the database but another of the folder is, that one takes its place: the
    /// replacement of a key was cut off after the database had its part of it, or an older copy of the database was
    /// put back.
    ///
    /// Throws `StoreError.masterKeyMissing`, `masterKeyUnusable` and `masterKeyWrong`.
    func keyring(for connection: any Connection, random: @escaping @Sendable (Int) -> [UInt8]) throws -> Keyring {
        let master = try MasterKey(of: connection, in: current, random: random)
        let keyring = Keyring(master: master, random: random)
        do {
            try Transaction(connection, keyring).checkMasterKey()
            return keyring
        } catch StoreError.masterKeyWrong {
            for file in others() {
                guard let other = try? MasterKey(reading: file) else { continue }
                let keyring = Keyring(master: other, random: random)
                guard try Transaction(connection, keyring).isMasterKey() == true else { continue }
                try putInPlace(file, replacing: master.name)
                return keyring
            }
            throw StoreError.masterKeyWrong
        }
    }

    /// The key that is to come next: one that a replacement had made when it was cut off, or a new one.
    func nextKey(random: (Int) -> [UInt8]) throws -> MasterKey {
        if FileManager.default.fileExists(atPath: next) { return try MasterKey(reading: next) }
        return try MasterKey(creating: next, random: random)
    }

    /// Makes the next key the master key, and keeps the other beside it.
    func putNextInPlace(replacing name: String) throws {
        try putInPlace(next, replacing: name)
    }

    private func putInPlace(_ file: String, replacing name: String) throws {
        guard link(current, "\(current).\(name)") == 0 || errno == EEXIST else { throw IOFailure.last("link") }
        try DurableFile.publish(file, as: current)
    }

    /// The names of the other keys' files, in their order.
    func othersNames() -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return files.filter { $0.hasPrefix("master.key.") && !$0.hasSuffix(".part") }.sorted()
    }

    private func others() -> [String] { othersNames().map { "\(path)/\($0)" } }
}
