import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Rights

/// The sites of several trusts behind one port: each request is answered by the trust whose host it names, and by no
/// other. What names none of them is told so on a page that names no trust.
package struct SitesByHost: HTTPResponder {
    package typealias Context = Connection

    /// One trust's site for this audience.
    package struct Member: Sendable {
        let origin: Origin
        let responder: @Sendable () -> SiteResponder?

        /// - Parameter responder: gives nothing while the trust cannot be served.
        package init(_ origin: Origin, responder: @escaping @Sendable () -> SiteResponder?) {
            self.origin = origin
            self.responder = responder
        }
    }

    private let audience: Audience
    private let members: [String: Member]
    private let surroundings: Surroundings
    private let logger: Logger
    private let traffic: Traffic

    /// - Precondition: no two members have a host in common.
    package init(
        _ audience: Audience, _ members: [Member], surroundings: Surroundings, logger: Logger, traffic: Traffic
    ) {
        self.audience = audience
        var known: [String: Member] = [:]
        for member in members {
            for host in member.origin.hosts {
                precondition(known.updateValue(member, forKey: host) == nil, "two trusts are at \(host)")
            }
        }
        self.members = known
        self.surroundings = surroundings
        self.logger = logger
        self.traffic = traffic
    }

    package func respond(to request: Request, context connection: Connection) async throws -> Response {
        guard let host = request.host, let member = members[host] else {
            return refuse(
                request, connection, .misdirectedRequest, "This address is not in use",
                "<p>Check the address, and use the one you were given.</p>")
        }
        guard let responder = member.responder() else {
            return refuse(
                request, connection, .serviceUnavailable, "We cannot show this page now",
                "<p>Wait a few minutes, then try again. What you saved before is still there.</p>")
        }
        return try await responder.respond(to: request, context: connection)
    }

    private func refuse(
        _ request: Request, _ connection: Connection, _ status: HTTPResponse.Status, _ title: String, _ words: HTML
    ) -> Response {
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="en-GB"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(title)</title></head>\
            <body><main><h1>\(title)</h1>\(words)</main></body></html>
            """
        var response = Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: page.bytes)))
        if request.declaresBody {
            response.headers[.connection] = "close"
            connection.closeSoon()
        }
        let id = surroundings.identifier(Visit.self).text
        SecurityHeaders.add(to: &response, site: nil, request: id)
        traffic.note(
            site: audience, method: request.countedMethod, route: "-", status: status.code, milliseconds: 0)
        logger.info(
            "request",
            metadata: [
                "request_id": "\(id)", "site": "\(audience.rawValue)", "method": "\(request.method.rawValue)",
                "route": "-", "status": "\(status.code)",
            ])
        return request.method == .head ? response.createHeadResponse() : response
    }
}
