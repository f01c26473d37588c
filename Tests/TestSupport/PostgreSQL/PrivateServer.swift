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
        url = try Self.address(in: folder)
    }

    /// A copy that follows `primary`, which from now on acknowledges what is on both.
    package init(following primary: PrivateServer) throws {
        folder = "/tmp/rightsdesk-server-" + UUID().uuidString.prefix(8)
        try Self.script("standby", folder, primary.folder)
        url = try Self.address(in: folder)
    }

    private static func address(in folder: String) throws -> String {
        try String(contentsOfFile: folder + "/url", encoding: .utf8).trimmingCharacters(in: .newlines)
    }

    deinit {
        try? Self.script("stop", folder)
    }

    package func restart(_ stop: Stop) throws {
        try Self.script("restart", folder, stop.rawValue)
    }

    /// The power goes, and does not come back.
    package func kill() throws {
        let file = try String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
        guard let process = file.split(separator: "\n").first.flatMap({ pid_t($0) }) else {
            throw PrivateDatabase.Refused("postmaster.pid holds no number")
        }
        Foundation.kill(process, SIGKILL)
    }

    /// It comes back after all.
    package func revive() throws {
        try Self.script("revive", folder)
    }

    package func takeOver() throws {
        try Self.script("promote", folder)
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
