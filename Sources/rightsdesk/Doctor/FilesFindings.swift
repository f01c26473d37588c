import Foundation
import NIOPosix
import Rights
import Store

extension Settings {
    /// Whether the store of a bucket answers. The folder and the database are looked at by themselves.
    func filesFindings(at now: Moment) async -> [Finding] {
        guard case .bucket(let bucket) = files else { return [] }
        do {
            let vault = Vault(in: bucket, threads: .singleton, surroundings: try .live())
            _ = try await vault.files(before: now, after: nil)
            return [Finding(.well, "Files", "lie in \(bucket), which lets us in")]
        } catch {
            return [
                Finding(
                    .fault, "Files", "cannot be reached in \(bucket)",
                    advice: (error as? S3Failure)?.description ?? error.localizedDescription)
            ]
        }
    }
}
