import Rights
import Store
import Testing

@testable import Casework

@Suite("Codes and tokens")
struct AccountsCodesTests {
    private let start = Moment(milliseconds: 1_750_000_000_000)

    @Test(
        "The published vectors of RFC 6238 hold (their last six digits)",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func vectors(seconds: Int64, expected: String) {
        let codes = TimeCodes(secret: Array("12345678901234567890".utf8))
        #expect(codes.code(step: TimeCodes.step(at: Moment(milliseconds: seconds * 1000))) == expected)
    }

    @Test("An app's code is good for its own step and the ones beside it, and then no more")
    func slack() throws {
        let codes = TimeCodes(secret: Array("12345678901234567890".utf8))
        let code = try #require(SecurityCode(codes.code(step: TimeCodes.step(at: start))))
        #expect(codes.accept(code, at: start, lastUsed: nil) == TimeCodes.step(at: start))
        #expect(codes.accept(code, at: start + 30, lastUsed: nil) != nil)
        #expect(codes.accept(code, at: start + -30, lastUsed: nil) != nil)
        #expect(codes.accept(code, at: start + 90, lastUsed: nil) == nil)
        #expect(codes.accept(code, at: start + -90, lastUsed: nil) == nil)
    }

    @Test("An app's code cannot be used twice, nor one older than the last used")
    func replay() throws {
        let codes = TimeCodes(secret: Array("12345678901234567890".utf8))
        let step = TimeCodes.step(at: start)
        func code(_ step: Int64) throws -> SecurityCode { try #require(SecurityCode(codes.code(step: step))) }
        let used = try #require(codes.accept(try code(step), at: start, lastUsed: nil))
        #expect(codes.accept(try code(step), at: start, lastUsed: used) == nil)
        #expect(codes.accept(try code(step - 1), at: start, lastUsed: used) == nil)
        #expect(codes.accept(try code(step + 1), at: start, lastUsed: used) == step + 1)
    }

    @Test("The secret is shown in base 32 and as an address whose parts are escaped")
    func secret() {
        let codes = TimeCodes(secret: Array("12345678901234567890".utf8))
        #expect(codes.secretInWords == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
        #expect(
            codes.address(issuer: "Example Trust", account: "a+b@example.org")
                == "otpauth://totp/Example%20Trust:a%2Bb%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example%20Trust"
        )
    }

    @Test("A code may be typed with spaces and hyphens", arguments: ["012345", " 012 345 ", "012-345", "01-23-45"])
    func typed(text: String) {
        #expect(SecurityCode(text)?.digits == "012345")
    }

    @Test("What is no six digits is no code", arguments: ["", "12345", "1234567", "12345a", "½23456", "12.345"])
    func notTyped(text: String) {
        #expect(SecurityCode(text) == nil)
    }

    @Test("A code drawn from chance has six digits, leading zeros kept, and unfair numbers are drawn again")
    func drawn() {
        #expect(SecurityCode(random: { _ in [0, 0, 0, 42] }).digits == "000042")
        var draws: [[UInt8]] = [[255, 255, 255, 255], [0, 15, 66, 63]]
        #expect(SecurityCode(random: { _ in draws.removeFirst() }).digits == "999999")
    }

    private func sent(
        _ digest: String, after seconds: Int = 0, failures: Int = 0, isUsed: Bool = false
    ) -> StoredCode {
        StoredCode(
            id: digest, phone: "+447700900123", digest: digest, sentAt: start + seconds, failures: failures,
            isUsed: isUsed)
    }

    @Test("A code sent is right for ten minutes, then expired, and after two hours just wrong")
    func ages() {
        let code = sent("a")
        #expect(StoredCode.judge("a", among: [code], at: start + 599) == .right(code))
        #expect(StoredCode.judge("a", among: [code], at: start + 600) == .expired)
        #expect(StoredCode.judge("a", among: [code], at: start + 7199) == .expired)
        #expect(StoredCode.judge("a", among: [code], at: start + 7200) == .wrong)
        #expect(StoredCode.judge("b", among: [code], at: start + 600) == .wrong)
    }

    @Test("An older code stays good beside a newer one; a used one does not")
    func several() {
        let newer = sent("b", after: 60)
        #expect(StoredCode.judge("a", among: [sent("a"), newer], at: start + 61) == .right(sent("a")))
        #expect(StoredCode.judge("a", among: [sent("a", isUsed: true), newer], at: start + 61) == .wrong)
        #expect(StoredCode.judge("a", among: [sent("a", isUsed: true)], at: start + 601) == .wrong)
    }

    @Test("After five wrong ones even the right code is spent")
    func spent() {
        #expect(StoredCode.judge("a", among: [sent("a", failures: 5)], at: start) == .spent)
        let fresh = sent("b", after: 60)
        #expect(StoredCode.judge("a", among: [sent("a", failures: 5), fresh], at: start + 61) == .wrong)
        #expect(StoredCode.judge("b", among: [sent("a", failures: 5), fresh], at: start + 61) == .right(fresh))
        #expect(StoredCode.judge("a", among: [sent("a", failures: 5)], at: start + 601) == .wrong)
    }

    @Test("A token is 43 safe characters, is read back, and is kept only as its digest")
    func token() throws {
        let token = Token(random: Array(repeating: 255, count: 32))
        #expect(token.text.utf8.count == 43)
        #expect(!token.text.contains { "+/=".contains($0) })
        #expect(Token(token.text) == token)
        #expect(token.digest.utf8.count == 64)
        #expect(token.digest != token.text)
    }

    @Test("A text of another shape is no token", arguments: ["", "abc", String(repeating: "/", count: 43)])
    func notToken(text: String) {
        #expect(Token(text) == nil)
    }
}
