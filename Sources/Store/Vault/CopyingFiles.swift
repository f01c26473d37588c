import Foundation
import NIOPosix
import Rights

extension Vault {
    /// Copies a file as it lies here, sealed, into another vault under the same keys. It is not flushed to the disk: the
    /// caller does that once for all of them.
    ///
    /// - Throws: `VaultError.missing`.
    package func copy(_ id: StoredFile.ID, to other: Vault) async throws {
        let (from, to) = (path(of: id), other.path(of: id))
        try await threads.runIfActive {
            guard FileManager.default.fileExists(atPath: from) else { throw VaultError.missing }
            try DurableFile.makeFolder((to as NSString).deletingLastPathComponent)
            try FileManager.default.copyItem(atPath: from, toPath: to)
        }
    }
}
