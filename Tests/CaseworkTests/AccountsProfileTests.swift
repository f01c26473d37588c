import Casework
import Rights
import Store
import TestSupport
import Testing

@Suite("Changing the password and closing the account")
struct AccountsProfileTests {
    private let trust: AccountsWorld
    private let email = "a.requester@example.org"
    private var accounts: Accounts { trust.accounts }

    init() throws {
        trust = try AccountsWorld()
    }

    private func change(
        _ requester: SignedInRequester, current: String = AccountsWorld.good,
        to password: String = AccountsWorld.better,
        again: String? = nil
    ) async throws -> [String] {
        try await refusals {
            try await accounts.changePassword(
                of: requester, current: current, to: password, again: again ?? password, browser: trust.browser())
        }
    }

    @Test("A changed password is confirmed by mail and ends every other session")
    func changed() async throws {
        let requester = try await trust.requester()
        let other = try await trust.signIn(keep: true)
        #expect(try await change(requester).isEmpty)
        #expect(trust.box.mails(to: email).last == .passwordChanged)
        #expect(try await accounts.requester(with: other.token) == nil)
        #expect(
            try await accounts.entrance.sessions(of: .requester(requester.account)).map(\.id) == [requester.session])
        let old = try await refusals { try await trust.signIn() }
        #expect(old == ["sign-in-wrong"])
        _ = try await trust.signIn(password: AccountsWorld.better)
    }

    @Test("The current password must be right, and everything else that is wrong is said with it")
    func refused() async throws {
        let requester = try await trust.requester()
        #expect(try await change(requester, current: "wrong") == ["password-wrong"])
        #expect(
            try await change(requester, current: "", to: "short", again: "other")
                == ["password-missing", "password-short", "password-mismatch"])
        #expect(try await change(requester, to: "password1") == ["password-common"])
        _ = try await trust.signIn()
    }

    @Test("Guessing the current password is slowed down as at the door")
    func throttled() async throws {
        let requester = try await trust.requester()
        for _ in 0..<5 { #expect(try await change(requester, current: "wrong") == ["password-wrong"]) }
        #expect(try await change(requester) == ["sign-in-wait"])
    }

    @Test("A reset link that was under way is worth nothing after a change")
    func supersedes() async throws {
        let requester = try await trust.requester()
        try await accounts.forgotPassword(email: email, browser: trust.browser())
        let link = try trust.box.link(to: email)
        #expect(try await change(requester).isEmpty)
        let codes = try await refusals {
            try await accounts.setPassword(
                AccountsWorld.good, again: AccountsWorld.good, through: link, browser: trust.browser())
        }
        #expect(codes == ["link-superseded"])
    }

    @Test("A closed account opens nothing more, and its sessions end")
    func closed() async throws {
        let requester = try await trust.requester()
        let other = try await trust.signIn()
        try await accounts.forgotPassword(email: email, browser: trust.browser())
        let link = try trust.box.link(to: email)
        try await accounts.close(requester, password: AccountsWorld.good, browser: trust.browser())
        #expect(trust.box.mails(to: email).last == .closed)
        #expect(try await accounts.requester(with: other.token) == nil)
        await #expect(throws: Problem.notFound) { try await accounts.profile(of: requester.account) }
        let signIn = try await refusals { try await trust.signIn() }
        #expect(signIn == ["sign-in-wrong"])
        let reset = try await refusals {
            try await accounts.setPassword(
                AccountsWorld.better, again: AccountsWorld.better, through: link, browser: trust.browser())
        }
        #expect(reset == ["link-superseded"])
    }

    @Test("Closing needs the password")
    func closingRefused() async throws {
        let requester = try await trust.requester()
        let codes = try await refusals {
            try await accounts.close(requester, password: "wrong", browser: trust.browser())
        }
        #expect(codes == ["password-wrong"])
        _ = try await trust.signIn()
    }

    @Test("After closing, the address can be used for a new account that is another one")
    func again() async throws {
        let requester = try await trust.requester()
        try await accounts.close(requester, password: AccountsWorld.good, browser: trust.browser())
        trust.world.advance(seconds: 3600)
        let new = try await trust.requester()
        #expect(new.account != requester.account)
    }
}
