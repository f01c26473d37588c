import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Rights
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing
import X509

@testable import Web

/// A site that speaks TLS itself, on a real port.
@Suite(.timeLimit(.minutes(2))) struct SiteCertificateTests {
    private let folder: TemporaryFolder
    private let files: SiteCertificate.Files
    private let made: MadeCertificate
    private let log = LogLines()

    init() throws {
        folder = try TemporaryFolder()
        files = SiteCertificate.Files(chain: folder.path + "/site.pem", key: folder.path + "/site.key")
        made = try MadeCertificate()
        try made.write(chain: files.chain, key: files.key)
    }

    /// Runs a site with the certificate while the body visits it.
    private func serving(
        _ routes: [Route] = [.alive], idle: TimeAmount = .seconds(60), _ body: (Int) async throws -> Void
    ) async throws {
        let certificate = try SiteCertificate(files, every: .milliseconds(20), logger: log.logger)
        let (ports, opened) = AsyncStream.makeStream(of: Int.self)
        let site = TestSite.make(.portal, at: "https://localhost")
        let server = SiteServer.application(
            site, routes, address: .hostname("127.0.0.1", port: 0), idleTimeout: idle, certificate: certificate
        ) { opened.yield($0 ?? 0) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [certificate, server], logger: site.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var open = ports.makeAsyncIterator()
            let port = try #require(await open.next())
            try await body(port)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    // Who is let in

    @Test("TLS 1.3 and 1.2 with forward secrecy are spoken; older versions and weaker ciphers are not")
    func versions() async throws {
        let spoken: [(String, TLSVersion, Bool)] = [
            (defaultCipherSuites, .tlsv13, true), (defaultCipherSuites, .tlsv12, true),
            ("ECDHE-ECDSA-AES256-GCM-SHA384", .tlsv12, true), ("ECDHE-ECDSA-CHACHA20-POLY1305", .tlsv12, true),
            ("ECDHE-ECDSA-AES128-SHA", .tlsv12, false), ("ALL", .tlsv11, false), ("ALL", .tlsv1, false),
        ]
        try await serving { port in
            for (ciphers, version, isSpoken) in spoken {
                let visitor = TLSVisitor { configuration in
                    configuration.minimumTLSVersion = version
                    configuration.maximumTLSVersion = version
                    configuration.cipherSuites = ciphers
                }
                let connection = try await visitor.connects(to: port)
                let isMet = (try? await connection.handshake.get()) != nil
                #expect(isMet == isSpoken, "\(ciphers) \(version)")
                try? await connection.channel.close()
            }
        }
    }

    @Test("What a site answers comes over TLS, and nothing to whoever speaks without it")
    func answers() async throws {
        try await serving { port in
            let connection = try await TLSVisitor().connects(to: port)
            #expect(try await connection.asks("/health/live").hasPrefix("HTTP/1.1 200"))
            #expect(connection.certificate == made.certificate)
            let plain = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            try await plain.writeAndFlush(ByteBuffer(string: "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"))
            try await plain.closeFuture.get()
        }
    }

    // Who is shown out

    @Test(
        "A connection ends that says nothing, or only the beginning of a handshake",
        arguments: ["", "\u{16}\u{3}\u{1}"])
    func silentBefore(beginning: String) async throws {
        try await serving(idle: .milliseconds(200)) { port in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            // Where the machine is slow, the connection has ended before.
            try? await channel.writeAndFlush(ByteBuffer(string: beginning))
            try await channel.closeFuture.get()
        }
    }

    @Test(
        "A connection ends that says nothing after the handshake, or half a request",
        arguments: ["", "GET / HTTP/1.1\r\n"])
    func silentAfter(beginning: String) async throws {
        try await serving(idle: .milliseconds(200)) { port in
            let connection = try await meets(port)
            try? await connection.channel.writeAndFlush(ByteBuffer(string: beginning))
            try await connection.channel.closeFuture.get()
        }
    }

    @Test("A connection ends whose visitor takes nothing of a long answer")
    func unread() async throws {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let long = Route.get("/long", .anyone) { visit in
            let sign = EndSign(end)
            let file = Download(name: "film.bin", type: "application/octet-stream", size: 1 << 30, version: "1")
            return visit.download(file) { _ in
                AsyncStream(unfolding: {
                    withExtendedLifetime(sign) { ByteBuffer(repeating: 0x61, count: 1 << 18) }
                })
            }
        }
        try await serving([long], idle: .seconds(5)) { port in
            let connection = try await meets(port)
            try await connection.channel.setOption(.autoRead, value: false).get()
            try await connection.channel.writeAndFlush(TLSVisitor.request("/long"))
            // The server lets go of the answer before it is over.
            for await _ in ended {}
            try? await connection.channel.close()
        }
    }

    /// Comes again where the machine was too slow for the time that a visitor may be silent.
    private func meets(_ port: Int) async throws -> TLSConnection {
        while true {
            let connection = try await TLSVisitor().connects(to: port)
            if (try? await connection.handshake.get()) != nil { return connection }
        }
    }

    // Renewal

    @Test("A renewed certificate is served to the next visitor, and who is connected stays so")
    func renewed() async throws {
        let renewed = try MadeCertificate()
        try await serving { port in
            let early = try await TLSVisitor().connects(to: port)
            #expect(try await early.asks("/health/live").hasPrefix("HTTP/1.1 200"))
            try renewed.write(chain: files.chain, key: files.key)
            while try await served(at: port) != renewed.certificate {}
            #expect(try await early.asks("/health/live").hasPrefix("HTTP/1.1 200"))
            #expect(early.certificate == made.certificate)
        }
        #expect(log.text.split(separator: "A new certificate is served", omittingEmptySubsequences: false).count == 2)
    }

    @Test(
        "A file that cannot be served is said once, and the certificate before it goes on", arguments: ["chain", "key"])
    func broken(part: String) async throws {
        try await serving { port in
            let path = part == "chain" ? files.chain : files.key
            let whole = try String(contentsOfFile: path, encoding: .utf8)
            try "nothing".write(toFile: path, atomically: true, encoding: .utf8)
            while log.text.isEmpty { #expect(try await served(at: port) == made.certificate) }
            for _ in 0..<20 { #expect(try await served(at: port) == made.certificate) }
            try whole.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(log.text.split(separator: "A certificate cannot be used", omittingEmptySubsequences: false).count == 2)
    }

    @Test("A site does not begin with a key that is another's, or with no certificate")
    func refused() throws {
        try MadeCertificate().write(chain: folder.path + "/other.pem", key: files.key)
        let mismatch = CertificateFault(path: files.key, words: "is not the key of the certificate \(files.chain)")
        #expect(throws: mismatch) { try SiteCertificate(files, logger: log.logger) }
        try FileManager.default.removeItem(atPath: files.chain)
        #expect(throws: CertificateFault(path: files.chain, words: "cannot be read")) {
            try SiteCertificate(files, logger: log.logger)
        }
    }

    private func served(at port: Int) async throws -> Certificate? {
        let connection = try await TLSVisitor().connects(to: port)
        try await connection.handshake.get()
        try? await connection.channel.close()
        return connection.certificate
    }
}

/// Gives a sign when the last who holds it has let go.
private final class EndSign: Sendable {
    private let end: AsyncStream<Void>.Continuation

    init(_ end: AsyncStream<Void>.Continuation) { self.end = end }

    deinit { end.finish() }
}
