import Correspondence
import Foundation
import Rights
import Testing

@Suite("Mail through a real server")
struct SMTPTests {
    private let sender: Sender
    private let written: Moment

    init() throws {
        sender = Sender(
            name: HeaderText("Sars No Reply"), address: try #require(EmailAddress("no-reply@sar.example.org")))
        written = try #require(Moment("2026-11-21T09:30:05Z"))
    }

    private func email(to: String = "anna@example.org", _ body: String = "Hello\n", id: String = "m1") throws -> Email {
        Email(
            id: id, to: try #require(EmailAddress(to)), subject: HeaderText("Your request SAR-2026-000001"), body: body,
            written: written)
    }

    /// What sending comes to, with these settings.
    private func outcome(
        _ server: SMTPServer, _ email: Email, as sender: Sender? = nil
    ) async throws -> Result<Delivery, DeliveryFailure> {
        let transport = SMTPTransport(to: server, from: sender ?? self.sender)
        let result: Result<Delivery, DeliveryFailure>
        do {
            result = .success(try await transport.send(email))
        } catch {
            result = .failure(error)
        }
        try await transport.stop()
        return result
    }

    @Test(
        "A mail arrives byte for byte, signed in and encrypted",
        arguments: [SMTPServer.Security.startTLS, .implicitTLS])
    func arrives(security: SMTPServer.Security) async throws {
        try await MailServer.with { server in
            let mail = try email("Dear Zoë,\n\n.\n..two dots\n.one\ntrailing space \n= equals\n")
            let result = try await outcome(server.settings(security), mail)
            #expect(result == .success(.handedOver))
            let received = try server.next()
            #expect(received.content == Data(mail.composed(from: sender)))
            #expect(received.from == "no-reply@sar.example.org")
            #expect(received.to == ["anna@example.org"])
            #expect(received.tls)
            #expect(received.user == "sars")
            #expect(received.greeting == "sar.example.org")
        }
    }

    @Test("A greeting encrypts and signs in and sends nothing; a wrong password is found out by it")
    func greeting() async throws {
        try await MailServer.with { server in
            let right = SMTPTransport(to: try server.settings(), from: sender)
            try await right.greet()
            // The connection that was greeted on carries a mail.
            _ = try await right.send(email())
            #expect(try server.next().user == "sars")
            try await right.stop()
            let wrong = SMTPTransport(to: try server.settings(password: "wrong"), from: sender)
            await #expect(throws: DeliveryFailure.self) { try await wrong.greet() }
            try await wrong.stop()
        }
    }

    @Test("One connection carries several mails, and a refused one does not spoil the next")
    func severalMails() async throws {
        try await MailServer.with { server in
            let transport = SMTPTransport(to: try server.settings(), from: sender)
            let first = try await transport.send(email(id: "a"))
            #expect(first == .handedOver)
            var refusal: DeliveryFailure?
            do {
                _ = try await transport.send(email(to: "refused@example.org"))
            } catch let failure as DeliveryFailure {
                refusal = failure
            }
            #expect(refusal != nil)
            for id in ["b", "c"] { _ = try await transport.send(email(id: id)) }
            try await transport.stop()
            let received = try (0..<3).map { _ in try server.next() }
            let texts = received.map { String(decoding: $0.content, as: UTF8.self) }
            #expect(zip(texts, ["a", "b", "c"]).allSatisfy { $0.contains("Message-ID: <\($1)@sar.example.org>") })
            #expect(received[1].peer == received[2].peer)
        }
    }

    @Test("A wrong password, an unknown authority and a sender that is not allowed are faults of the settings")
    func settings() async throws {
        try await MailServer.with { server in
            let email = try email()
            let wrong = try await outcome(server.settings(password: "wrong"), email)
            let unknown = try await outcome(server.settings(certificates: "stranger.pem"), email)
            let stranger = Sender(name: sender.name, address: try #require(EmailAddress("stranger@sar.example.org")))
            let notAllowed = try await outcome(server.settings(), email, as: stranger)
            for result in [wrong, unknown, notAllowed] {
                guard case .failure(.misconfigured(let text)) = result else {
                    Issue.record("\(result) is not a fault of the settings")
                    continue
                }
                #expect(!text.contains("correct horse") && !text.contains("anna"))
            }
        }
    }

    @Test("A server that does not offer STARTTLS gets nothing")
    func noTLS() async throws {
        try await MailServer.with { server in
            let result = try await outcome(server.withoutTLS(), email())
            guard case .failure(.misconfigured) = result else {
                Issue.record("\(result)")
                return
            }
            // The first mail it takes is one sent on purpose without encryption, so the other never came.
            _ = try await outcome(server.settings(.plainOnLoopback), email(id: "second"))
            let received = try server.next()
            #expect(String(decoding: received.content, as: UTF8.self).contains("<second@"))
            #expect(!received.tls)
        }
    }

    @Test("A refused recipient and a refused text are final")
    func permanent() async throws {
        try await MailServer.with { server in
            for mail in [try email(to: "refused@example.org"), try email("refuse this text\n")] {
                let result = try await outcome(server.settings(), mail)
                guard case .failure(.permanent(let text)) = result else {
                    Issue.record("\(result)")
                    continue
                }
                #expect(!text.contains("refused@"))
            }
        }
    }

    @Test("A busy server, and one that is not there, are worth another try")
    func passing() async throws {
        try await MailServer.with { server in
            let busy = try await outcome(server.settings(), email(to: "busy@example.org"))
            let settings = try server.settings()
            server.stop()
            let down = try await outcome(settings, email())
            guard case .failure(.passing) = busy, case .failure(.away) = down else {
                Issue.record("\(busy), \(down)")
                return
            }
        }
    }

    @Test(
        "A server that falls silent before it has the mail is given up; one that is slow afterwards is waited for")
    func slow() async throws {
        try await MailServer.with { server in
            let silent = try await outcome(server.settings(patience: 5), email(to: "silent@example.org"))
            guard case .failure(.away) = silent else {
                Issue.record("\(silent)")
                return
            }
            let slow = try await outcome(server.settings(patience: 5), email(to: "slow@example.org"))
            #expect(slow == .success(.handedOver))
            #expect(try server.next().to == ["slow@example.org"])
        }
    }

    @Test("A server beyond this machine is never spoken to in plain text")
    func plainElsewhere() {
        #expect(SMTPServer(host: "mail.example.org", port: 25, security: .plainOnLoopback) == nil)
        #expect(SMTPServer(host: "127.0.0.1", port: 25, security: .plainOnLoopback) != nil)
        #expect(SMTPServer(host: "mail.example.org/x", port: 587, security: .startTLS) == nil)
        #expect(SMTPServer(host: "mail.example.org", port: 0, security: .startTLS) == nil)
    }
}
