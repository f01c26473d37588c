import Foundation
import PolicyFiles
import Rights

/// The policies and bank holidays that ship with the product, read from the repository.
package enum Shipped {
    /// The folder `policies`.
    package static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "policies")

    package static let poole = policy("poole-2017")
    package static let uk = policy("uk-2026")

    private static func policy(_ code: String) -> Policy {
        do {
            return try PolicyFiles.load(folder.appending(path: code))
        } catch {
            preconditionFailure("the policy \(code) does not load:\n\(error)")
        }
    }
}
