import Casework
import Rights
import Store
import TestSupport
import Testing

@Suite("The second step by text message")
struct AccountsTwoFactorTests {
    private let trust: AccountsWorld
    private let email = "a.requester@example.org"
    private var accounts: Accounts { trust.accounts }
    private var door: Entrance { trust.accounts.entrance }

    init() throws {
        trust = try AccountsWorld()
    }

    private func step(_ browser: Browser? = nil) async throws -> Token {
        let answer = try await door.signIn(
            email: email, password: AccountsWorld.good, keep: true, browser: browser ?? trust.browser())
        guard case .needsCode(let step, _) = answer else { throw Unexpected(what: "\(answer)") }
        return step
    }

    private func enter(_ code: String, _ step: Token) async throws -> [String] {
        try await refusals { try await door.enterCode(code, step: step, browser: trust.browser()) }
    }

    /// A code that was not sent.
    private func wrongCode() throws -> String { try trust.box.code() == "999999" ? "999998" : "999999" }

    @Test("A number is registered only once its code is confirmed, and then every sign-in asks for a code")
    func registerNumber() async throws {
        let requester = try await trust.requester()
        try await accounts.registerNumber(
            "07700 900123", of: requester, password: AccountsWorld.good, browser: trust.browser())
        #expect(trust.box.texts.map(\.phone) == ["+447700900123"])
        #expect(try await accounts.profile(of: requester.account).maskedPhone == nil)
        _ = try await trust.signIn()
        try await accounts.confirmNumber(try trust.box.code(), of: requester, browser: trust.browser())
        #expect(try await accounts.profile(of: requester.account).maskedPhone == "ending in 123")
        #expect(trust.box.mails(to: email).last == .secondFactorChanged)
        trust.world.advance(seconds: 60)
        for _ in 0..<2 {
            let step = try await step()
            #expect(try await enter(try trust.box.code(), step).isEmpty)
            trust.world.advance(seconds: 60)
        }
    }

    @Test("Registering a number ends the other sessions and keeps the own")
    func endsOthers() async throws {
        let requester = try await trust.requester()
        let other = try await trust.signIn()
        try await accounts.registerNumber(
            "07700 900123", of: requester, password: AccountsWorld.good, browser: trust.browser())
        try await accounts.confirmNumber(try trust.box.code(), of: requester, browser: trust.browser())
        #expect(try await accounts.requester(with: other.token) == nil)
        #expect(try await door.sessions(of: .requester(requester.account)).map(\.id) == [requester.session])
    }

    @Test(
        "What is no mobile number is refused", arguments: ["", "  ", "12345", "01202 900123", "07700 90012", "call me"])
    func badNumber(text: String) async throws {
        let requester = try await trust.requester()
        let codes = try await refusals {
            try await accounts.registerNumber(
                text, of: requester, password: AccountsWorld.good, browser: trust.browser())
        }
        #expect(codes.count == 1 && codes[0].hasPrefix("phone-"))
        #expect(trust.box.texts.isEmpty)
    }

