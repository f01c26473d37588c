import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import Rights

/// Why a store that speaks S3 did not do what it was asked. Without names of files and without credentials.
package struct S3Failure: Error, Hashable, CustomStringConvertible {
    /// The status of the answer; nothing where there was none.
    let status: Int?
    /// The store's own word for it, such as `AccessDenied` or `SlowDown`.
    let code: String

    package var description: String {
        guard let status else { return "the file store did not answer (\(code))" }
        let answer = "the file store answered \(status)\(code.isEmpty ? "" : " \(code)")"
        return status == 403 ? answer + ": it does not take the access key, its secret, or what they ask for" : answer
    }
}

/// Requests to one bucket, signed and tried again. A class, because the client of the library must be shut down when
/// nobody uses it any more.
final class S3Connection: Sendable {
    struct Answer {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        /// The store's own word for what went wrong; empty where it says none.
        var code: String { S3Document(text).first("Code") ?? "" }
    }

    private let bucket: S3Bucket
    private let surroundings: Surroundings
    private let client: HTTPClient
    /// Milliseconds between attempts.
    private static let pauses = [100, 400, 1600]

    init(_ bucket: S3Bucket, surroundings: Surroundings) {
        self.bucket = bucket
        self.surroundings = surroundings
        // A signature is for one address: what is sent elsewhere is refused there, and is nobody's business.
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(60))
        client = HTTPClient(eventLoopGroup: .singletonMultiThreadedEventLoopGroup, configuration: configuration)
    }

    deinit {
        client.shutdown().whenComplete { _ in }
    }

    /// Asks until there is an answer that means something. Everything that is asked here may be asked twice.
    ///
    /// - Parameters:
    ///   - object: its name behind the bucket's prefix; nothing for the bucket itself.
    ///   - expected: the statuses that are answers; others are thrown.
    ///   - result: the element that a success is, where the store may begin to answer 200 before it knows. Anything else in
    ///     its place is a failure, whatever it is said to be.
    /// - Throws: `S3Failure`, `CancellationError`.
    func ask(
        _ method: HTTPMethod, _ object: String? = nil, query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: [UInt8] = [], expecting expected: Set<Int>,
        being result: String? = nil, patience: TimeAmount = .seconds(120)
    ) async throws -> Answer {
        var failure = S3Failure(status: nil, code: "")
        for pause in [0] + Self.pauses {
            if pause > 0 { try await Task.sleep(for: .milliseconds(pause)) }
            let request = request(method, object, query: query, headers: headers, body: body)
            do {
                let response = try await client.execute(request, timeout: patience)
                let answer = Answer(
                    status: Int(response.status.code), headers: response.headers,
                    body: Array(buffer: try await response.body.collect(upTo: 64 << 20)))
                if expected.contains(answer.status), result.map({ answer.text.contains("<\($0)") }) ?? true {
                    return answer
                }
                failure = S3Failure(status: answer.status, code: answer.code)
                guard answer.status >= 500 || answer.status == 429 || expected.contains(answer.status) else { break }
            } catch {
                try Task.checkCancellation()
                failure = S3Failure(status: nil, code: "\(type(of: error))")
            }
        }
        throw failure
    }

    private func request(
        _ method: HTTPMethod, _ object: String?, query: [(name: String, value: String)],
        headers: [(name: String, value: String)], body: [UInt8]
    ) -> HTTPClientRequest {
        let name = object.map { "/\(bucket.prefix)\($0)" } ?? ""
        let path = S3Signature.encoded("/\(bucket.bucket)\(name)", besides: "/")
        let time = S3Signature.time(surroundings.now())
        let payload = S3Signature.hash(body)
        let host = bucket.endpoint.split(separator: "/").last.map(String.init) ?? ""
        let signed =
            headers + [("host", host), ("x-amz-date", time), ("x-amz-content-sha256", payload)]
        let signature = S3Signature(
            accessKey: bucket.accessKey, secretKey: bucket.secretKey, region: bucket.region)
        let encoded = S3Signature.encoded(query)
        var request = HTTPClientRequest(url: bucket.endpoint + path + (encoded.isEmpty ? "" : "?\(encoded)"))
        request.method = method
        for (name, value) in signed { request.headers.add(name: name, value: value) }
        request.headers.add(
            name: "authorization",
            value: signature.authorization(
                method.rawValue, path: path, query: query, headers: signed, payload: payload, time: time))
        if method == .PUT || method == .POST { request.body = .bytes(ByteBuffer(bytes: body)) }
        return request
    }
}

/// The few words that are read out of the store's answers in XML. By hand, because Foundation's reader is a library of
/// its own, and what is read are names that we gave and numbers.
struct S3Document {
    private let text: Substring

    init(_ text: some StringProtocol) {
        self.text = Substring(text)
    }

    /// The contents of all elements of this name.
    func all(_ name: String) -> [String] {
        var (found, rest): ([String], Substring) = ([], text)
        while let start = rest.firstRange(of: "<\(name)>") {
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "</\(name)>") else { break }
            found.append(String(rest[..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        return found
    }

    /// The text of the first element of this name.
    func first(_ name: String) -> String? {
        all(name).first.map { text in
            [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"), ("&amp;", "&")].reduce(text) {
                $0.replacing($1.0, with: $1.1)
            }
        }
    }
}
