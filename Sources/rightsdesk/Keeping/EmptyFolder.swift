import Foundation

/// A folder that a command makes: filled beside its place first, so that what is cut off is never taken for a whole one.
struct EmptyFolder {
    let path: String
    var partial: String { path + ".part" }

    /// Throws if the folder is there and not empty. What an earlier run left is taken away.
    func begin() throws {
        if FileManager.default.fileExists(atPath: path) {
            guard let there = try? FileManager.default.contentsOfDirectory(atPath: path), there.isEmpty else {
                throw CommandFailure(
                    status: .badInput, message: "\(path) is not empty. Name a new folder, and look at it first.")
            }
        }
        try? FileManager.default.removeItem(atPath: partial)
        try FileManager.default.createDirectory(
            atPath: partial, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Gives it its name, when everything in it is on the disk.
    func finish() throws {
        sync()
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: partial, toPath: path)
        sync()
    }
}
