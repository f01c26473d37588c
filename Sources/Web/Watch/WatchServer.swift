import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// What a monitoring system asks, on a port of its own that no visitor reaches: whether the process lives, whether it
/// can do its work, and its figures.
package struct WatchResponder: HTTPResponder {
    package typealias Context = Connection

    private let logger: Logger
    private let isReady: @Sendable () async throws -> Void
    private let metrics: @Sendable () async throws -> MetricsPage

    /// - Parameter isReady: returns where requests can be served, and throws what stands in the way.
    package init(
        logger: Logger, isReady: @escaping @Sendable () async throws -> Void,
        metrics: @escaping @Sendable () async throws -> MetricsPage
    ) {
        self.logger = logger
        self.isReady = isReady
        self.metrics = metrics
    }

    package func respond(to request: Request, context: Connection) async throws -> Response {
        guard request.method == .get else { return Self.plain("only GET\n", .methodNotAllowed) }
        switch request.uri.path {
        case "/health/live": return Self.plain("alive\n")
        case "/health/ready":
            do {
                try await isReady()
                return Self.plain("ready\n")
            } catch {
                logger.error("Not ready", metadata: ["error": "\(error)"])
                return Self.plain("not ready\n", .serviceUnavailable)
            }
        case "/metrics":
            return Self.plain(try await metrics().text, type: "text/plain; version=0.0.4; charset=utf-8")
        default: return Self.plain("not here\n", .notFound)
        }
    }

    private static func plain(
        _ text: String, _ status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension SiteServer {
    /// The watched port as a service.
    package static func watch(_ responder: WatchResponder, address: BindAddress, logger: Logger)
        -> Application<WatchResponder>
    {
        Application(
            responder: responder, server: .http1(configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(75))),
            configuration: ApplicationConfiguration(address: address, serverName: nil), logger: logger)
    }
}
