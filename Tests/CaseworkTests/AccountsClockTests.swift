import Rights
import Store
import TestSupport
import Testing

@testable import Casework

/// This machine's clock was a year ahead for a while, and was set back.
@Suite("Accounts when the clock was wrong")
struct AccountsClockTests {
    private static let year = 365 * 86_400
    private let trust: AccountsWorld
    private let email = "a.requester@example.org"
    private var door: Entrance { trust.accounts.entrance }

    init() throws {
        trust = try AccountsWorld()
    }

    private func ahead<T>(_ body: () async throws -> T) async throws -> T {
        trust.world.advance(seconds: Self.year)
        defer { trust.world.advance(seconds: -Self.year) }
        return try await body()
    }

    @Test("Wrong passwords of that time make nobody wait")
    func passwords() async throws {
        try await trust.register()
        let refused = try await ahead {
            for _ in 0..<8 {
                _ = try? await door.signIn(email: email, password: "wrong", keep: false, browser: trust.browser())
            }
            return try await refusals { try await trust.signIn() }
        }
        #expect(refused == ["sign-in-wait"], "they would have, at that time")
        _ = try await trust.signIn()
    }

    @Test("A session of that time is over, and nobody need wait to begin another")
    func sessions() async throws {
        try await trust.register()
        let session = try await ahead { try await trust.signIn(keep: true) }
        #expect(try await trust.accounts.requester(with: session.token) == nil)
        #expect(try await trust.accounts.requester(with: try await trust.signIn().token) != nil)
    }

    @Test("A link of that time is over, and another can be asked for at once")
    func links() async throws {
        try await trust.register()
        let link = try await ahead {
            for _ in 0..<3 {
                _ = try await trust.accounts.forgotPassword(email: email, browser: trust.browser())
                trust.world.advance(seconds: 60)
            }
            return try trust.box.link(to: email)
        }
        #expect(try await trust.accounts.entrance.standing(of: link, for: [.reset]) == .expired)
        let before = trust.box.mails(to: email).count
        _ = try await trust.accounts.forgotPassword(email: email, browser: trust.browser())
        #expect(trust.box.mails(to: email).count == before + 1)
    }

    @Test("A code of that time is worth nothing, and another is sent at once")
    func codes() async throws {
        _ = try await trust.requesterWithNumber()
        func step() async throws -> Token {
            let answer = try await door.signIn(
                email: email, password: AccountsWorld.good, keep: false, browser: trust.browser())
            guard case .needsCode(let step, _) = answer else { throw Unexpected(what: "\(answer)") }
            return step
        }
        let old = try await ahead {
            let step = try await step()
            for _ in 0..<4 { _ = try? await door.enterCode("000000", step: step, browser: trust.browser()) }
            return try trust.box.code()
        }
        let texts = trust.box.texts.count
        let now = try await step()
        #expect(trust.box.texts.count == texts + 1, "another was sent")
        if old != (try trust.box.code()) {
            #expect(
                try await refusals { try await door.enterCode(old, step: now, browser: trust.browser()) }
                    == ["code-wrong"])
        }
        _ = try await door.enterCode(try trust.box.code(), step: now, browser: trust.browser())
    }

    @Test("A member of staff who used an authenticator app at that time is not locked out of it")
    func app() async throws {
        let (_, codes) = try await trust.firstAdministrator()
        _ = try await ahead { try await trust.enter("first.admin@example.org", codes) }
        let session = try await trust.enter("first.admin@example.org", codes)
        #expect(try await trust.staff.staff(with: session.token) != nil)
        trust.world.advance(seconds: -60)
        await #expect(throws: Problem.self, "and a code is still good only once") {
            try await trust.enter("first.admin@example.org", codes)
        }
    }
}
