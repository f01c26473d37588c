import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The files a browser needs besides the pages: the NHS library, our own style and script, and the trust's logo.
///
/// Read once at the start from a closed list of names, so that no request ever names a file. Their address holds a
/// digest of them all: it changes when one of them does, and a browser may keep them for ever. (One digest for the set,
/// because the script loads the library by a relative address.)
package struct Assets: Sendable {
    /// The version of the NHS library whose markup the components have.
    package static let libraryVersion = "10.4.2"
    static let libraryStyle = "nhsuk-frontend-\(libraryVersion).min.css"
    static let libraryScript = "nhsuk-frontend-\(libraryVersion).min.js"
    static let own = ["app.css", "app.js", "js-enabled.js"]

    /// Names that were looked for and not found. A site without them works and looks plain; a production server
    /// should not start.
    package let missing: [String]
    private let files: [String: File]
    private let digest: String

    private struct File {
        let type: String
        let bytes: ByteBuffer
    }

    /// - Parameters:
    ///   - library: the folder that set-up puts the NHS library into.
    ///   - own: the folder of our own style and script (`Sources/Web/Assets` of a checkout).
    ///   - trust: the folder of the trust's logo and font, if it has one.
    ///   - names: the files in the trust's folder that its branding names.
    ///   - made: what is not a file but made at the start, by name.
    package init(
        library: URL, own: URL, trust: URL? = nil, names: [String] = [], made: [String: [UInt8]] = [:]
    ) {
        var wanted = [(Self.libraryStyle, library), (Self.libraryScript, library)]
        wanted += Self.own.map { ($0, own) }
        if let trust { wanted += names.map { ($0, trust) } }
        var files: [String: File] = [:]
        var missing: [String] = []
        var hash = SHA256()
        for (name, folder) in wanted {
            guard let type = Self.type(of: name), !name.contains("/"),
                let bytes = try? Data(contentsOf: folder.appending(path: name))
            else {
                missing.append(name)
                continue
            }
            hash.update(data: bytes)
            files[name] = File(type: type, bytes: ByteBuffer(bytes: bytes))
        }
        for (name, bytes) in made.sorted(by: { $0.key < $1.key }) {
            guard let type = Self.type(of: name) else { continue }
            hash.update(data: bytes)
            files[name] = File(type: type, bytes: ByteBuffer(bytes: bytes))
        }
        self.files = files
        self.missing = missing
        digest = Array(hash.finalize().prefix(6)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The address of an asset; the same whether the file was found or not.
    func href(_ name: String) -> String { "/assets/\(digest)/\(name)" }

    /// The file a path asks for, if it asks for one of these. Under the digest of another version the file of this
    /// one is sent and not kept.
    func answer(to path: String) -> Response? {
        guard path.hasPrefix("/assets/") else { return nil }
        let parts = path.dropFirst("/assets/".count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let file = files[String(parts[1])] else { return nil }
        return Response(
            status: .ok,
            headers: [
                .contentType: file.type,
                .cacheControl: parts[0] == digest ? "public, max-age=31536000, immutable" : "no-cache",
            ],
            body: ResponseBody(byteBuffer: file.bytes))
    }

    private static func type(of name: String) -> String? {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "woff2": "font/woff2"
        default: nil
        }
    }
}
