import Documents
import Rights
import Testing

@Suite("Why a file cannot be taken")
struct FindingTests {
    @Test("An empty file")
    func empty() async throws {
        #expect(try await inspect([]).findings == [.empty])
    }

    @Test("A file that is too large or of a kind not accepted is told so, both at once")
    func limits() async throws {
        let limits = IntakeLimits(accepted: [.pdf, .jpeg, .docx, .doc], maximumBytes: 10)
        let findings = try await inspect(Array("Dear Sir, hello".utf8), limits).findings
        #expect(findings == [.tooLarge(maximumBytes: 10), .notAccepted(.text, accepted: limits.accepted)])
        #expect(findings.map { $0.message() }[1] == "The selected file must be a JPG, PDF or Word document")
    }

    @Test("A policy's types are kinds of content")
    func policyTypes() async throws {
        let limits = IntakeLimits(types: [.jpg, .txt], bytes: 1000)
        #expect(try await inspect(sample("picture.jpg"), limits).findings == [])
        #expect(try await inspect(Array("From: a@example.org\nTo: b@example.org\n\nHello".utf8), limits).findings == [])
        #expect(
            try await inspect(sample("picture.png"), limits).findings == [.notAccepted(.png, accepted: limits.accepted)]
        )
    }

    @Test(
        "A file cut in half is broken",
        arguments: [
            "table.pdf", "stream.pdf", "linearized.pdf", "picture.jpg", "progressive.jpg", "picture.png", "picture.gif",
            "picture.tiff", "fax.tiff", "photo.heic", "letter.docx", "sheet.xlsx", "sheet.xls", "letter.odt",
            "plain.zip", "sound.wav", "sound.mp4", "sound.mov", "picture.webp",
        ])
    func cut(name: String) async throws {
        let bytes = try sample(name)
        #expect(try await inspect(Array(bytes.prefix(bytes.count / 2))).findings == [.broken])
    }

    @Test(
        "A file that asks for a password",
        arguments: [
            "user-r2.pdf", "user-r3.pdf", "user-r4.pdf", "user-r6.pdf", "aes.zip", "locked.xlsx",
        ])
    func locked(name: String) async throws {
        #expect(try await inspect(sample(name)).findings == [.passwordProtected])
    }

    @Test("An encrypted Office document is called password protected even where its kind is not accepted")
    func lockedOffice() async throws {
        let limits = IntakeLimits(accepted: [.xlsx], maximumBytes: 1 << 20)
        #expect(try await inspect(sample("locked.xlsx"), limits).findings == [.passwordProtected])
    }

    @Test(
        "A PDF that is encrypted but opens for everybody is taken, with a note",
        arguments: ["owner-r2.pdf", "owner-r3.pdf", "owner-r4.pdf", "owner-r6.pdf", "owner-r6-stream.pdf"])
    func restricted(name: String) async throws {
        let inspection = try await inspect(sample(name), named: name)
        #expect(inspection.findings == [])
        #expect(inspection.notes == [.restricted])
    }

    @Test("Encryption cannot be hidden by spelling its name in another way")
    func spelling() async throws {
        let bytes = try sample("user-r6.pdf")
        let text = String(decoding: bytes, as: Unicode.ASCII.self)
        try #require(text.contains("/Encrypt "))
        let at = try #require(bytes.firstRange(of: Array("/Encrypt ".utf8)))
        // The space before the value is not needed by readers, so the file keeps its length.
        var changed = bytes
        changed.replaceSubrange(at, with: Array("/#45ncrypt ".utf8))
        #expect(try await inspect(changed).findings == [.passwordProtected])
    }

    @Test("The word Encrypt in a text of the trailer is no encryption")
    func wordInText() async throws {
        let bytes = try sample("table.pdf")
        let at = try #require(bytes.firstRange(of: Array("trailer <<".utf8)))
        var changed = bytes
        changed.replaceSubrange(at, with: Array("trailer << /Note (a \\) /Encrypt 5 0 R) % /Encrypt 6 0 R\n".utf8))
        #expect(try await inspect(changed).findings == [])
    }

    @Test("A PDF whose table is not where it says is read by its last trailer")
    func wrongPlace() async throws {
        let bytes = try sample("table.pdf")
        let at = try #require(bytes.firstRange(of: Array("startxref\n".utf8)))
        #expect(try await inspect(Array(bytes[..<at.upperBound]) + Array("9\n%%EOF\n".utf8)).findings == [])
    }

    @Test("A PDF whose trailers lead in a circle is not followed for ever")
    func circle() async throws {
        let text = "%PDF-1.4\nxref\n0 0\ntrailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF\n"
        #expect(try await inspect(Array(text.utf8)).findings == [.broken])
    }

    @Test("A picture with more behind its end is whole; the end of its thumbnail is not its end")
    func picturesWithMore() async throws {
        let bytes = try sample("picture.jpg")
        #expect(try await inspect(bytes + [UInt8](repeating: 7, count: 200_000)).findings == [])
        #expect(try await inspect(Array(bytes.dropLast(2))).findings == [.broken])
    }

    @Test("OpenDocument encrypts its members, not the archive")
    func lockedOpenDocument() async throws {
        let type = Zip.Member("mimetype", Array("application/vnd.oasis.opendocument.text".utf8))
        let text = Zip.Member("content.xml", [0x93, 0x01, 0x7f, 0x55, 0x80, 0x81, 0x82, 0x83])
        #expect(try await inspect(Zip.make([type, text])).findings == [.passwordProtected])
        let package = Zip.Member("encrypted-package", [1, 2, 3])
        #expect(try await inspect(Zip.make([type, package])).findings == [.passwordProtected])
        let plain = Zip.Member("content.xml", Array("<?xml version=\"1.0\"?><a/>".utf8))
        #expect(try await inspect(Zip.make([type, plain])).findings == [])
    }

    @Test(
        "Each finding names itself and says what to do",
        arguments: [
            (IntakeFinding.empty, "file-empty", "The selected file is empty"),
            (.tooLarge(maximumBytes: 50 << 20), "file-too-large", "The selected file must be smaller than 50MB"),
            (.infected("Eicar"), "file-infected", "The selected file contains a virus"),
        ])
    func words(finding: IntakeFinding, code: String, text: String) {
        #expect(finding.code == code)
        #expect(finding.message() == text)
        #expect(!finding.message().contains("Eicar"))
        #expect(finding.message(about: "“a.pdf”").hasPrefix("“a.pdf” "))
    }
}
