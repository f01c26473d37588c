import Crypto
import HTTPTypes
import Hummingbird
import Rights

/// One sending of one form: the same when it is sent twice, so that a second press of the button changes nothing.
package enum Submission {
    package typealias ID = Identifier<Submission>
}

/// What proves that a form came from a page of ours: a token that only this browser's session yields, and the
/// browser's own word on where the form was sent from. Both are needed.
enum FormToken {
    static let field = "csrf"
    static let onceField = "once"

    /// The token for a visit's forms. It is made from the session's secret and does not give it away. It names the
    /// site, so that a browser's token of one trust is worth nothing at another that the same process serves.
    static func of(_ visit: Visit) -> String {
        let secret = visit.cookies.session.map { "session:\($0)" } ?? "visit:\(visit.cookies.visit)"
        return base64URL(
            HMAC<SHA256>.authenticationCode(
                for: Array("form at \(visit.site.origin)".utf8), using: SymmetricKey(data: Array(secret.utf8))))
    }

    static func isRight(_ token: String, for visit: Visit) -> Bool {
        let expected = Array(of(visit).utf8)
        let given = Array(token.utf8)
        guard expected.count == given.count else { return false }
        return zip(expected, given).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Whether the browser says that the request was made by a page of this site. One that says nothing is not
    /// believed: every browser in use sends `Origin` with a form.
    static func isFromHere(_ request: Request, site: Site) -> Bool {
        if let fetchSite = request.headers[fetchSiteHeader] { return fetchSite == "same-origin" }
        return request.headers[.origin]?.lowercased() == site.origin.description
    }

    private static let fetchSiteHeader = HTTPField.Name("Sec-Fetch-Site") ?? .origin
}

extension Form {
    /// Which sending of the form this is; a new one for a form that does not say.
    package func submission(_ visit: some Visiting) -> Submission.ID {
        Submission.ID(text(FormToken.onceField)) ?? visit.site.surroundings.identifier()
    }

    /// The name of one sending with everything in it, as 64 hexadecimal digits: the same where the button was pressed
    /// twice, another where somebody went back, wrote something else into the page and sent it again. Without the
    /// difference the second message would be taken for the first and be lost.
    ///
    /// - Parameter files: what tells the content of files that came with it: their digests.
    package func sending(_ visit: some Visiting, with files: [String] = []) -> String {
        var hash = SHA256()
        func add(_ text: String) {
            hash.update(data: Array(text.utf8))
            // No text of a form holds this byte, so two lists of texts never run together into one.
            hash.update(data: [0xff])
        }
        add(submission(visit).text)
        let secrets = [FormToken.field, FormToken.onceField]
        for name in fields.names.sorted() where !secrets.contains(name) {
            add(name)
            for value in values(name) { add(value) }
        }
        for file in files { add(file) }
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension Visiting {
    /// A form that sends itself to a path of this site. Carries what proves where it came from and, so that sending it
    /// twice does nothing twice, the name of this sending.
    ///
    /// - Parameters:
    ///   - form: what was typed before, where the form is shown again: its sending keeps its name.
    ///   - hasFiles: whether files are sent with it.
    package func form(
        to action: String, again form: Form? = nil, hasFiles: Bool = false, attributes: [Attribute] = [],
        _ content: HTML
    ) -> HTML {
        """
        <form action="\(action)" method="post"\(" enctype=\"multipart/form-data\"", when: hasFiles) novalidate\
        \(attributes)>\(formSecrets(form))\(content)</form>
        """
    }

    /// The hidden fields of a form.
    func formSecrets(_ form: Form?) -> HTML {
        let once: Submission.ID = form?.submission(self) ?? site.surroundings.identifier()
        return """
            <input type="hidden" name="\(FormToken.field)" value="\(FormToken.of(visit))">\
            <input type="hidden" name="\(FormToken.onceField)" value="\(once.text)">
            """
    }
}
