/// The address people reach a site at: scheme, host and port. Configured, never taken from a request.
package struct Origin: Sendable, Hashable, CustomStringConvertible {
    package let isSecure: Bool
    /// In lower case, without the port.
    package let host: String
    package let port: Int
    /// The hosts that a request for this site may name. On this machine alone, every name of it will do; elsewhere
    /// another name means that somebody points a name of theirs at us.
    package let hosts: Set<String>

    /// Reads `https://records.example.org` or `http://127.0.0.1:8080`; nothing with a path, a user or a query.
    package init?(_ text: String) {
        let text = text.lowercased()
        let rest: Substring
        if text.hasPrefix("https://") {
            isSecure = true
            rest = text.dropFirst(8)
        } else if text.hasPrefix("http://") {
            isSecure = false
            rest = text.dropFirst(7)
        } else {
            return nil
        }
        let trimmed = rest.hasSuffix("/") ? rest.dropLast() : rest
        guard let (host, port) = Origin.hostAndPort(trimmed) else { return nil }
        self.host = host
        self.port = port ?? (isSecure ? 443 : 80)
        hosts = Origin.loopbackNames.contains(host) ? Origin.loopbackNames : [host]
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool { Origin.loopbackNames.contains(host) }

    /// As a browser writes it in `Origin`: without the port where it is the scheme's own.
    package var description: String {
        let shown = (isSecure ? 443 : 80) == port ? "" : ":\(port)"
        return "\(isSecure ? "https" : "http")://\(host)\(shown)"
    }

    /// The host that a `Host` header names, as it stands in `hosts`: in lower case, without the port. Nothing where it
    /// is none.
    static func host(in header: String) -> String? {
        // Letters of other alphabets may become these when they are made small.
        guard header.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        return hostAndPort(Substring(header.lowercased()))?.0
    }

    private static let loopbackNames: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    private static func hostAndPort(_ text: Substring) -> (String, Int?)? {
        let end =
            text.hasPrefix("[") ? text.firstIndex(of: "]").map { text.index(after: $0) } : text.firstIndex(of: ":")
        let host = text[..<(end ?? text.endIndex)]
        let allowed = host.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) || [0x2d, 0x2e, 0x3a, 0x5b, 0x5d].contains($0)
        }
        guard allowed else { return nil }
        // The dot that may end a whole name is not part of it.
        let name = String(host.hasSuffix(".") ? host.dropLast() : host)
        let rest = text[host.endIndex...]
        guard !name.isEmpty, !name.hasSuffix(".") else { return nil }
        if rest.isEmpty { return (name, nil) }
        guard rest.first == ":", let port = Int(rest.dropFirst()), (1...65_535).contains(port) else { return nil }
        return (name, port)
    }
}
