import Foundation

/// A folder of a test's own, removed with everything in it when the value goes. Keep it in a property of the suite,
/// so that it lives as long as what was opened in it.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        path = NSTemporaryDirectory() + "rightsdesk-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
