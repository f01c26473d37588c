import Casework
import Rights
import Store
import TestSupport
import Testing

@Suite("Staff accounts")
struct AccountsStaffTests {
    private let trust: AccountsWorld
    private var staff: StaffAccounts { trust.staff }
    private let email = "new.handler@example.org"

    init() throws {
        trust = try AccountsWorld()
    }

    private func bootstrap() async throws -> Token {
        try await staff.bootstrap(
            AccountsWorld.details("first.admin@example.org", roles: ["administrator"])
        ).link
    }

    private func signIn(_ email: String) async throws -> [String] {
        try await refusals {
            try await staff.entrance.signIn(
                email: email, password: AccountsWorld.good, keep: false, browser: trust.browser())
        }
    }

    @Test("The first administrator comes in by a link printed once, and must prove a second factor")
    func first() async throws {
        let link = try await bootstrap()
        #expect(trust.box.all.isEmpty, "the link is mailed to nobody")
        #expect(try await staff.setUpStage(of: link) == .choose(email: "first.admin@example.org"))
        try await staff.choose(password: AccountsWorld.good, again: AccountsWorld.good, factor: .app, through: link)
        #expect(try await signIn("first.admin@example.org") == ["sign-in-wrong"], "a password alone is not enough")
        let (administrator, _) = try await trust.firstAdministrator()
        #expect(administrator.permissions.contains(.administer))
        #expect(administrator.label == "M. Example, Medico-Legal")
    }

    @Test("That link lasts an hour, works once, and a newer one takes its place")
    func bootstrapLink() async throws {
        let first = try await bootstrap()
        let second = try await bootstrap()
        #expect(try await staff.standing(of: first) == .superseded)
        trust.world.advance(seconds: 3600)
        #expect(try await staff.standing(of: second) == .expired)
        let third = try await bootstrap()
        _ = try await trust.setUp(through: third)
        #expect(try await staff.standing(of: third) == .used)
    }

    @Test("Once there is an administrator, no other link is printed")
    func onlyFirst() async throws {
        _ = try await trust.firstAdministrator()
        #expect(try await refusals { try await bootstrap() } == ["already-set-up"])
    }

    @Test("The first account must be able to let others in")
    func firstMustAdminister() async throws {
        let codes = try await refusals { try await staff.bootstrap(AccountsWorld.details(email)) }
        #expect(codes == ["role-missing"])
    }

