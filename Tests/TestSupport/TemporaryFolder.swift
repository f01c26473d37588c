import Foundation
import Rights
import Store
import Synchronization

/// A folder of a test's own, removed with everything in it when the value goes. Keep it in a property of the suite,
/// so that it lives as long as what was opened in it.
package final class TemporaryFolder: Sendable {
    package let path: String
    private let owned = Mutex<PrivateDatabase?>(nil)

    package init() throws {
        path = NSTemporaryDirectory() + "rightsdesk-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The PostgreSQL database that belongs to the folder, in the run on that engine.
    package func database() throws -> PrivateDatabase? {
        guard TestEngine.current == .postgresql else { return nil }
        return try owned.withLock { owned in
            if owned == nil { owned = try PrivateDatabase(like: .template) }
            return owned
        }
    }
}

extension Store {
    /// Opens the store of a test's folder, on the engine of this run.
    package static func open(in folder: TemporaryFolder, surroundings: Surroundings) throws -> Store {
        try open(in: folder.path, on: try folder.database()?.address, surroundings: surroundings)
    }
}
