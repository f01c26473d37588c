import Casework
import Rights
import Store
import TestSupport
import Testing

/// What the requester is told when a case ends without an answer: one mail, with no more than the reference.
@Suite struct ClosingMailTests {
    private let premises: Premises
    private var casework: Casework { premises.casework }

    init() async throws {
        premises = try Premises()
        try await premises.openAccount()
    }

    private func mails(of id: Case.ID) async throws -> [OutgoingMessage] {
        try await casework.store.read { try $0.messages(about: id) }
    }

    private func expectBare(_ mail: OutgoingMessage) {
        #expect(mail.recipient == "a.rahman@example.org")
        for secret in ["Aisha", "Rahman", "999 004 1873", "No answer", "lapsed", "Letter of"] {
            #expect(!mail.body.contains(secret), "\(secret)")
            #expect(!mail.subject.contains(secret), "\(secret)")
        }
        #expect(mail.body.contains("SAR-2026-000001"))
    }

    @Test("a request that the requester takes back in the portal is acknowledged")
    func ownWithdrawal() async throws {
        let id = try await premises.runningCase()
        let before = try await mails(of: id).count
        try await casework.perform(WithdrawRequest(how: "In the portal"), on: id, by: premises.requester)
        let sent = try await mails(of: id).dropFirst(before)
        #expect(sent.count == 1)
        let mail = try #require(sent.first)
        #expect(mail.subject == "Your request SAR-2026-000001 is withdrawn")
        expectBare(mail)
    }

    @Test("a withdrawal that staff log is acknowledged by one mail, and by its letter in the portal")
    func loggedWithdrawal() async throws {
        let id = try await premises.runningCase()
        let before = try await mails(of: id).count
        let matter = try await casework.perform(
            WithdrawRequest(how: "Letter of 1 March", letter: "Dear Aisha Rahman, we have stopped."), on: id,
            by: premises.staff)
        #expect(matter.conversations.last?.sent.text == "Dear Aisha Rahman, we have stopped.")
        let sent = try await mails(of: id).dropFirst(before)
        #expect(sent.map(\.subject) == ["Your request SAR-2026-000001 is withdrawn"])
        try expectBare(#require(sent.first))
    }

    @Test("a case that staff close is told by one mail, and why by its letter in the portal")
    func closing() async throws {
        let id = try await premises.runningCase()
        let before = try await mails(of: id).count
        let matter = try await casework.perform(
            CloseCase(cause: .lapsed, reason: "No answer", letter: "Dear Aisha Rahman, no answer came."), on: id,
            by: premises.staff)
        #expect(matter.conversations.last?.sent.text == "Dear Aisha Rahman, no answer came.")
        let sent = try await mails(of: id).dropFirst(before)
        #expect(sent.map(\.subject) == ["Your request SAR-2026-000001 is closed"])
        try expectBare(#require(sent.first))
    }

    @Test("a letter with a gap in it closes nothing and sends nothing")
    func unfilled() async throws {
        let id = try await premises.runningCase()
        let before = try await mails(of: id).count
        await #expect(throws: Problem.self) {
            try await casework.perform(
                CloseCase(cause: .lapsed, reason: "No answer", letter: "Because [reason]"), on: id, by: premises.staff)
        }
        #expect(try await mails(of: id).count == before)
        #expect(try await casework.open(id, by: premises.staff).isOpen)
    }
}
