import Foundation

/// A PostgreSQL server on this machine on which the measurements make databases of their own.
struct DatabaseServer {
    private let url: String

    init(_ url: String) throws {
        guard URLComponents(string: url)?.path.count ?? 0 > 1 else {
            throw NoDatabases(said: "the URL names no database")
        }
        self.url = url
    }

    /// The URL of a database of this name, which is made if there is none.
    func database(_ name: String) throws -> String {
        let known = try ask("SELECT count(*) FROM pg_database WHERE datname = '\(name)'")
        if known == "0" {
            // As docs/installing.md says to make it.
            _ = try ask("CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        }
        var parts = URLComponents(string: url)
        parts?.path = "/\(name)"
        guard let found = parts?.string else { throw NoDatabases(said: "the URL cannot be changed") }
        return found
    }

    private func ask(_ statement: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command", statement, url]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw NoDatabases(said: said) }
        return said
    }
}

/// The server makes no databases.
struct NoDatabases: Error, CustomStringConvertible {
    let said: String

    var description: String { "The server makes no databases: \(said)" }
}

/// What the server's processes for one database have done, as the system counts it.
final class DatabaseWork {
    private let name: String
    /// A process that has ended has done what it was last seen to have done.
    private var seen: [String: Double] = [:]

    init(of url: String) {
        name = URLComponents(string: url).map { String($0.path.dropFirst()) } ?? ""
    }

    /// Seconds of CPU of all of them so far, their kernel work included.
    func cpuSeconds() throws -> Double {
        for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") where Int(process) != nil {
            guard let title = try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8),
                title.hasPrefix("postgres: "), title.split(separator: " ").contains(Substring(name)),
                let seconds = ServerProcess.cpuSeconds(of: process)
            else { continue }
            seen[process] = seconds
        }
        return seen.values.reduce(0, +)
    }
}
