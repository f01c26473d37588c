import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

/// One site as a service that listens.
package enum SiteServer {
    /// Tells the C library to keep freed memory for the next page: call once, before the first request.
    ///
    /// By its defaults it gives every block above 128 KB, and whatever is free at the top of the heap, back to the
    /// kernel at once. A list of 50 rows is 100 KB, so each page would be faulted in anew, which took 180 of 300
    /// microseconds. With 16 MB kept it takes 120.
    package static func keepMemoryForPages() {
        #if canImport(Glibc)
            _ = mallopt(M_MMAP_THRESHOLD, 4 << 20)
            _ = mallopt(M_TRIM_THRESHOLD, 16 << 20)
        #endif
    }

    /// - Parameters:
    ///   - address: where to listen; behind a proxy, and by default, on this machine only.
    ///   - idleTimeout: how long a connection may be silent. The library's own default is for ever, so that a few
    ///     thousand silent connections would fill the server.
    ///   - running: called once the port is open, with the port: it differs from the one asked for where that was 0.
    package static func application(
        _ site: Site, _ routes: [Route], address: BindAddress, idleTimeout: TimeAmount = .seconds(75),
        running: @escaping @Sendable (_ port: Int?) async -> Void = { _ in }
    ) -> Application<SiteResponder> {
        Application(
            responder: SiteResponder(site: site, routes: routes),
            server: .http1(configuration: HTTP1Channel.Configuration(idleTimeout: idleTimeout)),
            configuration: ApplicationConfiguration(address: address, serverName: nil),
            onServerRunning: { channel in await running(channel.localAddress?.port) }, logger: site.logger)
    }
}
