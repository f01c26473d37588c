import HTTPTypes
import Hummingbird

extension Request {
    private static let hostHeader = HTTPField.Name("Host")

    /// The one host that the request names, in lower case and without a port; nothing where it names none, or two.
    ///
    /// A second `Host` is one that a proxy may have believed and we did not see (RFC 9112, section 3.2). Of a target that
    /// is a whole address the library leaves only the path, so `Host` counts there too; proxies make the two the same.
    var host: String? {
        guard let authority = head.authority, Self.hostHeader.map({ headers[$0] == nil }) ?? true else { return nil }
        return Origin.host(in: authority)
    }

    /// Whether a body follows.
    var declaresBody: Bool {
        headers[.transferEncoding] != nil || (headers[.contentLength].map { $0 != "0" } ?? false)
    }

    /// A method may be any word that somebody sends; the figures know those that a site answers.
    var countedMethod: String {
        [.get, .head, .post].contains(method) ? method.rawValue : "other"
    }
}
