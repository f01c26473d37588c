import Casework
import Rights
import Store
import TestSupport
import Testing

@Suite("Creating an account and setting its password")
struct AccountsRegisteringTests {
    private let trust: AccountsWorld
    private let email = "a.requester@example.org"
    private var accounts: Accounts { trust.accounts }

    init() throws {
        trust = try AccountsWorld()
    }

    private func register(_ email: String, again: String? = nil) async throws -> [String] {
        try await refusals {
            try await accounts.register(email: email, again: again ?? email, browser: trust.browser())
        }
    }

    private func setPassword(through link: Token, _ password: String = AccountsWorld.good) async throws -> [String] {
        try await refusals {
            try await accounts.setPassword(password, again: password, through: link, browser: trust.browser())
        }
    }

    private func signIn(_ password: String = AccountsWorld.good) async throws -> [String] {
        try await refusals { try await trust.signIn(password: password) }
    }

    @Test("From the form to the first sign-in")
    func whole() async throws {
        #expect(try await register(email).isEmpty)
        let link = try trust.box.link(to: email)
        let set = try await accounts.setPassword(
            AccountsWorld.good, again: AccountsWorld.good, through: link, browser: trust.browser())
        #expect(set.isNew)
        #expect(try await signIn().isEmpty)
    }

    @Test("The two addresses may differ in capitals and space around them, and in nothing else")
    func addresses() async throws {
        #expect(try await register(" A.Requester@Example.org ", again: "a.requester@example.ORG").isEmpty)
        #expect(trust.box.mails(to: "A.Requester@Example.org").count == 1)
        #expect(try await register(email, again: "b.requester@example.org") == ["email-mismatch"])
        #expect(try await register(email, again: "") == ["email-missing"])
        #expect(try await register("", again: "") == ["email-missing", "email-missing"])
        #expect(try await register("nonsense") == ["email-format"])
    }

    @Test("A known address gets the same answer and another mail")
    func known() async throws {
        try await trust.register(email)
        let before = trust.box.mails(to: email).count
        let known = try await accounts.register(email: email, again: email, browser: trust.browser())
        let unknown = try await accounts.register(
            email: "b.requester@example.org", again: "b.requester@example.org", browser: trust.browser())
        #expect(known.text == email)
        #expect(unknown.text == "b.requester@example.org")
        let mails = trust.box.mails(to: email)
        #expect(mails.count == before + 1)
        #expect(mails.last == .knownAddress)
        guard case .verify = trust.box.mails(to: "b.requester@example.org").last else {
            Issue.record("no verification")
            return
        }
        #expect(try await signIn().isEmpty, "the account is as it was")
    }

    @Test("Asking runs the same statements whether or not the address has an account")
    func sameWork() async throws {
        try await trust.register(email)
        func rows(_ body: () async throws -> Void) async throws -> [Int] {
            func counts() async throws -> [Int] {
                try await trust.store.read { transaction in
                    [
                        try transaction.first("SELECT count(*) FROM account") { try $0.integer(0) },
                        try transaction.first("SELECT count(*) FROM mailed_link") { try $0.integer(0) },
                        try transaction.first("SELECT count(*) FROM account_event") { try $0.integer(0) },
                    ].compactMap(\.self)
                }
            }
            let before = try await counts()
            let letters = trust.box.all.count
            try await body()
            return zip(try await counts(), before).map { $0 - $1 } + [trust.box.all.count - letters]
        }
        let known = try await rows { _ = try await register(email) }
        let unknown = try await rows { _ = try await register("b.requester@example.org") }
        #expect(known == unknown)
        #expect(known == [0, 1, 1, 1])
        trust.world.advance(seconds: 3600)
        let forgotKnown = try await rows { try await accounts.forgotPassword(email: email, browser: trust.browser()) }
        let forgotUnknown = try await rows {
            try await accounts.forgotPassword(email: "c.requester@example.org", browser: trust.browser())
        }
        #expect(forgotKnown == forgotUnknown)
    }

    @Test("Looking at a link, as a scanner does, uses nothing up")
    func scanner() async throws {
        _ = try await register(email)
        let link = try trust.box.link(to: email)
        for _ in 0..<5 {
            guard case .good(_, email) = try await accounts.standing(of: link) else { Issue.record("used up"); return }
        }
        #expect(try await setPassword(through: link).isEmpty)
    }

    @Test("A link works once")
    func reused() async throws {
        _ = try await register(email)
        let link = try trust.box.link(to: email)
        #expect(try await setPassword(through: link).isEmpty)
        #expect(try await setPassword(through: link, AccountsWorld.better) == ["link-used"])
        #expect(try await accounts.standing(of: link) == .used)
        #expect(try await signIn().isEmpty)
        #expect(try await signIn(AccountsWorld.better) == ["sign-in-wrong"])
    }

    @Test("A password that is refused does not use the link up")
    func refusedPassword() async throws {
        _ = try await register(email)
        let link = try trust.box.link(to: email)
        #expect(try await setPassword(through: link, "password1") == ["password-common"])
        let mismatch = try await refusals {
            try await accounts.setPassword(
                AccountsWorld.good, again: AccountsWorld.better, through: link, browser: trust.browser())
        }
        #expect(mismatch == ["password-mismatch"])
        #expect(try await setPassword(through: link).isEmpty)
    }

