import HTTPTypes
import Hummingbird

/// The headers on every answer, the refusals included.
enum SecurityHeaders {
    /// No script, style or picture from anywhere else, none inline, no frame round a page, no form to elsewhere.
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    /// - Parameter site: nothing for an answer that is no site's.
    static func add(to response: inout Response, site: Site?, request id: String) {
        for (name, value) in always { response.headers[name] = value }
        if let name = requestID { response.headers[name] = id }
        if site?.origin.isSecure == true {
            response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains"
        }
        // Pages hold a person's data or a form's token; only assets say that they may be kept.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }

    private static let requestID = HTTPField.Name("X-Request-ID")

    private static let always: [(HTTPField.Name, String)] = [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        // Not `no-referrer`: with that a browser sends `Origin: null` with our own forms.
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Robots-Tag", "noindex, nofollow"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
}
