import Foundation
import TestSupport

@testable import Store

/// A double of a store that speaks S3 (`bucket_server.py`), in a process of its own that ends with this one.
final class S3Double: Sendable {
    struct Missing: Error, CustomStringConvertible {
        let description =
            "No double of S3: set RIGHTSDESK_TEST_PYTHON to a Python that has moto and flask, as make test does."
    }

    /// One for all tests, which each have a folder of their own in its bucket.
    static let shared = Result { try S3Double() }

    let endpoint: String
    /// Held open: the double ends when it is closed.
    private let input = Pipe()

    private init() throws {
        let process = Process()
        let python = ProcessInfo.processInfo.environment["RIGHTSDESK_TEST_PYTHON"] ?? "python3"
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "bucket_server.py")
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, script.path()]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != 10 {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Missing() }
            line += more
        }
        endpoint = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// A bucket of a test's own, as far as it can see.
    func bucket(_ folder: String = UUID().uuidString.lowercased()) throws -> S3Bucket {
        try S3Bucket("s3://files/\(folder)", endpoint: endpoint, region: "eu-west-2", credentials: "access\nsecret\n")
    }
}
