import Foundation
import TestSupport

/// One run of `rightsdesk`, as a person or a script runs it.
struct Command {
    let status: Int32
    let output: String
    let messages: String

    /// - Parameter settings: what is in its environment besides the test's own; no other setting is.
    init(_ arguments: [String], settings: [String: String] = [:]) throws {
        let process = Process()
        // The test program is built beside the command.
        process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "rightsdesk")
        process.arguments = arguments
        process.currentDirectoryURL = Premises.root
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("RIGHTSDESK_") }
            .merging(settings) { $1 }
        let (output, messages) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = messages
        try process.run()
        let read = output.fileHandleForReading.readDataToEndOfFile()
        let told = messages.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        status = process.terminationStatus
        self.output = String(decoding: read, as: UTF8.self)
        self.messages = String(decoding: told, as: UTF8.self)
    }
}
