import Foundation

/// A program of the system's that keeps or brings back what is ours. This is where commands start others.
struct Program: Sendable {
    let name: String
    /// What to install where it is not there.
    let package: String

    static let restic = Program(name: "restic", package: "restic")
    static let dump = Program(name: "pg_dump", package: "postgresql-client")
    static let undump = Program(name: "pg_restore", package: "postgresql-client")

    /// Whether it can be run.
    var isThere: Bool { (try? run(["--version"], isQuiet: true)) != nil }

    /// Runs it and hands over its output line by line. Its own words about a failure go where ours go.
    ///
    /// - Parameters:
    ///   - arguments: everybody on the machine can read them while it runs.
    ///   - environment: what is set besides our own; secrets go here.
    ///   - isQuiet: whether its words about a failure are for nobody.
    func run(
        _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil,
        isQuiet: Bool = false, line: (String) -> Void = { _ in }
    ) throws(CommandFailure) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        if isQuiet { process.standardError = FileHandle.nullDevice }
        do {
            try process.run()
        } catch {
            throw failure("it could not be started. Install the package \(package).")
        }
        var rest = Data()
        while case let part = output.fileHandleForReading.availableData, !part.isEmpty {
            rest += part
            while let end = rest.firstIndex(of: 0x0a) {
                line(String(decoding: rest[..<end], as: UTF8.self))
                rest = Data(rest[(end + 1)...])
            }
        }
        if !rest.isEmpty { line(String(decoding: rest, as: UTF8.self)) }
        process.waitUntilExit()
        switch process.terminationStatus {
        case 0: return
        case 127: throw failure("it is not there. Install the package \(package).")
        default: throw failure("its own words are above.")
        }
    }

    func failure(_ words: String) -> CommandFailure {
        CommandFailure(status: .unavailable, message: "The program \(name) did not do what it was asked: \(words)")
    }
}