    @Test("An invitation is mailed, sets password and app, and lets in with the policy's permissions")
    func invite() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        let id = try await staff.invite(AccountsWorld.details(email), by: administrator)
        let codes = try await trust.setUp(through: try trust.box.link(to: email))
        let session = try await trust.enter(email, codes)
        let signedIn = try #require(try await staff.staff(with: session.token))
        #expect(signedIn.staff.id == id)
        #expect(signedIn.staff.permissions == [.viewCases, .runClock])
        #expect(signedIn.staff.own.email == email)
    }

    @Test("With a mobile number instead of an app")
    func byText() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        _ = try await staff.invite(AccountsWorld.details(email), by: administrator)
        let link = try trust.box.link(to: email)
        try await staff.choose(
            password: AccountsWorld.good, again: AccountsWorld.good, factor: .text(phone: "07700 900123"), through: link
        )
        #expect(try await staff.setUpStage(of: link) == .text(email: email, maskedPhone: "ending in 123"))
        try await staff.finishSetUp(code: try trust.box.code(), through: link, browser: trust.browser())
        trust.world.advance(seconds: 60)
        let answer = try await staff.entrance.signIn(
            email: email, password: AccountsWorld.good, keep: false, browser: trust.browser())
        guard case .needsCode(let step, _) = answer else { Issue.record("no code asked for"); return }
        let session = try await staff.entrance.enterCode(try trust.box.code(), step: step, browser: trust.browser())
        #expect(try await staff.staff(with: session.token) != nil)
    }

    @Test("Changing one's mind about the number while setting up needs the new number's code")
    func otherNumber() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        _ = try await staff.invite(AccountsWorld.details(email), by: administrator)
        let link = try trust.box.link(to: email)
        try await staff.choose(
            password: AccountsWorld.good, again: AccountsWorld.good, factor: .text(phone: "07700 900123"), through: link
        )
        let oldCode = try trust.box.code()
        trust.world.advance(seconds: 60)
        try await staff.chooseAgain(through: link)
        try await staff.choose(
            password: AccountsWorld.good, again: AccountsWorld.good, factor: .text(phone: "07700 900456"), through: link
        )
        let codes = try await refusals {
            try await staff.finishSetUp(code: oldCode, through: link, browser: trust.browser())
        }
        #expect(codes == ["code-wrong"])
        try await staff.finishSetUp(code: try trust.box.code(), through: link, browser: trust.browser())
    }

    @Test("A short password, a common one, a wrong number: every reason at once, and the link stays good")
    func choiceRefused() async throws {
        let link = try await bootstrap()
        let codes = try await refusals {
            try await staff.choose(password: "pelican", again: "pelikan", factor: .text(phone: "12"), through: link)
        }
        #expect(codes == ["password-short", "password-mismatch", "phone-format"])
        _ = try await trust.setUp(through: link)
    }

    @Test("A wrong code while setting up changes nothing")
    func wrongCode() async throws {
        let link = try await bootstrap()
        try await staff.choose(password: AccountsWorld.good, again: AccountsWorld.good, factor: .app, through: link)
        guard case .app(_, let codes, let address) = try await staff.setUpStage(of: link) else {
            Issue.record("no secret is shown")
            return
        }
        #expect(address.hasPrefix("otpauth://totp/Exampleton:first.admin%40example.org?secret="))
        let wrong = codes.now(trust.world) == "000000" ? "000001" : "000000"
        let refused = try await refusals {
            try await staff.finishSetUp(code: wrong, through: link, browser: trust.browser())
        }
        #expect(refused == ["code-wrong"])
        #expect(try await signIn("first.admin@example.org") == ["sign-in-wrong"])
    }

    @Test("An app's code works once")
    func replay() async throws {
        let (_, codes) = try await trust.firstAdministrator()
        func step() async throws -> Token {
            let answer = try await staff.entrance.signIn(
                email: "first.admin@example.org", password: AccountsWorld.good, keep: false, browser: trust.browser())
            guard case .needsCode(let step, _) = answer else { throw Unexpected(what: "\(answer)") }
            return step
        }
        let code = codes.now(trust.world)
        let first = try await step()
        let second = try await step()
        _ = try await staff.entrance.enterCode(code, step: first, browser: trust.browser())
        let codesAgain = try await refusals {
            try await staff.entrance.enterCode(code, step: second, browser: trust.browser())
        }
        #expect(codesAgain == ["code-wrong"])
    }

    @Test("The code that proved the app while setting up does not sign in")
    func setUpCodeIsSpent() async throws {
        let link = try await bootstrap()
        try await staff.choose(password: AccountsWorld.good, again: AccountsWorld.good, factor: .app, through: link)
        guard case .app(_, let codes, _) = try await staff.setUpStage(of: link) else { throw Unexpected(what: "stage") }
        let code = codes.now(trust.world)
        try await staff.finishSetUp(code: code, through: link, browser: trust.browser())
        let answer = try await staff.entrance.signIn(
            email: "first.admin@example.org", password: AccountsWorld.good, keep: false, browser: trust.browser())
        guard case .needsCode(let step, _) = answer else { throw Unexpected(what: "\(answer)") }
        let refused = try await refusals {
            try await staff.entrance.enterCode(code, step: step, browser: trust.browser())
        }
        #expect(refused == ["code-wrong"])
    }

    @Test("After five wrong codes of an app one must wait, even with the right one")
    func appAttempts() async throws {
        let (_, codes) = try await trust.firstAdministrator()
        let answer = try await staff.entrance.signIn(
            email: "first.admin@example.org", password: AccountsWorld.good, keep: false, browser: trust.browser())
        guard case .needsCode(let step, _) = answer else { throw Unexpected(what: "\(answer)") }
        func enter(_ code: String) async throws -> [String] {
            try await refusals { try await staff.entrance.enterCode(code, step: step, browser: trust.browser()) }
        }
        let wrong = codes.now(trust.world) == "000000" ? "000001" : "000000"
        for _ in 0..<5 { #expect(try await enter(wrong) == ["code-wrong"]) }
        #expect(try await enter(codes.now(trust.world)) == ["code-wait"])
        trust.world.advance(seconds: 15 * 60)
        #expect(try await enter(codes.now(trust.world)).isEmpty)
    }

    @Test("Neither an app's secret nor a mobile code is kept readable")
    func sealed() async throws {
        let (_, codes) = try await trust.firstAdministrator()
        let kept = try await trust.store.read {
            try $0.all("SELECT app_secret FROM account WHERE app_secret IS NOT NULL") { try $0.text(0) }
        }
        let plain = codes.secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(kept.count == 1)
        #expect(!kept[0].contains(plain))
    }

    @Test("The database itself refuses staff with a password and no second factor")
    func schema() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        await #expect(throws: StoreError.self) {
            try await trust.store.write {
                _ = try $0.execute("UPDATE account SET app_secret = NULL WHERE id = $1", administrator.id)
            }
        }
    }

    @Test("Temporary staff come in on their last day and not on the next, and an open session ends then")
    func temporary() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        let today = trust.world.surroundings.today
        _ = try await staff.invite(AccountsWorld.details(email, endsOn: today), by: administrator)
        let codes = try await trust.setUp(through: try trust.box.link(to: email))
        trust.world.advance(seconds: 3600)
        let session = try await trust.enter(email, codes)
        #expect(try await staff.staff(with: session.token) != nil)
        while trust.world.surroundings.today == today {
            trust.world.advance(seconds: 20 * 60)
            _ = try await staff.staff(with: session.token)
        }
        #expect(try await staff.staff(with: session.token) == nil)
        #expect(try await signIn(email) == ["access-ended"])
    }

    @Test("Deactivated staff are out at once, and come back only through a new link")
    func deactivate() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        let id = try await staff.invite(AccountsWorld.details(email), by: administrator)
        let codes = try await trust.setUp(through: try trust.box.link(to: email))
        let session = try await trust.enter(email, codes)
        try await staff.deactivate(id, by: administrator)
        #expect(try await staff.staff(with: session.token) == nil)
        #expect(try await signIn(email) == ["sign-in-wrong"])
        try await staff.reactivate(id, by: administrator)
        #expect(try await signIn(email) == ["sign-in-wrong"])
        let fresh = try await trust.setUp(through: try trust.box.link(to: email))
        #expect(try await staff.staff(with: try await trust.enter(email, fresh).token) != nil)
    }

    @Test("An invitation to somebody deactivated is worth nothing")
    func deactivatedInvitation() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        let id = try await staff.invite(AccountsWorld.details(email), by: administrator)
        let link = try trust.box.link(to: email)
        try await staff.deactivate(id, by: administrator)
        #expect(try await staff.standing(of: link) == .superseded)
    }

    @Test("The address of somebody deactivated can go to other staff, who then keep it")
    func addressTaken() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        let id = try await staff.invite(AccountsWorld.details(email), by: administrator)
        let twice = try await refusals { try await staff.invite(AccountsWorld.details(email), by: administrator) }
        #expect(twice == ["email-taken"])
        try await staff.deactivate(id, by: administrator)
        _ = try await staff.invite(AccountsWorld.details(email), by: administrator)
        let back = try await refusals { try await staff.reactivate(id, by: administrator) }
        #expect(back == ["email-taken"])
    }

    @Test("Who lost the app is let back in by an administrator who says how they checked, and sets up anew")
    func reset() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        let id = try await staff.invite(AccountsWorld.details(email), by: administrator)
        let codes = try await trust.setUp(through: try trust.box.link(to: email))
        let session = try await trust.enter(email, codes)
        let noReason = try await refusals { try await staff.resetSignIn(of: id, by: administrator, reason: "") }
        #expect(noReason == ["reason-missing"])
        try await staff.resetSignIn(of: id, by: administrator, reason: "Came to the office with the badge")
        #expect(try await staff.staff(with: session.token) == nil)
        #expect(try await signIn(email) == ["sign-in-wrong"])
        let record = try await staff.record(of: id, for: administrator)
        let line = try #require(record.first { $0.kind == .secondFactorRemoved })
        #expect(line.doneBy == administrator.label)
        #expect(line.note == "Came to the office with the badge")
        _ = try await trust.setUp(through: try trust.box.link(to: email))
    }

    @Test("The last administrator without an end cannot be removed, demoted, reset or given an end")
    func lastAdministrator() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        var details = AccountsWorld.details("first.admin@example.org", roles: ["handler"])
        let demoted = try await refusals { try await staff.change(administrator.id, to: details, by: administrator) }
        #expect(demoted == ["last-administrator"])
        details.roles = ["administrator"]
        details.endsOn = Day("2026-12-31")
        let ended = try await refusals { try await staff.change(administrator.id, to: details, by: administrator) }
        #expect(ended == ["last-administrator"])
        let removed = try await refusals { try await staff.deactivate(administrator.id, by: administrator) }
        #expect(removed == ["last-administrator"])
        let reset = try await refusals {
            try await staff.resetSignIn(of: administrator.id, by: administrator, reason: "Lost")
        }
        #expect(reset == ["last-administrator"])
        #expect(try await staff.find(administrator.id, for: administrator).roles == ["administrator"])
    }

    @Test("A change of roles works at once and is in the record")
    func roles() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        let id = try await staff.invite(AccountsWorld.details(email), by: administrator)
        let codes = try await trust.setUp(through: try trust.box.link(to: email))
        let session = try await trust.enter(email, codes)
        try await staff.change(
            id, to: AccountsWorld.details("ignored@example.org", roles: ["handler", "administrator"]), by: administrator
        )
        let now = try #require(try await staff.staff(with: session.token))
        #expect(now.staff.permissions.contains(.administer))
        #expect(now.staff.own.email == email)
        let record = try await staff.record(of: id, for: administrator)
        #expect(record.first?.note == "roles handler to administrator+handler")
    }

    @Test("Every fault in the details is said at once")
    func details() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        let bad = StaffDetails(email: "x", name: " ", department: "none", roles: ["king"], nhsNumber: "123")
        let codes = try await refusals { try await staff.invite(bad, by: administrator) }
        #expect(codes == ["email-format", "name-missing", "department-missing", "role-missing", "nhs-number-wrong"])
    }

    @Test("Who does not administer sees and changes nobody")
    func permission() async throws {
        let (administrator, _) = try await trust.firstAdministrator()
        let handler = Staff(
            id: administrator.id, label: "M. Example", department: "medico-legal", permissions: [.viewCases],
            own: administrator.own)
        await #expect(throws: Problem.self) { try await staff.all(for: handler) }
        await #expect(throws: Problem.self) { try await staff.find(administrator.id, for: handler) }
        await #expect(throws: Problem.self) { try await staff.invite(AccountsWorld.details(email), by: handler) }
        await #expect(throws: Problem.self) { try await staff.deactivate(administrator.id, by: handler) }
        await #expect(throws: Problem.self) {
            try await staff.resetSignIn(of: administrator.id, by: handler, reason: "Because")
        }
    }

    @Test("A desk session ends after half an hour without a visit, and keeping it is not offered")
    func session() async throws {
        let (_, codes) = try await trust.firstAdministrator()
        let session = try await trust.enter("first.admin@example.org", codes)
        #expect(session.keptUntil == nil)
        trust.world.advance(seconds: 30 * 60)
        #expect(try await staff.staff(with: session.token) == nil)
    }
}
