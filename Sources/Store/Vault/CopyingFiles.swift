import Foundation
import Rights

extension Vault {
    /// Copies a file as it lies here, sealed, into another vault under the same keys, whatever the places of the two.
    ///
    /// - Throws: `VaultError.missing`.
    package func copy(_ id: StoredFile.ID, to other: Vault) async throws {
        let source = try await place.open(id)
        var copy = try await other.place.begin(id)
        do {
            var done = 0
            while done < source.size {
                let end = min(done + 1 << 20, source.size)
                try await copy.append(source.read(done..<end, behind: []) { Data($0) })
                done = end
            }
            try await copy.finish()
        } catch {
            await copy.abandon()
            throw error
        }
    }
}
