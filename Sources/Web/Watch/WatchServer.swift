import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// What a monitoring system asks, on a port of its own that no visitor reaches: whether the process lives, whether it
/// can do its work, and its figures.
package struct WatchResponder: HTTPResponder {
    package typealias Context = Connection

    /// One of several trusts that the process serves.
    package struct Member: Sendable {
        let code: String
        let isReady: @Sendable () async throws -> Void

        /// - Parameter isReady: returns where its requests can be served, and throws what stands in the way.
        package init(_ code: String, isReady: @escaping @Sendable () async throws -> Void) {
            self.code = code
            self.isReady = isReady
        }
    }

    private enum Readiness: Sendable {
        case ofOne(@Sendable () async throws -> Void)
        case ofSeveral([Member])
    }

    private let logger: Logger
    private let readiness: Readiness
    private let metrics: @Sendable () async -> MetricsPage

    /// - Parameter isReady: returns where requests can be served, and throws what stands in the way.
    package init(
        logger: Logger, isReady: @escaping @Sendable () async throws -> Void,
        metrics: @escaping @Sendable () async -> MetricsPage
    ) {
        self.logger = logger
        readiness = .ofOne(isReady)
        self.metrics = metrics
    }

    /// The same for a process that serves several trusts.
    package init(
        logger: Logger, members: [Member], metrics: @escaping @Sendable () async -> MetricsPage
    ) {
        self.logger = logger
        readiness = .ofSeveral(members)
        self.metrics = metrics
    }

    package func respond(to request: Request, context: Connection) async throws -> Response {
        guard request.method == .get else { return Self.plain("only GET\n", .methodNotAllowed) }
        switch request.uri.path {
        case "/health/live": return Self.plain("alive\n")
        case "/health/ready": return await ready()
        case "/metrics":
            return Self.plain(await metrics().text, type: "text/plain; version=0.0.4; charset=utf-8")
        case let path: return await ready(one: path)
        }
    }

    /// Of several trusts, one that is down is no reason to send no more visitors to this process: that would take the
    /// others down with it. The answer says which are.
    private func ready() async -> Response {
        switch readiness {
        case .ofOne(let isReady):
            return await find(isReady) ? Self.plain("ready\n") : Self.plain("not ready\n", .serviceUnavailable)
        case .ofSeveral(let members):
            let found = await withTaskGroup(of: (String, Bool).self) { group in
                for member in members {
                    group.addTask { (member.code, await find(member.isReady, of: member.code)) }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            let lines = members.map { "\($0.code) \(found[$0.code] == true ? "ready" : "not ready")\n" }
            return Self.plain(lines.joined(), found.values.contains(true) ? .ok : .serviceUnavailable)
        }
    }

    /// `/health/ready/meadowbank`: one trust of several.
    private func ready(one path: String) async -> Response {
        guard case .ofSeveral(let members) = readiness,
            let member = members.first(where: { path == "/health/ready/\($0.code)" })
        else { return Self.plain("not here\n", .notFound) }
        return await find(member.isReady, of: member.code)
            ? Self.plain("ready\n") : Self.plain("not ready\n", .serviceUnavailable)
    }

    private func find(_ isReady: @Sendable () async throws -> Void, of trust: String? = nil) async -> Bool {
        do {
            try await isReady()
            return true
        } catch {
            var metadata: Logger.Metadata = ["error": "\(error)"]
            if let trust { metadata["trust"] = "\(trust)" }
            logger.error("Not ready", metadata: metadata)
            return false
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
