import Foundation
import NIOHTTP1
import NIOPosix
import Rights
import Synchronization
import TestSupport
import Testing

@testable import Store

/// The examples that Amazon publishes: "Examples: Signature calculations in AWS Signature Version 4" of the guide to S3,
/// and of the general test suite the plain and the sorted query. Keys and names are theirs, and made up.
@Suite struct S3SignatureTests {
    private static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    private let signature = S3Signature(
        accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", region: "us-east-1")
    private let time = "20130524T000000Z"
    private let host = ("host", "examplebucket.s3.amazonaws.com")

    private func signed(
        _ method: String, _ path: String, query: [(String, String)] = [], headers: [(String, String)] = [],
        payload: String = S3SignatureTests.empty
    ) -> String {
        signature.authorization(
            method, path: path, query: query,
            headers: headers + [host, ("x-amz-content-sha256", payload), ("x-amz-date", time)], payload: payload,
            time: time)
    }

    @Test("GET of a part of an object")
    func get() {
        #expect(
            signed("GET", "/test.txt", headers: [("range", "bytes=0-9")])
                == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    }

    @Test("PUT of an object, with a character in its name that must be encoded")
    func put() {
        #expect(
            signed(
                "PUT", S3Signature.encoded("/test$file.text", besides: "/"),
                headers: [("date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
                payload: S3Signature.hash(Array("Welcome to Amazon S3.".utf8))
            ).hasSuffix("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"))
    }

    @Test("GET with a query whose value is empty")
    func lifecycle() {
        #expect(
            signed("GET", "/", query: [("lifecycle", "")]).hasSuffix(
                "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"))
    }

    @Test("GET with a query of two values")
    func list() {
        #expect(
            signed("GET", "/", query: [("prefix", "J"), ("max-keys", "2")]).hasSuffix(
                "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"))
    }

    @Test(
        "The general test suite, for another service and time",
        arguments: [
            ([], "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            (
                [("Param2", "value2"), ("Param1", "value1")],
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
            ),
        ])
    func general(query: [(String, String)], expected: String) {
        let signature = S3Signature(
            accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", region: "us-east-1",
            service: "service")
        let time = "20150830T123600Z"
        let made = signature.authorization(
            "GET", path: "/", query: query, headers: [("host", "example.amazonaws.com"), ("x-amz-date", time)],
            payload: Self.empty, time: time)
        #expect(made.hasSuffix("SignedHeaders=host;x-amz-date,Signature=\(expected)"))
    }

    @Test("The time is that of the signature's own form")
    func times() throws {
        #expect(S3Signature.time(try #require(Moment("2013-05-24T00:00:00.000Z"))) == time)
    }
}

@Suite struct S3BucketTests {
    private func bucket(
        _ address: String, endpoint: String? = nil, credentials: String = "access\nsecret\n"
    ) throws -> S3Bucket {
        try S3Bucket(address, endpoint: endpoint, region: "eu-west-2", credentials: credentials)
    }

    @Test("A bucket is at Amazon unless its store is named, and may have a folder in it")
    func addresses() throws {
        let amazon = try bucket("s3://records")
        #expect(amazon.endpoint == "https://s3.eu-west-2.amazonaws.com")
        #expect(amazon.bucket == "records" && amazon.prefix == "")
        let own = try bucket("s3://records/trust/files/", endpoint: "https://store.example.org/")
        #expect(own.endpoint == "https://store.example.org" && own.prefix == "trust/files/")
    }

    @Test(
        "On this machine the wire may be open",
        arguments: ["http://localhost:9000", "http://LOCALHOST", "http://127.0.0.1:9000/", "http://[::1]:9000"])
    func onThisMachine(endpoint: String) throws {
        _ = try bucket("s3://records", endpoint: endpoint)
    }

    @Test(
        "A host that only looks like this machine is another, and a store's address is a host alone",
        arguments: [
            "http://localhost.store.example", "http://127.0.0.1.store.example", "http://localhost@store.example",
            "http://127.0.0.1:80@store.example", "http://127.0.0.10", "https://", "https:///records", "https://",
            "https://key:secret@store.example", "https://store.example/records", "https://store.example?x=1", "",
        ])
    func elsewhere(endpoint: String) {
        #expect(throws: S3Bucket.Fault.notEncrypted) { try bucket("s3://records", endpoint: endpoint) }
    }

    @Test(
        "What is no address, would go over an open wire, or lacks a key is refused",
        arguments: [
            ("records", nil, "a\nb", S3Bucket.Fault.notAnAddress), ("s3://", nil, "a\nb", .notAnAddress),
            ("s3://Records?x=1", nil, "a\nb", .notAnAddress),
            ("s3://records", "http://store.example.org", "a\nb", .notEncrypted),
            ("s3://records", "ftp://store.example.org", "a\nb", .notEncrypted),
            ("s3://records", nil, "access only", .noCredentials), ("s3://records", nil, "", .noCredentials),
        ])
    func refused(address: String, endpoint: String?, credentials: String, fault: S3Bucket.Fault) {
        // Two words on one line are two keys as well; one is not.
        let credentials = credentials == "access only" ? "access" : credentials
        #expect(throws: fault) { try bucket(address, endpoint: endpoint, credentials: credentials) }
    }

