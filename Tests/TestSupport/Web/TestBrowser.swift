import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Rights
import Synchronization
import Web

/// A browser as far as a server can tell: keeps cookies, says where a form was sent from, and sends forms with the
/// hidden fields of the page it last saw. It speaks to a site directly, without a socket.
package actor TestBrowser {
    /// What came back.
    package struct Answer: Sendable {
        package let status: HTTPResponse.Status
        package let headers: HTTPFields
        package let bytes: [UInt8]

        package var text: String { String(decoding: bytes, as: UTF8.self) }
        /// Where a redirect leads.
        package var location: String? { headers[.location] }
        /// The title of the page.
        package var title: String? { between("<title>", "</title>") }

        /// The text between two others, as it stands in the markup.
        package func between(_ start: String, _ end: String) -> String? {
            guard let from = text.range(of: start) else { return nil }
            guard let to = text[from.upperBound...].range(of: end) else { return nil }
            return String(text[from.upperBound..<to.lowerBound])
        }
    }

    /// A file to send with a form.
    package struct File: Sendable {
        let field: String
        let name: String
        let bytes: [UInt8]

        package init(_ field: String, _ name: String, _ bytes: [UInt8]) {
            self.field = field
            self.name = name
            self.bytes = bytes
        }
    }

    /// The site's responder, for a test that looks at its routes.
    package let responder: SiteResponder
    private let switchboard: SitesByHost?
    /// The cookies kept, by name.
    package private(set) var cookies: [String: String] = [:]
    /// The hidden fields of the form on the page last seen that is not the one for signing out.
    private var secrets: [(name: String, value: String)] = []

    /// - Parameter switchboard: what stands before the site where a process serves several trusts.
    package init(_ site: Site, _ routes: [Route], behind switchboard: SitesByHost? = nil) {
        responder = SiteResponder(site: site, routes: routes)
        self.switchboard = switchboard
    }

    /// Puts a cookie there as if the site had set it.
    package func setCookie(_ name: String, _ value: String) { cookies[name] = value }
    package func removeCookies() { cookies = [:] }

    /// Opens a page.
    package func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, headers: headers)
    }

    /// Opens a page and every page it is sent on to.
    package func open(_ path: String) async throws -> Answer {
        var answer = try await get(path)
        for _ in 0..<5 {
            guard let next = answer.location else { return answer }
            answer = try await get(next)
        }
        return answer
    }

    /// Sends a form with the hidden fields of the page last seen; a name may be given several times.
    package func post(_ path: String, _ fields: KeyValuePairs<String, String> = [:]) async throws -> Answer {
        let all = secrets + fields.map { (name: $0.key, value: $0.value) }
        let body = all.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
        return try await send(
            .post, path, headers: fromHere("application/x-www-form-urlencoded"),
            body: Array(body.utf8))
    }

    /// Sends a form with files.
    package func upload(
        _ path: String, _ fields: KeyValuePairs<String, String> = [:], files: [File]
    ) async throws -> Answer {
        let boundary = "----TestBrowser7MA4YWxkTrZu0gW"
        var body: [UInt8] = []
        for (name, value) in secrets + fields.map({ (name: $0.key, value: $0.value) }) {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        for file in files {
            let name = file.name.replacing("\"", with: "%22")
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(file.field)\"; ".utf8
            body += "filename=\"\(name)\"\r\nContent-Type: application/octet-stream\r\n\r\n".utf8
            body += file.bytes + Array("\r\n".utf8)
        }
        body += "--\(boundary)--\r\n".utf8
        return try await send(
            .post, path, headers: fromHere("multipart/form-data; boundary=\(boundary)"),
            body: body)
    }

    /// Sends anything; for tests of what no browser would send.
    package func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8] = [],
        host: String? = nil
    ) async throws -> Answer {
        var headers = headers
        if !cookies.isEmpty {
            headers[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
                separator: "; ")
        }
        if !body.isEmpty { headers[.contentLength] = "\(body.count)" }
        let origin = responder.site.origin
        let head = HTTPRequest(
            method: method, scheme: origin.isSecure ? "https" : "http", authority: host ?? origin.host, path: path,
            headerFields: headers)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let context = Connection(
            source: ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: responder.site.logger))
        let response =
            if let switchboard {
                try await switchboard.respond(to: request, context: context)
            } else {
                try await responder.respond(to: request, context: context)
            }
        let writer = Collector()
        try await response.body.write(writer)
        for cookie in response.headers[values: .setCookie] { keep(cookie) }
        let answer = Answer(status: response.status, headers: response.headers, bytes: writer.bytes)
        if answer.headers[.contentType]?.hasPrefix("text/html") == true { secrets = hiddenFields(of: answer) }
        return answer
    }

    /// What a browser says of a form that a page of the site sends.
    private func fromHere(_ type: String) -> HTTPFields {
        var headers: HTTPFields = [.contentType: type]
        if let fetchSite = HTTPField.Name("Sec-Fetch-Site") { headers[fetchSite] = "same-origin" }
        return headers
    }

    private func keep(_ header: String) {
        let parts = header.split(separator: ";")
        guard let pair = parts.first, let sign = pair.firstIndex(of: "=") else { return }
        let name = String(pair[..<sign])
        let isOver = parts.contains { $0.trimmingPrefix(" ") == "Max-Age=0" }
        cookies[name] = isOver ? nil : String(pair[pair.index(after: sign)...])
    }

    /// The hidden fields of the last form of a page: the one for signing out stands in the header, before all others.
    private func hiddenFields(of answer: Answer) -> [(name: String, value: String)] {
        guard let form = answer.text.components(of: "<form").last else { return [] }
        var found: [(name: String, value: String)] = []
        for input in form.components(of: "<input type=\"hidden\" name=\"").dropFirst() {
            let parts = input.components(of: "\"")
            guard parts.count > 2, parts[1] == " value=" else { continue }
            found.append((name: parts[0], value: unescaped(parts[2])))
        }
        return found
    }
}

private func encoded(_ text: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        if isPlain {
            bytes.append(byte)
        } else {
            bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func unescaped(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
        .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
}

extension String {
    fileprivate func components(of separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.range(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }

    fileprivate func range(of other: String) -> Range<Index>? { self[...].range(of: other) }
}

extension Substring {
    fileprivate func range(of other: String) -> Range<Index>? { firstRange(of: other) }
}

/// Gathers what a response writes.
private final class Collector: ResponseBodyWriter {
    private let held = Mutex<[UInt8]>([])

    var bytes: [UInt8] { held.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws {
        held.withLock { $0.append(contentsOf: buffer.readableBytesView) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
