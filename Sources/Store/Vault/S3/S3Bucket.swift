import Foundation

/// A bucket of a store that speaks S3, and how to enter it. It prints as its place alone.
package struct S3Bucket: Hashable, Sendable {
    /// `https://s3.eu-west-2.amazonaws.com`, without a slash at the end.
    let endpoint: String
    let region: String
    let bucket: String
    /// What the name of every object begins with: empty, or with a slash at its end.
    let prefix: String
    let accessKey: String
    let secretKey: String

    /// Why a text is not the address of a bucket.
    package enum Fault: Error, Hashable, Sendable {
        case notAnAddress
        case notEncrypted
        case noCredentials
    }

    /// - Parameters:
    ///   - address: `s3://bucket`, or with a folder in it `s3://bucket/folder`.
    ///   - endpoint: where the store answers; Amazon's own if nothing.
    ///   - credentials: the access key and the secret key, a line each.
    /// - Throws: a `Fault` that repeats nothing of the credentials.
    package init(_ address: String, endpoint: String?, region: String, credentials: String) throws(Fault) {
        let parts = address.dropFirst("s3://".count).split(separator: "/", omittingEmptySubsequences: true)
        guard address.hasPrefix("s3://"), let bucket = parts.first, parts.allSatisfy(Self.isPlain) else {
            throw .notAnAddress
        }
        let endpoint = endpoint ?? "https://s3.\(region).amazonaws.com"
        guard Self.isSafe(endpoint) else { throw .notEncrypted }
        let lines = credentials.split(whereSeparator: \.isWhitespace)
        guard lines.count == 2 else { throw .noCredentials }
        self.endpoint = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        self.region = region
        self.bucket = String(bucket)
        prefix = parts.dropFirst().map { "\($0)/" }.joined()
        accessKey = String(lines[0])
        secretKey = String(lines[1])
    }

    /// `s3://bucket/folder`, without the store it is in, which may move.
    package var address: String { "s3://\(bucket)/\(prefix)" }

    /// A host, with a port perhaps, and nothing else. Sealed or not, who may write to the wire could put other bytes in the
    /// place of what is read: it is open on this machine alone.
    private static func isSafe(_ endpoint: String) -> Bool {
        guard let parts = URLComponents(string: endpoint), let host = parts.host?.lowercased(), !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil,
            ["", "/"].contains(parts.path)
        else { return false }
        return parts.scheme == "https"
            || parts.scheme == "http" && ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host)
    }

    private static func isPlain(_ part: Substring) -> Bool {
        part.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (48...57).contains(byte) || byte == 45
                || byte == 46
        }
    }
}

extension S3Bucket {
    /// Whether an object of one may be taken for one of the other: the same bucket, and one's folder in the other's.
    package func overlaps(_ other: S3Bucket) -> Bool {
        endpoint == other.endpoint && bucket == other.bucket
            && (prefix.hasPrefix(other.prefix) || other.prefix.hasPrefix(prefix))
    }
}

extension S3Bucket: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "the bucket \(bucket) at \(endpoint)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension S3Bucket.Fault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notAnAddress: "say the bucket, and a folder in it if you like, in small letters: s3://bucket/folder"
        case .notEncrypted:
            "the address of the store must be https:// and a host, with a port if need be; http:// on this machine alone"
        case .noCredentials: "the file of credentials must hold two lines: the access key and the secret key"
        }
    }
}
