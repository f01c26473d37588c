import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// One site as a service that listens.
package enum SiteServer {
    /// - Parameters:
    ///   - address: where to listen; behind a proxy, and by default, on this machine only.
    ///   - idleTimeout: how long a connection may be silent. The library's own default is for ever, so that a few
    ///     thousand silent connections would fill the server.
    ///   - certificate: for a site that speaks TLS itself; nothing behind a proxy that does.
    ///   - running: called once the port is open, with the port: it differs from the one asked for where that was 0.
    package static func application(
        _ site: Site, _ routes: [Route], address: BindAddress, idleTimeout: TimeAmount = .seconds(75),
        certificate: SiteCertificate? = nil,
        running: @escaping @Sendable (_ port: Int?) async -> Void = { _ in }
    ) -> Application<SiteResponder> {
        application(
            SiteResponder(site: site, routes: routes), address: address, idleTimeout: idleTimeout,
            certificate: certificate, logger: site.logger, running: running)
    }

    /// The same for whatever answers: the sites of several trusts behind one port.
    package static func application<Responder: HTTPResponder>(
        _ responder: Responder, address: BindAddress, idleTimeout: TimeAmount = .seconds(75),
        certificate: SiteCertificate? = nil, logger: Logger,
        running: @escaping @Sendable (_ port: Int?) async -> Void = { _ in }
    ) -> Application<Responder> where Responder.Context == Connection {
        Application(
            responder: responder,
            server: .site(idleTimeout: idleTimeout, certificate: certificate),
            configuration: ApplicationConfiguration(address: address, serverName: nil),
            onServerRunning: { channel in await running(channel.localAddress?.port) }, logger: logger)
    }
}
