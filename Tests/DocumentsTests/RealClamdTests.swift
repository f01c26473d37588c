import Documents
import Foundation
import Testing

/// The client against Debian's own daemon, with one signature of its own: that of the EICAR test file.
@Suite(
    "The real clamd", .enabled(if: RealClamd.isExpected, "there is no clamd on this machine: run scripts/setup test"))
struct RealClamdTests {
    @Test("It finds the test file, passes a clean one, refuses a large one and says when it cannot look inside")
    func speaks() async throws {
        try await RealClamd.with { clamd in
            let scan = MalwareScan.clamd(clamd)
            let clean = try await scan.verdict(on: Held("Dear Sir, please send my records."))
            #expect(clean == .clean)
            // Behind other bytes the built-in check does not know it, so this answer is the daemon's.
            let mail = Held("From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\n")
            let infected = try await scan.verdict(on: Held(mail.bytes + EICAR.testFile))
            #expect(infected == .infected("Eicar-Test-Signature.UNOFFICIAL"))
            let large = try await scan.verdict(on: Held([UInt8](repeating: 1, count: 3 << 20)))
            #expect(large == .couldNotScan(.tooLarge))
            let locked = try await scan.verdict(on: Held(sample("aes.zip")))
            #expect(locked == .couldNotScan(.encrypted))
        }
    }
}

private enum RealClamd {
    private static var environment: [String: String] { ProcessInfo.processInfo.environment }
    /// The one that `scripts/setup test` fetches, or the machine's own.
    private static var program: String { environment["RIGHTSDESK_TEST_CLAMD"] ?? "/usr/sbin/clamd" }

    /// Where everything must be shown, its absence is a fault.
    static var isExpected: Bool {
        environment["CI"] == "true" || FileManager.default.isExecutableFile(atPath: program)
    }

    static func with(_ body: (Clamd) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "clamd-\(UUID().uuidString.prefix(8))")
        let signatures = folder.appending(path: "signatures")
        try FileManager.default.createDirectory(at: signatures, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let hex = EICAR.testFile.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        try Data("Eicar-Test-Signature:0:*:\(hex)\n".utf8).write(to: signatures.appending(path: "test.ndb"))
        let settings = """
            DatabaseDirectory \(signatures.path())
            LocalSocket \(folder.path())/socket
            Foreground yes
            StreamMaxLength 1M
            AlertEncrypted yes

            """
        try Data(settings.utf8).write(to: folder.appending(path: "clamd.conf"))

        let daemon = Process()
        daemon.executableURL = URL(filePath: program)
        daemon.arguments = ["--config-file", folder.appending(path: "clamd.conf").path()]
        let output = Pipe()
        daemon.standardOutput = output
        daemon.standardError = output
        try daemon.run()
        defer {
            daemon.terminate()
            daemon.waitUntilExit()
        }
        // The last line it prints before it serves; an early end of its output is a failed start.
        var printed = ""
        while !printed.contains("Self checking") {
            let more = output.fileHandleForReading.availableData
            try #require(!more.isEmpty, "clamd did not start: \(printed)")
            printed += String(decoding: more, as: UTF8.self)
        }
        try await body(Clamd(at: .unixSocket(path: folder.appending(path: "socket").path())))
    }
}
