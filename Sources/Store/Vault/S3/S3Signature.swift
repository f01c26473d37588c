import Crypto
import Rights

/// The signature of a request to a store that speaks S3: "AWS Signature Version 4", with all headers signed. A pure
/// function, so that it is compared with the examples that its inventor publishes.
struct S3Signature: Sendable {
    let accessKey: String
    let secretKey: String
    let region: String
    var service = "s3"

    /// The value of the `Authorization` header.
    ///
    /// - Parameters:
    ///   - path: encoded, as it is sent.
    ///   - query: names and values, not encoded.
    ///   - headers: all that are sent, in small letters, among them `host` and `x-amz-date`.
    ///   - payload: the SHA-256 of the body in hexadecimal.
    ///   - time: as in `x-amz-date`.
    func authorization(
        _ method: String, path: String, query: [(name: String, value: String)],
        headers: [(name: String, value: String)], payload: String, time: String
    ) -> String {
        let sorted = headers.sorted { $0.name < $1.name }
        let names = sorted.map(\.name).joined(separator: ";")
        let canonical = [
            method, path, Self.encoded(query), sorted.map { "\($0.name):\($0.value)\n" }.joined(), names, payload,
        ].joined(separator: "\n")
        let day = String(time.prefix(8))
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let toSign = "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(Self.hash(Array(canonical.utf8)))"
        var key = Array("AWS4\(secretKey)".utf8)
        for part in [day, region, service, "aws4_request"] { key = Self.code(part, key) }
        return "AWS4-HMAC-SHA256 Credential=\(accessKey)/\(scope),SignedHeaders=\(names),"
            + "Signature=\(Self.code(toSign, key).hexadecimal)"
    }

    /// A query as it is signed and sent: sorted, and everything encoded but what need never be.
    static func encoded(_ query: [(name: String, value: String)]) -> String {
        query.map { (encoded($0.name), encoded($0.value)) }.sorted { $0 < $1 }.map { "\($0.0)=\($0.1)" }
            .joined(separator: "&")
    }

    /// - Parameter besides: a character that stays as it is, such as the slash of a path.
    static func encoded(_ text: String, besides: Character? = nil) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            let isPlain = byte < 128 && (character.isLetter || character.isNumber || "-._~".contains(character))
            if isPlain || character == besides { return String(character) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// The date and time that a signature is made with: `20130524T000000Z`.
    static func time(_ moment: Moment) -> String {
        moment.description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    static func hash(_ bytes: [UInt8]) -> String { Array(SHA256.hash(data: bytes)).hexadecimal }

    private static func code(_ text: String, _ key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }
}
