import HTTPTypes
import Hummingbird
import NIOCore

extension Visiting {
    /// A page. Its status is 422 where its form has problems, 200 otherwise, unless the page says another.
    package func show(_ page: Page) -> Response {
        let markup = Layout.document(page, for: visit)
        let isWrong = page.form.map { !$0.isSound } ?? false
        return Response(
            status: page.status ?? (isWrong ? .unprocessableContent : .ok),
            headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: markup.bytes)))
    }

    /// Sends the browser on to another page of this site with a GET, after something was done.
    package func redirect(to path: LocalPath) -> Response {
        Response(status: .seeOther, headers: [.location: path.text])
    }

    /// The page somebody wanted before they had to sign in, if the query or form says one.
    package func destination(in text: String) -> LocalPath { LocalPath(text) ?? LocalPath(verified: site.paths.home) }
}

/// A path of this site, for redirects: never another site, whatever was put into a link.
package struct LocalPath: Sendable, Hashable, ExpressibleByStringInterpolation {
    package let text: String

    /// Takes a path from outside only if no browser can read another host into it.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.first == 0x2f, bytes.count < 2 || (bytes[1] != 0x2f && bytes[1] != 0x5c),
            bytes.allSatisfy({ (0x21...0x7e).contains($0) && $0 != 0x5c })
        else { return nil }
        self.text = text
    }

    fileprivate init(verified text: String) { self.text = text }

    /// A path written in the source, with identifiers in it. One that is no local path leads home.
    package init(stringLiteral text: String) {
        self = LocalPath(text) ?? LocalPath(verified: "/")
    }
}
