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
    /// The files, where the settings say that they lie.
    func vault(beside store: Store, _ surroundings: Surroundings) throws -> Vault {
        switch files {
        case .folder: try Vault(in: data, threads: .singleton, surroundings: surroundings)
        case .database: Vault(in: store, threads: .singleton, surroundings: surroundings)
        case .bucket(let bucket): Vault(in: bucket, threads: .singleton, surroundings: surroundings)
        }
    }
}
