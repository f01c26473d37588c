import HTTPTypes
import Hummingbird
import Rights

/// The cookies of one visit. Those of the two sites differ in name, because on one machine two ports share them.
struct VisitCookies: Sendable {
    /// The token of the session, if the browser sent one.
    let session: String?
    /// What ties a form to a browser that has no session yet; empty for one that has.
    let visit: String
    /// Whether `visit` is new and must be given to the browser.
    let isNew: Bool
    private let all: [String: String]
    private let prefix: String

    init(_ request: Request, site: Site) {
        prefix = CookieName.prefix(of: site)
        var all: [String: String] = [:]
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                guard let sign = pair.firstIndex(of: "=") else { continue }
                let name = pair[..<sign].trimmed()
                // The first of a name counts: a second one was set for a wider path or by somebody else.
                if all[name] == nil { all[name] = pair[pair.index(after: sign)...].trimmed() }
            }
        }
        self.all = all
        session = all["\(prefix)session"]
        if let known = all["\(prefix)visit"], known.utf8.count == 43 {
            visit = known
            isNew = false
        } else if session == nil {
            visit = base64URL(site.surroundings.random(32))
            isNew = true
        } else {
            visit = ""
            isNew = false
        }
    }

    subscript(name: CookieName) -> String? { all["\(prefix)\(name.text)"] }
}

/// The name of a cookie without the site's prefix. A literal, so that every cookie can be listed for the cookies page.
package struct CookieName: Hashable, Sendable {
    let text: String

    /// Who is signed in.
    package static let session = CookieName("session")
    /// Which browser a form was given to, before anybody signs in.
    static let visit = CookieName("visit")

    package init(_ name: StaticString) { text = "\(name)" }

    /// `__Host-` makes a browser accept a cookie only over TLS, for this host alone and for all its paths. It cannot
    /// be had without TLS, so a demonstration on this machine goes without.
    static func prefix(of site: Site) -> String {
        "\(site.origin.isSecure ? "__Host-" : "")rightsdesk-\(site.audience.rawValue)-"
    }
}

extension Site {
    /// What begins the name of every cookie of this site, for the page that lists them.
    package var cookiePrefix: String { CookieName.prefix(of: self) }
}

extension Visiting {
    /// The value of a cookie of ours.
    package func cookie(_ name: CookieName) -> String? { visit.cookies[name] }

    /// The token of the session, for ending it.
    package var sessionToken: String? { visit.cookies.session }
}

extension Response {
    /// Sets a cookie that no script can read and no other site can send with a form.
    ///
    /// - Parameter seconds: how long the browser keeps it; nothing for as long as it is open.
    package mutating func setCookie(
        _ name: CookieName, _ value: String, keepFor seconds: Int? = nil, on visit: some Visiting
    ) {
        let site = visit.site
        let age = seconds.map { "; Max-Age=\($0)" } ?? ""
        headers.append(
            HTTPField(
                name: .setCookie,
                value: "\(CookieName.prefix(of: site))\(name.text)=\(value); Path=/\(age); HttpOnly; SameSite=Lax"
                    + (site.origin.isSecure ? "; Secure" : "")))
    }

    /// Takes a cookie away.
    package mutating func endCookie(_ name: CookieName, on visit: some Visiting) {
        setCookie(name, "", keepFor: 0, on: visit)
    }

    /// The same answer, with the token of a new session.
    ///
    /// - Parameter seconds: how long the browser keeps it where "Keep me logged in" was ticked (S1-20).
    package func startingSession(_ token: String, keepFor seconds: Int? = nil, on visit: some Visiting) -> Response {
        var response = self
        response.setCookie(.session, token, keepFor: seconds, on: visit)
        return response
    }

    /// The same answer, with the session's token taken away, and what the browser may hold of the pages seen with it.
    package func endingSession(on visit: some Visiting) -> Response {
        var response = self
        response.endCookie(.session, on: visit)
        // Not the cookies: one of them lets the owner in while others guess the password.
        if let name = HTTPField.Name("Clear-Site-Data") { response.headers[name] = #""cache", "storage""# }
        return response
    }
}

/// Bytes as text that may stand in a cookie, a path and an attribute (RFC 4648, section 5, without padding).
func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var text: [UInt8] = []
    var held = 0
    var bits = 0
    for byte in bytes {
        held = (held << 8 | Int(byte)) & 0xffff
        bits += 8
        while bits >= 6 {
            bits -= 6
            text.append(alphabet[(held >> bits) & 63])
        }
    }
    if bits > 0 { text.append(alphabet[(held << (6 - bits)) & 63]) }
    return String(decoding: text, as: UTF8.self)
}