    @Test("Its secret is in nothing that is printed")
    func secret() throws {
        let bucket = try bucket("s3://records", credentials: "access\npelican\n")
        for text in ["\(bucket)", String(reflecting: bucket), "\(Mirror(reflecting: bucket).children.map(\.value))"] {
            #expect(!text.contains("pelican"))
        }
    }

    @Test("A store that is not there, or says no, is said to be, without names of files")
    func failures() async throws {
        let world = FixedWorld()
        let gone = try bucket("s3://records", endpoint: "http://127.0.0.1:9")
        let place = S3Place(gone, threads: .singleton, surroundings: world.surroundings)
        await #expect(throws: S3Failure.self) { _ = try await place.open(world.surroundings.identifier()) }
        let other = try S3Bucket(
            "s3://no-such-bucket", endpoint: S3Double.shared.get().endpoint, region: "eu-west-2",
            credentials: "access\nsecret")
        let nowhere = S3Place(other, threads: .singleton, surroundings: world.surroundings)
        await #expect(throws: S3Failure(status: 404, code: "NoSuchBucket")) {
            _ = try await nowhere.files(before: world.now, after: nil)
        }
    }

    @Test(
        "Who signs with another secret, or is not known, is refused and told so",
        arguments: ["access\nguess", "b\nsecret"])
    func wrongSecret(credentials: String) async throws {
        let world = FixedWorld()
        let double = try S3Double.shared.get()
        let id: StoredFile.ID = world.surroundings.identifier()
        let bucket = try S3Bucket(
            "s3://files/refused", endpoint: double.endpoint, region: "eu-west-2", credentials: credentials)
        let place = S3Place(bucket, threads: .singleton, surroundings: world.surroundings)
        var file = try await place.begin(id)
        try await file.append(.init([1, 2, 3]))
        await #expect {
            try await file.finish()
        } throws: {
            "\($0)".contains("403") && "\($0)".contains("does not take the access key") && !"\($0)".contains("guess")
        }
        let right = S3Place(try double.bucket("refused"), threads: .singleton, surroundings: world.surroundings)
        await #expect(throws: VaultError.missing) { _ = try await right.open(id) }
    }

    @Test(
        "A failure that is told after 200 is one, whatever it is said to be",
        arguments: ["application/xml", "application/xml;charset=utf-8", "text/plain"])
    func failedAfterAll(type: String) async throws {
        let world = FixedWorld()
        let asked = Mutex<[HTTPMethod]>([])
        let store = try await ToldStore { request in
            asked.withLock { $0.append(request.method) }
            if request.uri.hasSuffix("uploads=") {
                return ([], "<InitiateMultipartUploadResult><UploadId>7</UploadId></InitiateMultipartUploadResult>")
            }
            if request.uri.contains("partNumber") { return ([("etag", "\"a\"")], "") }
            return (
                [("content-type", type)],
                "<?xml version=\"1.0\"?>\n\n<Error><Code>InternalError</Code><Message>Try again.</Message></Error>"
            )
        }
        let place = S3Place(
            try bucket("s3://records", endpoint: store.endpoint), threads: .singleton,
            surroundings: world.surroundings, partSize: 8)
        let id: StoredFile.ID = world.surroundings.identifier()
        let failure = S3Failure(status: 200, code: "InternalError")
        var file = try await place.begin(id)
        try await file.append(.init(count: 20))
        await #expect(throws: failure) { try await file.finish() }
        // What was not copied is not deleted.
        await #expect(throws: failure) { try await place.setAside(id, at: world.now) }
        #expect(!asked.withLock { $0.contains(.DELETE) })
        await #expect(throws: failure) { _ = try await place.files(before: world.now, after: nil) }
    }

    @Test("An upload in parts that nobody finished is taken away in time, and cannot be finished then")
    func unfinished() async throws {
        let world = FixedWorld()
        let place = S3Place(
            try S3Double.shared.get().bucket(), threads: .singleton, surroundings: world.surroundings,
            partSize: 5 << 20)
        let id: StoredFile.ID = world.surroundings.identifier()
        var file = try await place.begin(id)
        try await file.append(.init(repeating: 7, count: 11 << 20))
        #expect(try await place.removeUnfinished(before: Moment(milliseconds: 0)) == 0)
        let future = try #require(Moment("2100-01-01T00:00:00.000Z"))
        #expect(try await place.removeUnfinished(before: future) == 1)
        await #expect(throws: S3Failure.self) { try await file.finish() }
        await #expect(throws: VaultError.missing) { _ = try await place.open(id) }
    }

    @Test("An upload in parts is the bytes that were sent, in their order")
    func parts() async throws {
        let world = FixedWorld()
        let place = S3Place(
            try S3Double.shared.get().bucket(), threads: .singleton, surroundings: world.surroundings,
            partSize: 5 << 20)
        let id: StoredFile.ID = world.surroundings.identifier()
        let content = (0..<12).flatMap { [UInt8](repeating: $0, count: 1 << 20) }
        var file = try await place.begin(id)
        for start in stride(from: 0, to: content.count, by: 1_000_000) {
            try await file.append(.init(content[start..<min(start + 1_000_000, content.count)]))
        }
        try await file.finish()
        let stored = try await place.open(id)
        #expect(stored.size == content.count)
        let read = try await stored.read(0..<content.count, behind: [9]) { $0 }
        #expect(read == [9] + content)
    }
}