    @Test("A link expires after a day, and another can be sent to the same address and nowhere else")
    func expired() async throws {
        _ = try await register(email)
        let link = try trust.box.link(to: email)
        trust.world.advance(seconds: 24 * 3600)
        #expect(try await setPassword(through: link) == ["link-expired"])
        try await accounts.entrance.sendLinkAgain(link)
        #expect(trust.box.mails(to: email).count == 2)
        #expect(try await setPassword(through: try trust.box.link(to: email)).isEmpty)
    }

    @Test("A newer link takes the worth from the older ones")
    func superseded() async throws {
        _ = try await register(email)
        let old = try trust.box.link(to: email)
        trust.world.advance(seconds: 61)
        _ = try await register(email)
        #expect(try await setPassword(through: old) == ["link-superseded"])
        #expect(try await setPassword(through: try trust.box.link(to: email)).isEmpty)
    }

    @Test("Asking for an account at somebody's address does not spoil the reset link on its way to them")
    func noSpoiling() async throws {
        try await trust.register(email)
        try await accounts.forgotPassword(email: email, browser: trust.browser())
        let link = try trust.box.link(to: email)
        trust.world.advance(seconds: 60)
        _ = try await register(email)
        #expect(trust.box.mails(to: email).last == .knownAddress)
        #expect(try await setPassword(through: link, AccountsWorld.better).isEmpty)
    }

    @Test("A second mail within a minute, or a sixth within the hour, is not sent, and the answer is the same")
    func delay() async throws {
        _ = try await register(email)
        trust.world.advance(seconds: 59)
        #expect(try await register(email).isEmpty)
        #expect(trust.box.mails(to: email).count == 1)
        for _ in 0..<9 {
            trust.world.advance(seconds: 60)
            #expect(try await register(email).isEmpty)
        }
        #expect(trust.box.mails(to: email).count == 5)
        trust.world.advance(seconds: 3600)
        _ = try await register(email)
        #expect(trust.box.mails(to: email).count == 6)
    }

    @Test("A link of somebody's own making opens nothing")
    func forged() async throws {
        let forged = Token(random: Array(repeating: 9, count: 32))
        #expect(try await accounts.standing(of: forged) == .unknown)
        #expect(try await setPassword(through: forged) == ["link-unknown"])
        try await accounts.entrance.sendLinkAgain(forged)
        #expect(trust.box.all.isEmpty)
    }

    @Test("Before the link was used there is nothing to sign in to")
    func unverified() async throws {
        _ = try await register(email)
        #expect(try await signIn() == ["sign-in-wrong"])
    }

    @Test("A forgotten password is set anew through the mail, and every session ends")
    func forgotten() async throws {
        try await trust.register(email)
        let one = try await trust.signIn()
        let two = try await trust.signIn(keep: true)
        try await accounts.forgotPassword(email: email, browser: trust.browser())
        let link = try trust.box.link(to: email)
        let isNew = try await accounts.setPassword(
            AccountsWorld.better, again: AccountsWorld.better, through: link, browser: trust.browser()
        ).isNew
        #expect(!isNew)
        #expect(try await accounts.requester(with: one.token) == nil)
        #expect(try await accounts.requester(with: two.token) == nil)
        #expect(trust.box.mails(to: email).last == .passwordChanged)
        #expect(try await signIn() == ["sign-in-wrong"])
        #expect(try await signIn(AccountsWorld.better).isEmpty)
    }

    @Test("A reset link expires after an hour")
    func resetExpires() async throws {
        try await trust.register(email)
        try await accounts.forgotPassword(email: email, browser: trust.browser())
        let link = try trust.box.link(to: email)
        trust.world.advance(seconds: 3600)
        #expect(try await setPassword(through: link, AccountsWorld.better) == ["link-expired"])
    }

    @Test("Asking for a new password at an unknown address tells only its mailbox that it is unknown")
    func forgottenUnknown() async throws {
        try await accounts.forgotPassword(email: email, browser: trust.browser())
        #expect(trust.box.mails(to: email) == [.unknownAddress])
    }

    @Test("A reset cannot get around the second step")
    func resetKeepsSecondStep() async throws {
        _ = try await trust.requesterWithNumber()
        try await accounts.forgotPassword(email: email, browser: trust.browser())
        #expect(try await setPassword(through: try trust.box.link(to: email), AccountsWorld.better).isEmpty)
        let answer = try await accounts.entrance.signIn(
            email: email, password: AccountsWorld.better, keep: false, browser: trust.browser())
        guard case .needsCode = answer else { Issue.record("no code was asked for"); return }
    }

    @Test("Two tabs with one link make one account")
    func twoTabs() async throws {
        _ = try await register(email)
        let link = try trust.box.link(to: email)
        async let one = setPassword(through: link)
        async let two = setPassword(through: link)
        let answers = try await [one, two]
        #expect(answers.filter(\.isEmpty).count == 1)
        #expect(answers.contains(["link-used"]))
    }
}
