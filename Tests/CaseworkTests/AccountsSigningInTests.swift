import Rights
import Store
import TestSupport
import Testing

@testable import Casework

@Suite("Signing in and sessions")
struct AccountsSigningInTests {
    private let trust: AccountsWorld
    private let email = "a.requester@example.org"
    private var door: Entrance { trust.accounts.entrance }

    init() throws {
        trust = try AccountsWorld()
    }

    @Test("A wrong password and an unknown address have the same answer, to the letter, also once they must wait")
    func sameAnswer() async throws {
        try await trust.register()
        for _ in 0..<8 {
            let known = try await trust.tryPassword("wrong", email: email)
            let unknown = try await trust.tryPassword("wrong", email: "nobody@example.org")
            #expect(known == unknown)
            #expect(!known.isEmpty)
        }
        #expect(try await trust.tryPassword("wrong").map(\.code) == ["sign-in-wait"])
    }

    @Test("What was left empty is named, both fields at once")
    func empty() async throws {
        #expect(try await trust.tryPassword("", email: "").map(\.field) == ["email", "password"])
    }

    @Test("The address is found in capitals and with space around it")
    func address() async throws {
        try await trust.register()
        #expect(try await trust.tryPassword(AccountsWorld.good, email: " A.REQUESTER@example.org ").isEmpty)
    }

    @Test("After five wrong passwords the next try must wait half a minute, then longer, a quarter of an hour at most")
    func growing() async throws {
        try await trust.register()
        for _ in 0..<5 { #expect(try await trust.tryPassword("wrong").map(\.code) == ["sign-in-wrong"]) }
        #expect(try await trust.tryPassword(AccountsWorld.good).map(\.code) == ["sign-in-wait"])
        trust.world.advance(seconds: 29)
        #expect(try await trust.tryPassword(AccountsWorld.good).map(\.code) == ["sign-in-wait"])
        trust.world.advance(seconds: 1)
        #expect(try await trust.tryPassword("wrong").map(\.code) == ["sign-in-wrong"])
        trust.world.advance(seconds: 59)
        #expect(try await trust.tryPassword(AccountsWorld.good).map(\.code) == ["sign-in-wait"])
        trust.world.advance(seconds: 1)
        #expect(try await trust.tryPassword(AccountsWorld.good).isEmpty)
        #expect(try await trust.tryPassword("wrong").map(\.code) == ["sign-in-wrong"], "counted afresh")
    }

    @Test("Waits double from half a minute and end at a quarter of an hour")
    func waits() {
        let now = Moment(milliseconds: 1_750_000_000_000)
        func wait(_ failures: Int) -> Int {
            let tried = (0..<failures).map { _ in
                StoredAccountEvent(
                    at: now, kind: .wrongPassword, source: "192.0.2.1", isKnownDevice: false, doneBy: "", note: "")
            }
            return Throttle.wait(
                tried: tried, fromPlace: (0, nil), source: "192.0.2.1", isKnownDevice: false, at: now)
        }
        #expect([4, 5, 6, 7, 8, 9, 10, 11, 40].map(wait) == [0, 30, 60, 120, 240, 480, 900, 900, 900])
    }

    @Test(
        "Addresses of one IPv6 network are one place",
        arguments: [
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"), ("2001:db8:1:2::9", "2001:db8:1:2"),
            ("2001:db8::1", "2001:db8:0:0"),
            ("::1", "0:0:0:0"), ("192.0.2.1", "192.0.2.1"),
        ])
    func places(address: String, place: String) {
        #expect(Browser(address: address, userAgent: "").source == place)
    }

    @Test("Tries at the same time are counted before they are judged")
    func concurrent() async throws {
        try await trust.register()
        let codes = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<12 { group.addTask { try await trust.tryPassword("wrong").map(\.code) } }
            return try await group.reduce(into: [[String]]()) { $0.append($1) }
        }
        #expect(codes.filter { $0 == ["sign-in-wrong"] }.count == 5)
        #expect(codes.filter { $0 == ["sign-in-wait"] }.count == 7)
    }

