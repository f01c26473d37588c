import Foundation
import HTTPTypes
import Hummingbird
import Rights
import TestSupport
import Testing

@testable import Web

@Suite struct DownloadTests {
    static let routes: [Route] = [
        .get("/file", .anyone) { visit in
            visit.download(
                Download(name: "Amína \"notes\"\r\n.pdf", type: "application/pdf", size: 10, version: "v1")
            ) { range in pieces(Array("0123456789".utf8)[range]) }
        },
        .get("/empty", .anyone) { visit in
            visit.download(Download(name: "e", type: "text/plain", size: 0, version: "e")) { _ in pieces([]) }
        },
        .get("/short", .anyone) { visit in
            visit.download(Download(name: "s", type: "text/plain", size: 10, version: "s")) { _ in pieces([1, 2]) }
        },
    ]

    static func pieces(_ bytes: ArraySlice<UInt8>) -> AsyncStream<ByteBuffer> {
        AsyncStream { stream in
            for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 3) {
                stream.yield(ByteBuffer(bytes: bytes[start..<min(start + 3, bytes.endIndex)]))
            }
            stream.finish()
        }
    }

    static let browser = TestBrowser(TestSite.make(.portal), routes)

    @Test(
        "A single range is answered with its part",
        arguments: [
            ("bytes=0-3", "0123", "bytes 0-3/10"), ("bytes=4-", "456789", "bytes 4-9/10"),
            ("bytes=-3", "789", "bytes 7-9/10"), ("bytes=8-99", "89", "bytes 8-9/10"),
            ("bytes=-99", "0123456789", "bytes 0-9/10"), ("bytes=9-9", "9", "bytes 9-9/10"),
        ])
    func ranges(header: String, body: String, range: String) async throws {
        let answer = try await Self.browser.get("/file", headers: [.range: header])
        #expect(answer.status == .partialContent && answer.text == body)
        #expect(answer.headers[.contentRange] == range && answer.headers[.contentLength] == "\(body.count)")
    }

    @Test("A range beyond the end cannot be had", arguments: ["bytes=10-", "bytes=20-30", "bytes=-0"])
    func beyond(header: String) async throws {
        let answer = try await Self.browser.get("/file", headers: [.range: header])
        #expect(answer.status == .rangeNotSatisfiable && answer.headers[.contentRange] == "bytes */10")
        #expect(answer.bytes.isEmpty)
    }

    @Test(
        "A range without sense, several at once or another unit get the whole file",
        arguments: ["bytes=5-2", "bytes=0-1,3-4", "items=0-1", "bytes=a-b", "bytes=", "bytes=-", "bytes=1-2-3", "0-3"])
    func ignored(header: String) async throws {
        let answer = try await Self.browser.get("/file", headers: [.range: header])
        #expect(answer.status == .ok && answer.text == "0123456789" && answer.headers[.contentLength] == "10")
    }

    @Test("A file is always saved, under its own name and never shown in place")
    func names() async throws {
        let answer = try await Self.browser.get("/file")
        #expect(
            answer.headers[.contentDisposition]
                == "attachment; filename=\"Am__na _notes_.pdf\"; filename*=UTF-8''Am%C3%ADna%20%22notes%22.pdf")
        #expect(answer.headers[.cacheControl] == "no-store" && answer.headers[.acceptRanges] == "bytes")
        #expect(try await Self.browser.get("/empty").headers[.contentLength] == "0")
    }

    @Test("A version that is known is not sent again, and a range of another is not glued to it")
    func versions() async throws {
        let tag = try #require(try await Self.browser.get("/file").headers[.eTag])
        #expect(try await Self.browser.get("/file", headers: [.ifNoneMatch: tag]).status == .notModified)
        #expect(try await Self.browser.get("/file", headers: [.ifNoneMatch: "\"x\""]).status == .ok)
        #expect(
            try await Self.browser.get("/file", headers: [.range: "bytes=0-1", .ifRange: tag]).status == .partialContent
        )
        #expect(try await Self.browser.get("/file", headers: [.range: "bytes=0-1", .ifRange: "\"x\""]).status == .ok)
    }

    @Test("HEAD tells the size and sends nothing")
    func head() async throws {
        let answer = try await Self.browser.send(.head, "/file")
        #expect(answer.status == .ok && answer.headers[.contentLength] == "10" && answer.bytes.isEmpty)
    }

    @Test("A file that ends too early breaks the connection off")
    func short() async throws {
        await #expect(throws: (any Error).self) { try await Self.browser.get("/short") }
    }
}