    @Test("Registering a number needs the password, and guessing it is slowed down as at the door")
    func registeringNeedsPassword() async throws {
        let requester = try await trust.requester()
        func codes(_ password: String) async throws -> [String] {
            try await refusals {
                try await accounts.registerNumber(
                    "07700 900123", of: requester, password: password, browser: trust.browser())
            }
        }
        #expect(try await codes("") == ["password-missing"])
        for _ in 0..<5 { #expect(try await codes("wrong") == ["password-wrong"]) }
        #expect(try await codes(AccountsWorld.good) == ["sign-in-wait"])
        #expect(trust.box.texts.isEmpty)
    }

    @Test("The password alone opens nothing")
    func passwordAlone() async throws {
        _ = try await trust.requesterWithNumber()
        let step = try await step()
        #expect(try await accounts.requester(with: step) == nil)
        #expect(try await door.awaitedCode(step: step) == .text(isDelayed: false))
    }

    @Test("A wrong code is refused, and the right one after it is not")
    func wrong() async throws {
        _ = try await trust.requesterWithNumber()
        let step = try await step()
        #expect(try await enter(try wrongCode(), step) == ["code-wrong"])
        #expect(try await enter("12 34", step) == ["code-format"])
        #expect(try await enter(try trust.box.code(), step).isEmpty)
    }

    @Test("A code and a step work once")
    func once() async throws {
        _ = try await trust.requesterWithNumber()
        let first = try await step()
        let code = try trust.box.code()
        let second = try await step()
        #expect(try trust.box.code() == code, "no other code within a minute")
        #expect(try await enter(code, first).isEmpty)
        #expect(try await enter(code, first) == ["start-again"])
        #expect(try await enter(code, second) == ["code-wrong"])
    }

    @Test("After five wrong codes the right one is no use, and another can be asked for")
    func spent() async throws {
        _ = try await trust.requesterWithNumber()
        let step = try await step()
        for _ in 0..<5 { #expect(try await enter(try wrongCode(), step) == ["code-wrong"]) }
        #expect(try await enter(try trust.box.code(), step) == ["code-spent"])
        trust.world.advance(seconds: 60)
        try await door.sendCodeAgain(step: step)
        #expect(try await enter(try trust.box.code(), step).isEmpty)
    }

    @Test("A code expires after ten minutes; then another is sent at once")
    func expires() async throws {
        _ = try await trust.requesterWithNumber()
        let step = try await step()
        let old = try trust.box.code()
        trust.world.advance(seconds: 10 * 60)
        #expect(try await enter(old, step) == ["code-expired"])
        #expect(try trust.box.code() != old)
        #expect(try await enter(try trust.box.code(), step).isEmpty)
    }

    @Test("After the time for the code is over, one starts again")
    func stepExpires() async throws {
        _ = try await trust.requesterWithNumber()
        let step = try await step()
        trust.world.advance(seconds: 20 * 60)
        #expect(try await enter(try trust.box.code(), step) == ["start-again"])
        #expect(try await door.awaitedCode(step: step) == nil)
    }

    @Test("Another code can be sent after a minute, and five in an hour")
    func resend() async throws {
        _ = try await trust.requesterWithNumber()
        let before = trust.box.texts.count
        let step = try await step()
        let tooSoon = try await refusals { try await door.sendCodeAgain(step: step) }
        #expect(tooSoon == ["code-delay"])
        for _ in 0..<4 {
            trust.world.advance(seconds: 60)
            try await door.sendCodeAgain(step: step)
        }
        trust.world.advance(seconds: 60)
        let tooMany = try await refusals { try await door.sendCodeAgain(step: step) }
        #expect(tooMany == ["code-delay"])
        #expect(trust.box.texts.count == before + 5)
        let older = trust.box.texts[before].code
        #expect(try await enter(older, step).isEmpty, "an older code stays good inside its time")
    }

    @Test("A code for one account is no use for another")
    func foreignCode() async throws {
        _ = try await trust.requesterWithNumber()
        _ = try await step()
        let code = try trust.box.code()
        let other = try await trust.requester("b.requester@example.org")
        try await accounts.registerNumber(
            "07700 900456", of: other, password: AccountsWorld.good, browser: trust.browser())
        let codes = try await refusals {
            try await accounts.confirmNumber(code, of: other, browser: trust.browser())
        }
        #expect(codes == ["code-wrong"])
    }

    @Test("A password changed after the first step ends that sign-in")
    func changedMeanwhile() async throws {
        let requester = try await trust.requesterWithNumber()
        let step = try await step()
        try await accounts.changePassword(
            of: requester, current: AccountsWorld.good, to: AccountsWorld.better, again: AccountsWorld.better,
            browser: trust.browser())
        #expect(try await enter(try trust.box.code(), step) == ["start-again"])
    }

    @Test("Turning it off needs the password and a code")
    func turnOff() async throws {
        let requester = try await trust.requesterWithNumber()
        let wrong = try await refusals {
            try await accounts.leaveNumber(of: requester, password: "wrong", browser: trust.browser())
        }
        #expect(wrong == ["password-wrong"])
        try await accounts.leaveNumber(of: requester, password: AccountsWorld.good, browser: trust.browser())
        let code = try wrongCode()
        let wrongCode = try await refusals {
            try await accounts.turnOff(code: code, of: requester, browser: trust.browser())
        }
        #expect(wrongCode == ["code-wrong"])
        try await accounts.turnOff(code: try trust.box.code(), of: requester, browser: trust.browser())
        #expect(try await accounts.profile(of: requester.account).maskedPhone == nil)
        _ = try await trust.signIn()
    }

    @Test("A code sent for signing in does not turn it off")
    func otherPurpose() async throws {
        let requester = try await trust.requesterWithNumber()
        _ = try await step()
        let code = try trust.box.code()
        let codes = try await refusals {
            try await accounts.turnOff(code: code, of: requester, browser: trust.browser())
        }
        #expect(codes == ["code-wrong"])
    }

    @Test("Changing the number needs the password and the codes of both numbers")
    func change() async throws {
        let requester = try await trust.requesterWithNumber()
        try await accounts.leaveNumber(
            of: requester, password: AccountsWorld.good, changingTo: "07700 900456", browser: trust.browser())
        let old = try trust.box.code(to: "+447700900123")
        let new = try trust.box.code(to: "+447700900456")
        let swapped = try await refusals {
            try await accounts.changeNumber(oldCode: new, newCode: old, of: requester, browser: trust.browser())
        }
        #expect(swapped == ["code-wrong"])
        let half = try await refusals {
            try await accounts.changeNumber(oldCode: old, newCode: old, of: requester, browser: trust.browser())
        }
        #expect(half == ["code-wrong"])
        try await accounts.changeNumber(oldCode: old, newCode: new, of: requester, browser: trust.browser())
        #expect(try await accounts.profile(of: requester.account).maskedPhone == "ending in 456")
    }

    @Test("A registered number cannot be replaced as if there were none")
    func noShortcut() async throws {
        let requester = try await trust.requesterWithNumber()
        await #expect(throws: Problem.self) {
            try await accounts.registerNumber(
                "07700 900456", of: requester, password: AccountsWorld.good, browser: trust.browser())
        }
    }

    @Test("Who lost the telephone goes to staff, who say how they checked, and that is in the record")
    func recovery() async throws {
        let requester = try await trust.requesterWithNumber()
        let (administrator, _) = try await trust.firstAdministrator()
        let noReason = try await refusals {
            try await accounts.removeSecondFactor(of: email, by: administrator, reason: " ")
        }
        #expect(noReason == ["reason-missing"])
        try await accounts.removeSecondFactor(
            of: email, by: administrator, reason: "Passport seen at the desk")
        _ = try await trust.signIn()
        let event = try await trust.store.read {
            try $0.events(of: .requester(requester.account)).first { $0.kind == .secondFactorRemoved }
        }
        #expect(event?.doneBy == administrator.label)
        #expect(event?.note == "Passport seen at the desk")
        #expect(trust.box.mails(to: email).last == .secondFactorChanged)
        let again = try await refusals {
            try await accounts.removeSecondFactor(of: email, by: administrator, reason: "Again")
        }
        let unknown = try await refusals {
            try await accounts.removeSecondFactor(of: "nobody@example.org", by: administrator, reason: "Again")
        }
        #expect(again == unknown)
    }

    @Test("Who lost a device is signed out everywhere by staff, who say how they checked, and that is in the record")
    func signedOutEverywhere() async throws {
        let requester = try await trust.requester()
        let other = try await trust.signIn()
        let (administrator, _) = try await trust.firstAdministrator()
        let faults = try await refusals {
            try await accounts.signOutEverywhere(email, by: administrator, reason: " ")
        }
        #expect(faults == ["reason-missing"])
        let unknown = try await refusals {
            try await accounts.signOutEverywhere("nobody@example.org", by: administrator, reason: "Passport seen")
        }
        #expect(unknown == ["no-account"])
        #expect(try await accounts.requester(with: other.token) != nil)
        try await accounts.signOutEverywhere(email, by: administrator, reason: "Passport seen at the desk")
        #expect(try await door.sessions(of: .requester(requester.account)).isEmpty)
        #expect(try await accounts.requester(with: other.token) == nil)
        let event = try await trust.store.read {
            try $0.events(of: .requester(requester.account)).first { $0.kind == .sessionEnded }
        }
        #expect(event?.doneBy == administrator.label && event?.note == "Passport seen at the desk")
        _ = try await trust.signIn()
    }

    @Test("Staff who do not administer cannot remove it, nor sign anybody out")
    func recoveryRefused() async throws {
        _ = try await trust.requesterWithNumber()
        let (administrator, _) = try await trust.firstAdministrator()
        let handler = Staff(
            id: administrator.id, label: "M. Example", department: "medico-legal", permissions: [.viewCases],
            own: administrator.own)
        await #expect(throws: Problem.self) {
            try await accounts.removeSecondFactor(of: email, by: handler, reason: "Passport seen")
        }
        await #expect(throws: Problem.self) {
            try await accounts.signOutEverywhere(email, by: handler, reason: "Passport seen")
        }
        _ = try await step()
    }
}