    @Test("When hashing is busy nobody is blamed for it")
    func busy() async throws {
        let full = try AccountsWorld(longestLine: 0)
        for _ in 0..<6 {
            let codes = try await refusals { try await full.signIn(password: "wrong") }
            #expect(codes == ["busy"])
        }
    }

    @Test("Every sign-in gets tokens of its own, and ends the session whose cookie came along")
    func fixation() async throws {
        try await trust.register()
        let planted = Token(random: Array(repeating: 5, count: 32))
        let first = try await trust.signIn(browser: trust.browser(session: planted))
        #expect(first.token != planted)
        #expect(try await trust.accounts.requester(with: planted) == nil)
        let second = try await trust.signIn(browser: trust.browser(session: first.token))
        #expect(second.token != first.token)
        #expect(try await trust.accounts.requester(with: first.token) == nil)
        #expect(try await trust.accounts.requester(with: second.token) != nil)
    }

    @Test("Of a session only the digest of its token is kept")
    func digestOnly() async throws {
        try await trust.register()
        let session = try await trust.signIn()
        let kept = try await trust.store.read { try $0.all("SELECT digest FROM session") { try $0.text(0) } }
        #expect(kept == [session.token.digest])
        #expect(try await trust.accounts.requester(with: try #require(Token(session.token.text))) != nil)
    }

    @Test("A session ends half an hour after the last visit, and after twelve hours whatever happens")
    func idle() async throws {
        try await trust.register()
        let idle = try await trust.signIn()
        trust.world.advance(seconds: 29 * 60)
        #expect(try await trust.accounts.requester(with: idle.token) != nil)
        trust.world.advance(seconds: 29 * 60)
        #expect(try await trust.accounts.requester(with: idle.token) != nil)
        trust.world.advance(seconds: 30 * 60)
        #expect(try await trust.accounts.requester(with: idle.token) == nil)

        let busy = try await trust.signIn()
        for _ in 0..<35 {
            trust.world.advance(seconds: 20 * 60)
            #expect(try await trust.accounts.requester(with: busy.token) != nil)
        }
        trust.world.advance(seconds: 20 * 60)
        #expect(try await trust.accounts.requester(with: busy.token) == nil)
    }

    @Test("Keep me logged in is off unless ticked; ticked it lasts two weeks between visits and a month at most")
    func keep() async throws {
        try await trust.register()
        #expect(try await trust.signIn().keptUntil == nil)
        let kept = try await trust.signIn(keep: true)
        #expect(kept.keptUntil == trust.world.now + 30 * 24 * 3600)
        trust.world.advance(days: 13)
        #expect(try await trust.accounts.requester(with: kept.token) != nil)
        trust.world.advance(days: 13)
        #expect(try await trust.accounts.requester(with: kept.token) != nil)
        trust.world.advance(days: 4)
        #expect(try await trust.accounts.requester(with: kept.token) == nil)
    }

    @Test("Sessions are listed with their browser, the last seen first, and can be ended")
    func list() async throws {
        let here = try await trust.requester()
        trust.world.advance(seconds: 60)
        let there = try await trust.signIn(browser: trust.browser(from: "198.51.100.1"))
        let holder = Holder.requester(here.account)
        let listed = try await door.sessions(of: holder)
        #expect(listed.map(\.device) == ["Firefox on Linux", "Firefox on Linux"])
        let other = try #require(listed.first { $0.id != here.session })
        try await door.endSession(other.id, of: holder)
        #expect(try await trust.accounts.requester(with: there.token) == nil)
        #expect(try await door.sessions(of: holder).map(\.id) == [here.session])
    }

