import Correspondence
import Foundation
import Rights
import Testing

@Suite("How a mail is written")
struct EmailTests {
    private let sender: Sender

    init() throws {
        sender = Sender(
            name: HeaderText("Sars No Reply"), address: try #require(EmailAddress("no-reply@sar.example.org")))
    }

    private func composed(subject: String = "Subject", body: String = "", from sender: Sender? = nil) throws -> String {
        let email = Email(
            id: "01k9", to: try #require(EmailAddress("anna@example.org")), subject: HeaderText(subject), body: body,
            written: try #require(Moment("2026-02-03T04:05:06.789Z")))
        return String(decoding: email.composed(from: sender ?? self.sender), as: UTF8.self)
    }

    @Test("The head and the body, sign by sign")
    func whole() throws {
        let expected = """
            Date: Tue, 3 Feb 2026 04:05:06 +0000
            From: "Sars No Reply" <no-reply@sar.example.org>
            To: <anna@example.org>
            Subject: We have your request
            Message-ID: <01k9@sar.example.org>
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Reference SAR-2026-000001.

            Login: https://sar.example.org/Account/Login?a=3Db

            """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        let text = try composed(
            subject: "We have your request",
            body: "Reference SAR-2026-000001.\n\nLogin: https://sar.example.org/Account/Login?a=b\n")
        #expect(text == expected)
    }

    @Test(
        "Nothing put into a subject or a name begins another header",
        arguments: [
            "a\r\nBcc: x@example.org", "a\nBcc: x", "a\u{85}Bcc: x", "a\u{2028}Bcc: x", "a\u{0}\u{7f}b", "\r\n\r\nbody",
        ])
    func injection(text: String) throws {
        let lines = try composed(subject: text).split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.count == 11)
        #expect(!lines.contains { $0.hasPrefix("Bcc") })
        let named = Sender(name: HeaderText(text), address: sender.address)
        #expect(try !composed(from: named).contains("\nBcc"))
    }

    @Test("A subject in any script becomes encoded words of whole signs, none too long")
    func encodedWords() throws {
        let original = "Your request — Zoë, 日本語の長い件名がここにありますから折り返します 🙂"
        let text = try composed(subject: original)
        let lines = text.split(separator: "\r\n")
        let at = try #require(lines.firstIndex { $0.hasPrefix("Subject: ") })
        let subject = lines[at...].prefix { $0.hasPrefix("Subject: ") || $0.hasPrefix(" ") }
        #expect(subject.count == 3)
        #expect(subject.allSatisfy { $0.utf8.count <= 76 && $0.hasSuffix("?=") })
        let words = try subject.map { line in
            let word = try #require(line.split(separator: "=?utf-8?B?").last?.dropLast(2))
            return try #require(Data(base64Encoded: String(word)))
        }
        #expect(words.compactMap { String(data: $0, encoding: .utf8) }.joined() == original)
    }

    @Test("A long plain subject is folded between words")
    func folded() throws {
        let words = Array(repeating: "request", count: 20).joined(separator: " ")
        let text = try composed(subject: words)
        #expect(text.contains("\r\n request"))
        #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 })
        #expect(text.split(separator: "\r\n ").joined(separator: " ").contains("Subject: \(words)\r\n"))
    }

    @Test("A display name with signs that mean something is put in quotes")
    func displayName() throws {
        let named = Sender(name: HeaderText(#"Records, "SAR" \ <team>"#), address: sender.address)
        #expect(try composed(from: named).contains(#"From: "Records, \"SAR\" \\ <team>" <no-reply@"#))
    }

    @Test("Long lines, trailing spaces and every sign survive quoted-printable")
    func quotedPrintable() throws {
        let line = String(repeating: "é", count: 100)
        let text = try composed(body: "\(line)\ntab\t\nspace \r\n\u{0}end")
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(text.split(separator: "=\r\n").joined().contains(String(repeating: "=C3=A9", count: 100)))
        #expect(text.hasSuffix("tab=09\r\nspace=20\r\n=00end\r\n"))
    }

    @Test("Without a server a message stays in the outbox")
    func demo() async throws {
        let to = try #require(EmailAddress("anna@example.org"))
        let email = Email(id: "1", to: to, subject: HeaderText("x"), body: "x", written: Moment(milliseconds: 0))
        let outbox = DemoOutbox()
        #expect(try await outbox.send(email) == .keptInOutbox)
        let number = try #require(MobileNumber("07700 900123"))
        #expect(try await outbox.send(TextMessage(id: "1", to: number, body: "x")) == .keptInOutbox)
    }

    @Test("Where nothing is set up a message waits instead of being taken for sent")
    func missing() async throws {
        let to = try #require(EmailAddress("anna@example.org"))
        let email = Email(id: "1", to: to, subject: HeaderText("x"), body: "x", written: Moment(milliseconds: 0))
        await #expect(throws: DeliveryFailure.misconfigured("No mail server is set up.")) {
            _ = try await MissingTransport().send(email)
        }
    }
}
