import HTTPTypes
import Hummingbird
import Logging
import Rights

/// Answers every request to one site: finds the route, recognises the visitor, turns whatever goes wrong into a page,
/// puts the security headers on all of it, and notes it in the log and the figures.
package struct SiteResponder: HTTPResponder {
    package typealias Context = Connection

    package let site: Site
    package let table: RouteTable

    package init(site: Site, routes: [Route]) {
        self.site = site
        table = RouteTable(routes)
    }

    package func respond(to request: Request, context connection: Connection) async throws -> Response {
        let started = site.surroundings.now()
        let blank = Visit(
            site: site, id: site.surroundings.identifier(Visit.self).text, request: request, pattern: "-",
            visitor: nil, now: started,
            address: Visit.address(
                from: connection.peer, forwarded: Self.forwarded.map { request.headers[values: $0] } ?? [],
                proxies: site.proxies),
            parameters: [:], cookies: VisitCookies(request, site: site), body: BodyProgress())
        var answer = await answer(blank)
        if request.declaresBody, !blank.body.isOver {
            answer.response.headers[.connection] = "close"
            connection.closeSoon()
        }
        SecurityHeaders.add(to: &answer.response, site: site, request: blank.id)
        if blank.cookies.isNew, answer.isPage {
            answer.response.setCookie(.visit, blank.cookies.visit, on: blank)
        }
        log(request, answer, blank, since: started)
        return request.method == .head ? answer.response.createHeadResponse() : answer.response
    }

    private static let forwarded = HTTPField.Name("X-Forwarded-For")

    /// A response and what the log must know of it.
    private struct Answer {
        var response: Response
        var pattern: String
        /// Who asked, where they were recognised.
        var visitor: Visitor?
        /// Whether it is a page, which may hold a form.
        var isPage: Bool { response.headers[.contentType]?.hasPrefix("text/html") ?? false }
    }

    private func answer(_ blank: Visit) async -> Answer {
        var visit = blank
        do {
            guard let host = blank.request.host, site.origin.hosts.contains(host) else { throw MisdirectedRequest() }
            if let asset = site.assets.answer(to: blank.path) {
                guard [.get, .head].contains(blank.request.method) else { throw WrongMethod(allowed: [.get, .head]) }
                return Answer(response: asset, pattern: "/assets")
            }
            switch table.match(blank.path[...], blank.request.method) {
            case .notFound: throw Problem.notFound
            case .wrongMethod(let allowed): throw WrongMethod(allowed: allowed)
            case .found(let route, let parameters):
                visit = Visit(
                    site: site, id: blank.id, request: blank.request, pattern: route.pattern, visitor: nil,
                    now: blank.now, address: blank.address, parameters: parameters, cookies: blank.cookies,
                    body: blank.body)
                if route.recognises, let token = blank.cookies.session, let visitor = try await site.recognise(token) {
                    visit = visit.recognised(as: visitor)
                }
                return Answer(
                    response: try await route.respond(visit), pattern: route.pattern, visitor: visit.visitor)
            }
        } catch {
            return Answer(
                response: ProblemPage.response(to: error, on: visit), pattern: visit.pattern, visitor: visit.visitor)
        }
    }

    /// One line a request, with the route's pattern and never the path, the query or a name; with who asked where
    /// somebody who is signed in asked for what they may not have.
    private func log(_ request: Request, _ answer: Answer, _ visit: Visit, since started: Moment) {
        let status = answer.response.status.code
        let milliseconds = site.surroundings.now().milliseconds - started.milliseconds
        site.traffic.note(
            site: site.audience, method: request.countedMethod, route: answer.pattern, status: status,
            milliseconds: milliseconds)
        var metadata: Logger.Metadata = [
            "request_id": "\(visit.id)", "site": "\(site.audience.rawValue)",
            "method": "\(request.method.rawValue)", "route": "\(answer.pattern)", "status": "\(status)",
            "ms": "\(milliseconds)",
        ]
        if [403, 404].contains(status), let visitor = answer.visitor { metadata["who"] = "\(visitor.skeleton)" }
        let level: Logger.Level = status >= 500 ? .error : answer.pattern == "/assets" ? .debug : .info
        site.logger.log(level: level, "request", metadata: metadata)
    }
}

/// The request names a host that is not this site.
struct MisdirectedRequest: Error {}

/// The path is known, but not with this method.
struct WrongMethod: Error {
    let allowed: [HTTPRequest.Method]
}

extension Visit {
    func recognised(as visitor: Visitor) -> Visit {
        Visit(
            site: site, id: id, request: request, pattern: pattern, visitor: visitor, now: now, address: address,
            parameters: parameters, cookies: cookies, body: body)
    }

    /// The address of whoever asks: the last that a proxy we trust saw. What stands before it in the header was
    /// written by somebody we do not.
    static func address(from peer: String, forwarded: [String], proxies: Set<String>) -> String {
        var address = peer
        for hop in forwarded.joined(separator: ",").split(separator: ",").map({ $0.trimmed() }).reversed() {
            guard proxies.contains(address) else { break }
            address = hop
        }
        return address
    }
}