    @Test("Nobody ends another's session, and a session ends once")
    func foreignSession() async throws {
        let one = try await trust.requester()
        let two = try await trust.requester("b.requester@example.org")
        await #expect(throws: Problem.notFound) {
            try await door.endSession(two.session, of: .requester(one.account))
        }
        try await door.endSession(two.session, of: .requester(two.account))
        await #expect(throws: Problem.notFound) {
            try await door.endSession(two.session, of: .requester(two.account))
        }
    }

    @Test("Signing out ends the session")
    func signOut() async throws {
        try await trust.register()
        let session = try await trust.signIn()
        try await door.signOut(session.token)
        #expect(try await trust.accounts.requester(with: session.token) == nil)
        try await door.signOut(session.token)
    }

    @Test("A requester's session opens nothing on the desk")
    func wrongDoor() async throws {
        try await trust.register()
        let session = try await trust.signIn()
        #expect(try await trust.staff.staff(with: session.token) == nil)
        let codes = try await refusals {
            try await trust.staff.entrance.signIn(
                email: email, password: AccountsWorld.good, keep: false, browser: trust.browser())
        }
        #expect(codes == ["sign-in-wrong"])
    }

    @Test("Every sign-in and every failure is in the record, and the address typed is not")
    func record() async throws {
        let requester = try await trust.requester()
        _ = try await trust.tryPassword("wrong")
        let kinds = try await trust.store.read { try $0.events(of: .requester(requester.account)).map(\.kind) }
        #expect(kinds == [.wrongPassword, .rightPassword, .signedIn, .passwordSet].sorted { order($0) < order($1) })
        _ = try await trust.tryPassword("wrong", email: "my secret typed into the wrong field")
        let texts = try await trust.store.read {
            try $0.all("SELECT email_digest || source || note || done_by FROM account_event") { try $0.text(0) }
        }
        #expect(!texts.contains { $0.contains("secret") || $0.contains("example.org") })
    }

    @Test("Sign-ins, refusals and sign-outs are in the access log, which is never cut")
    func accessLog() async throws {
        try await trust.register()
        _ = try await trust.tryPassword("wrong")
        _ = try await trust.tryPassword("wrong", email: "nobody@example.org")
        let session = try await trust.signIn()
        try await door.signOut(session.token)
        let account = try #require(try await trust.store.read { try $0.account(email: email, on: .portal) })
        let (own, nobody) = try await trust.store.read {
            (try $0.accesses(by: "requester:\(account.id.text)"), try $0.accesses(by: "nobody:portal"))
        }
        #expect(own.map(\.what) == [.signedOut, .signedIn, .signInRefused])
        #expect(nobody.map(\.what) == [.signInRefused])
    }

    private func order(_ kind: AccountEvent) -> Int {
        switch kind {
        case .wrongPassword: 0
        case .signedIn: 1
        case .rightPassword: 2
        default: 3
        }
    }

    @Test("A password hashed with too little work is hashed again at the next sign-in")
    func rehash() async throws {
        try await trust.register()
        let dear = Entrance(
            to: .portal, rules: .portal, passwordRules: door.passwordRules, store: trust.store,
            surroundings: trust.world.surroundings,
            passwords: Passwords(
                cost: Passwords.Cost(logRounds: 3, blockSize: 1, parallelism: 1),
                random: trust.world.surroundings.random), posting: trust.box)
        _ = try await dear.signIn(email: email, password: AccountsWorld.good, keep: false, browser: trust.browser())
        let kept = try await trust.store.read { try $0.account(email: email, on: .portal)?.password }
        #expect(kept?.hasPrefix("$scrypt$ln=3,") == true)
        #expect(try await trust.tryPassword(AccountsWorld.good).isEmpty)
    }

    @Test("What nobody can use any more is removed, and what can be stays")
    func sweep() async throws {
        try await trust.register()
        _ = try await trust.signIn()
        trust.world.advance(days: 9)
        let session = try await trust.signIn()
        try await door.sweep()
        #expect(try await trust.accounts.requester(with: session.token) != nil)
        let left = try await trust.store.read {
            (
                try $0.first("SELECT count(*) FROM session") { try $0.integer(0) },
                try $0.first("SELECT count(*) FROM mailed_link") { try $0.integer(0) }
            )
        }
        #expect(left.0 == 1)
        #expect(left.1 == 0)
    }
}
