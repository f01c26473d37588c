import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCertificateReloading
import NIOCore
import NIOSSL
import Rights
import ServiceLifecycle
import Synchronization

/// The certificate of a site that speaks TLS itself, read again while the site runs, so that a renewed one is served
/// without a restart. A file that cannot be used changes nothing: what was read last goes on being served.
package struct SiteCertificate: Sendable, Service {
    /// The two files of a certificate, in PEM.
    package struct Files: Hashable, Sendable {
        /// The site's certificate and after it those that lead to an authority.
        package let chain: String
        package let key: String

        package init(chain: String, key: String) {
            self.chain = chain
            self.key = key
        }
    }

    /// What ASVS 5.0 (12.1.2) and the NCSC's guidance leave of TLS 1.2: keys that are forgotten after the connection, and
    /// ciphers that prove what they carry. TLS 1.3 has no others.
    private static let ciphers: [NIOTLSCipher] = [
        .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ]

    private let reloader: TimedCertificateReloader
    let configuration: TLSConfiguration

    /// - Parameter interval: how often the files are read again.
    /// - Throws: `CertificateFault` if they cannot be served.
    package init(_ files: Files, every interval: Duration = .seconds(5), logger: Logger) throws(CertificateFault) {
        // Says in plain words what is wrong, which the library says in its own.
        let file = try CertificateFile(files.chain)
        guard try file.belongs(to: files.key) else {
            throw CertificateFault(path: files.key, words: "is not the key of the certificate \(files.chain)")
        }
        let lastFault = Mutex<String?>(nil)
        do {
            reloader = try TimedCertificateReloader.makeReloaderValidatingSources(
                configuration: TimedCertificateReloader.Configuration(
                    refreshInterval: interval,
                    certificateSource: .init(location: .file(path: files.chain), format: .pem),
                    privateKeySource: .init(location: .file(path: files.key), format: .pem)
                ) {
                    // It reads them at every turn, and what is new is told once.
                    $0.onCertificateLoaded = { loaded in
                        lastFault.withLock { $0 = nil }
                        guard let previous = loaded.previousX509CertificateChain,
                            previous != loaded.currentX509CertificateChain
                        else { return }
                        logger.notice("A new certificate is served", metadata: ["file": "\(files.chain)"])
                    }
                    $0.onCertificateLoadFailed = { failed in
                        let fault = "\(failed.error)"
                        guard lastFault.withLock({ last in last.replace(with: fault) != fault }) else { return }
                        logger.error(
                            "A certificate cannot be used; the one before it is still served",
                            metadata: ["file": "\(files.chain)", "error": "\(fault)"])
                    }
                })
            var configuration = try TLSConfiguration.makeServerConfiguration(certificateReloader: reloader)
            configuration.minimumTLSVersion = .tlsv12
            configuration.cipherSuiteValues = Self.ciphers
            // No HTTP/2: the time-outs, the limits and the handlers of a site are those of HTTP/1, and whoever wants
            // HTTP/2 has a proxy that speaks it.
            configuration.applicationProtocols = ["http/1.1"]
            self.configuration = configuration
        } catch {
            throw CertificateFault(path: files.chain, words: "cannot be used: \(error)")
        }
    }

    /// Reads the files again and again until the process is told to stop.
    package func run() async throws {
        try await reloader.run()
    }
}

extension Optional {
    /// Puts another value in its place and returns the one that was there.
    fileprivate mutating func replace(with value: Wrapped) -> Wrapped? {
        defer { self = value }
        return self
    }
}

extension HTTPServerBuilder {
    /// How a site listens: by HTTP/1.1, under TLS where it has a certificate. Time-outs and limits are the same.
    static func site(idleTimeout: TimeAmount, certificate: SiteCertificate?) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            let channel = HTTP1Channel(
                responder: responder,
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [UnreadAnswers(patience: idleTimeout)], idleTimeout: idleTimeout))
            guard let certificate else { return channel }
            return try TLSChannel(channel, tlsConfiguration: certificate.configuration)
        }
    }
}
