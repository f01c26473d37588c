import Correspondence
import Foundation
import Testing

/// A real mail server in a process of its own (`mail_server.py`), for the length of one test.
final class MailServer {
    struct Received: Decodable {
        let from: String
        let to: [String]
        let tls: Bool
        let user: String?
        let greeting: String
        /// The port of our end: the same for mails of one connection.
        let peer: Int
        let content: Data
    }

    private struct Ports: Decodable {
        let starttls: Int
        let tls: Int
        let plain: Int
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let folder: URL
    private let ports: Ports
    private var held = Data()

    private init(folder: URL) throws {
        self.folder = folder
        let python = ProcessInfo.processInfo.environment["RIGHTSDESK_TEST_PYTHON"] ?? "python3"
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "mail_server.py")
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, script.path(), folder.path()]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let advice: Comment =
            "No mail server: set RIGHTSDESK_TEST_PYTHON to a Python that has aiosmtpd and trustme, as make test does."
        let line = try #require(MailServer.line(from: output, &held), advice)
        ports = try JSONDecoder().decode(Ports.self, from: line)
    }

    static func with(_ body: (MailServer) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try MailServer(folder: folder)
        defer { server.stop() }
        try await body(server)
    }

    /// Settings for this server, with one thing changed as a test needs it.
    func settings(
        _ security: SMTPServer.Security = .startTLS, password: String = "correct horse",
        certificates: String = "authority.pem", patience: Int = 60
    ) throws -> SMTPServer {
        let port =
            switch security {
            case .startTLS: ports.starttls
            case .implicitTLS: ports.tls
            case .plainOnLoopback: ports.plain
            }
        let account = security == .plainOnLoopback ? nil : SMTPServer.Account(name: "sars", password: password)
        return try #require(
            SMTPServer(
                host: "127.0.0.1", port: port, security: security, account: account,
                certificates: folder.appending(path: certificates).path(), patience: patience))
    }

    /// Settings that insist on STARTTLS, for the port where it is not offered.
    func withoutTLS() throws -> SMTPServer {
        try #require(SMTPServer(host: "127.0.0.1", port: ports.plain, security: .startTLS))
    }

    /// The next mail the server took.
    func next() throws -> Received {
        let line = try #require(MailServer.line(from: output, &held), "the server ended")
        return try JSONDecoder().decode(Received.self, from: line)
    }

    /// Ends the server and waits until its ports are closed.
    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private static func line(from pipe: Pipe, _ held: inout Data) -> Data? {
        while true {
            if let end = held.firstIndex(of: 10) {
                let line = Data(held[..<end])
                held = Data(held[(end + 1)...])
                return line
            }
            let more = pipe.fileHandleForReading.availableData
            if more.isEmpty { return nil }
            held += more
        }
    }
}
