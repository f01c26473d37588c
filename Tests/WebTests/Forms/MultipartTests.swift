import NIOCore
import Rights
import Testing

@testable import Web

@Suite struct MultipartTests {
    /// A part as the reader gave it.
    struct Part: Equatable {
        var name: String
        var filename: String?
        var type: String
        var bytes: [UInt8]
    }

    static let boundary = "----Web7MA4YWxkTrZu0gW"
    static let tricky = Array("\r\n------Web7MA4YWxkTrZu0g\r\n--\r\r\n-".utf8) + [0, 255, 13, 10, 45, 45, 13]

    static var body: [UInt8] {
        var body = Array("a preamble nobody reads\r\n".utf8)
        body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken\r\n".utf8
        body += "--\(boundary)  \r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n\r\n".utf8
        body += "--\(boundary)\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a %22b%22.pdf\"\r\n".utf8
        body += Array("Content-Type: Application/PDF\r\n\r\n".utf8) + tricky + Array("\r\n".utf8)
        body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\u{301}.txt\"\r\n\r\n".utf8
        body += Array("second\r\n--\(boundary)--\r\nan epilogue".utf8)
        return body
    }

    static func parts(_ body: [UInt8], by size: Int) async throws -> [Part] {
        var rest = body[...]
        var reader = MultipartReader(boundary: boundary) {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(size) }
            return ByteBuffer(bytes: rest.prefix(size))
        }
        var parts: [Part] = []
        while let head = try await reader.nextPart() {
            var bytes: [UInt8] = []
            while let more = try await reader.nextBytes() { bytes += more }
            parts.append(Part(name: head.name, filename: head.filename, type: head.type, bytes: bytes))
        }
        return parts
    }

    @Test("Parts come out whole, however the body is cut", arguments: [1, 2, 7, 64, 4_096])
    func cut(size: Int) async throws {
        let parts = try await Self.parts(Self.body, by: size)
        #expect(
            parts == [
                Part(name: "csrf", type: "text/plain", bytes: Array("token".utf8)),
                Part(name: "name", type: "text/plain", bytes: []),
                Part(name: "file", filename: "a \"b\".pdf", type: "application/pdf", bytes: Self.tricky),
                Part(name: "file", filename: "\u{301}.txt", type: "text/plain", bytes: Array("second".utf8)),
            ])
    }

    @Test("A body that ends before its last boundary is an error, wherever it ends", arguments: [1, 64, 4_096])
    func cutOff(size: Int) async throws {
        let whole = Self.body
        let end = whole.count - "--\r\nan epilogue".utf8.count
        for length in stride(from: 0, through: end, by: 5) {
            await #expect(throws: MultipartProblem.malformed) {
                try await Self.parts(Array(whole.prefix(length)), by: size)
            }
        }
    }

    @Test(
        "A head that no browser writes is refused",
        arguments: [
            "no colon", "Content-Type: text/plain", "Content-Disposition: form-data",
            "X: " + String(repeating: "x", count: 9_000),
            (0..<30).map { "X-\($0): y" }.joined(separator: "\r\n"),
        ])
    func heads(head: String) async throws {
        let body = Array("--\(Self.boundary)\r\n\(head)\r\n\r\nx\r\n--\(Self.boundary)--".utf8)
        await #expect(throws: MultipartProblem.malformed) { try await Self.parts(body, by: 64) }
    }

    @Test("A part that is passed over does not disturb the next")
    func passedOver() async throws {
        var rest = Self.body[...]
        var reader = MultipartReader(boundary: Self.boundary) {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(3) }
            return ByteBuffer(bytes: rest.prefix(3))
        }
        var names: [String] = []
        while let head = try await reader.nextPart() { names.append(head.filename ?? head.name) }
        #expect(names == ["csrf", "name", "a \"b\".pdf", "\u{301}.txt"])
    }

    @Test(
        "The boundary is taken only where there is a good one",
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"", nil),
            ("multipart/form-data; Boundary=\"a-b\"", "a-b"), ("multipart/form-data", nil),
            ("multipart/form-data; boundary=", nil), ("text/plain; boundary=abc", nil),
            ("multipart/form-data; boundary=" + String(repeating: "x", count: 71), nil),
        ] as [(String, String?)])
    func boundaries(type: String, expected: String?) {
        #expect(MultipartReader.boundary(of: type) == expected)
    }

    @Test("An upload lets go of its memory, whether its last file was read or not", arguments: [true, false])
    func letGo(isRead: Bool) async throws {
        weak var kept: Upload?
        do {
            var rest = Self.body[...]
            let upload = Upload(
                MultipartReader(boundary: Self.boundary) {
                    guard !rest.isEmpty else { return nil }
                    defer { rest = [] }
                    return ByteBuffer(bytes: rest)
                }, limits: FormFields.Limits())
            kept = upload
            while let file = try await upload.next(most: 100) {
                if isRead { for try await _ in file {} }
            }
            #expect(kept != nil)
        }
        #expect(kept == nil)
    }

    @Test("Files come one by one, with the fields before them; one that is too large is left")
    func upload() async throws {
        var rest = Self.body[...]
        let upload = Upload(
            MultipartReader(boundary: Self.boundary) {
                guard !rest.isEmpty else { return nil }
                defer { rest = rest.dropFirst(16) }
                return ByteBuffer(bytes: rest.prefix(16))
            }, limits: FormFields.Limits())
        let first = try #require(try await upload.next(most: 5))
        #expect(first.name == "a \"b\".pdf" && upload.form.text("csrf") == "token" && upload.form.has("name"))
        await #expect(throws: UploadProblem.tooLarge) { for try await _ in first {} }
        let second = try #require(try await upload.next(most: 6))
        var bytes: [UInt8] = []
        for try await buffer in second { bytes += buffer.readableBytesView }
        #expect(bytes == Array("second".utf8) && second.size == 6)
        #expect(try await upload.next(most: 5) == nil)
    }

    @Test(
        "A file's name keeps its last part and nothing that deceives",
        arguments: [
            ("C:\\Users\\a\\passport.jpg", "passport.jpg"), ("../../etc/passwd", "passwd"), ("", "file"),
            ("..", "file"),
            ("a\u{0}b\n.pdf", "ab.pdf"), ("photo\u{202e}gpj.exe", "photogpj.exe"), ("مريم.pdf", "مريم.pdf"),
            ("cafe\u{301}.pdf", "caf\u{e9}.pdf"),
        ])
    func names(given: String, kept: String) {
        #expect(FileName.cleaned(given) == kept)
        #expect(FileName.cleaned(String(repeating: "x", count: 500) + ".pdf").hasSuffix(".pdf"))
    }
}
