import Foundation

/// A PostgreSQL server of a test's own, for tests that stop it. Gone with its folder when the value goes.
package final class PrivateServer: Sendable {
    /// The address of its own database, by its socket.
    package let url: String
    private let folder: String

    package enum Stop: String, Sendable {
        /// Sessions are ended, and what was committed is written out.
        case fast
        /// As if the power had failed.
        case immediate
    }

    package init() throws {
        folder = "/tmp/rightsdesk-server-" + UUID().uuidString.prefix(8)
        try Self.script("start", folder)
        url = try String(contentsOfFile: folder + "/url", encoding: .utf8).trimmingCharacters(in: .newlines)
    }

    deinit {
        try? Self.script("stop", folder)
    }

    package func restart(_ stop: Stop) throws {
        try Self.script("restart", folder, stop.rawValue)
    }

    private static func script(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = Premises.root.appending(path: "scripts/private-postgres")
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw PrivateDatabase.Refused("private-postgres \(arguments) failed")
        }
    }
}
