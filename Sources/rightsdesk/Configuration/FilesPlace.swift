import NIOPosix
import Rights
import Store

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
