import Casework
import Foundation
import Rights
import TestSupport
import Testing

@Suite("Passwords and their rule")
struct AccountsPasswordsTests {
    private let cheap = Passwords.Cost(logRounds: 4, blockSize: 1, parallelism: 1)

    private func passwords(cost: Passwords.Cost? = nil, longestLine: Int = 24) -> Passwords {
        Passwords(cost: cost ?? cheap, longestLine: longestLine, random: { Array(repeating: 7, count: $0) })
    }

    @Test("A kept hash names scrypt and its cost, and never the password")
    func keptText() async throws {
        let kept = try await passwords().hash("pelican teapot gravel")
        #expect(kept.hasPrefix("$scrypt$ln=4,r=1,p=1$"))
        #expect(!kept.contains("pelican"))
    }

    @Test("The right password is right and any other is wrong")
    func compare() async throws {
        let passwords = passwords()
        let kept = try await passwords.hash("pelican teapot gravel")
        #expect(try await passwords.compare("pelican teapot gravel", with: kept) == .right)
        #expect(try await passwords.compare("Pelican teapot gravel", with: kept) == .wrong)
        #expect(try await passwords.compare("pelican teapot gravel ", with: kept) == .wrong)
        #expect(try await passwords.compare("", with: kept) == .wrong)
    }

    @Test("The same letters composed or decomposed are the same password")
    func normalised() async throws {
        let passwords = passwords()
        let kept = try await passwords.hash("caf\u{e9} pelican teapot")
        #expect(try await passwords.compare("cafe\u{301} pelican teapot", with: kept) == .right)
    }

    @Test("A hash made with less work than today's is right but must be made again")
    func cost() async throws {
        let dear = Passwords.Cost(logRounds: 5, blockSize: 1, parallelism: 1)
        let old = try await passwords().hash("pelican teapot gravel")
        #expect(try await passwords(cost: dear).compare("pelican teapot gravel", with: old) == .rightButCheap)
        #expect(try await passwords(cost: dear).compare("another", with: old) == .wrong)
        let new = try await passwords(cost: dear).hash("pelican teapot gravel")
        #expect(try await passwords().compare("pelican teapot gravel", with: new) == .right)
    }

    @Test("Without a kept hash, or with a spoilt one, the answer is wrong", arguments: [nil, "", "$scrypt$", "plain"])
    func noHash(kept: String?) async throws {
        #expect(try await passwords().compare("pelican teapot gravel", with: kept) == .wrong)
        #expect(try await passwords().compare("", with: kept) == .wrong)
    }

    @Test("When the line is full the browser is told that it is busy")
    func busy() async throws {
        await #expect {
            _ = try await passwords(longestLine: 0).hash("pelican teapot gravel")
        } throws: { error in
            guard case Problem.refused(let reasons)? = error as? Problem else { return false }
            return reasons.map(\.code) == ["busy"]
        }
    }

    @Test("The cost that ships can be paid, and is named in the hash")
    func shippedCost() async throws {
        let passwords = Passwords(random: { Array(repeating: 7, count: $0) })
        let kept = try await passwords.hash("pelican teapot gravel")
        #expect(kept.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
        #expect(try await passwords.compare("pelican teapot gravel", with: kept) == .right)
    }

    @Test("After a hash the place in the line is free again")
    func lineMovesOn() async throws {
        let passwords = passwords(longestLine: 1)
        for _ in 0..<3 { _ = try await passwords.hash("pelican teapot gravel") }
    }

    private func codes(
        _ password: String, repeated: String? = nil, email: String = "a.requester@example.org", staff: Bool = false
    ) -> [String] {
        let (trust, stolen) = ("Exampleton Hospital NHS Trust", StolenPasswords(["kmzwa8awaa", "cheerleaers"]))
        let rules =
            staff
            ? PasswordRules.staff(trust: trust, service: "Rightsdesk", stolen: stolen)
            : PasswordRules.requesters(trust: trust, service: "Rightsdesk", stolen: stolen)
        return rules.objections(to: password, repeated: repeated ?? password, email: email).map(\.code)
    }

    @Test(
        "An obvious password is refused",
        arguments: [
            "password", "Password123!", "P4ssw0rd", "p@$$w0rd2026", "letmein2026", "Liverpool1!", "qwertyuiop",
            "qwerty12345",
            "12345678", "87654321", "aaaaaaaa", "abcabcabcabc", "abcdefgh", "1qaz2wsx", "11223344", "Summer2026!",
            "01011990", "1990-01-01", "31/12/1985", "footballfootball", "iloveyou!!", "exampleton", "Exampleton2026",
            "ExampletonHospital1", "rightsdesk", "PÁSSWORD1",
        ])
    func common(password: String) {
        #expect(codes(password) == ["password-common"])
    }

    @Test(
        "A password that was stolen elsewhere is refused, however it is written",
        arguments: ["kmzwa8awaa", "KMZWA8AWAA", "Cheerleaers", "cheer leaers"])
    func stolen(password: String) {
        #expect(codes(password) == ["password-common"])
    }

    @Test("The list of stolen passwords is read from the assets, and is empty where there is none")
    func list() throws {
        let folder = try TemporaryFolder()
        #expect(StolenPasswords(in: folder.path).isEmpty)
        try Data("kmzwa8awaa\ncheerleaers\n".utf8).write(
            to: URL(fileURLWithPath: "\(folder.path)/\(StolenPasswords.file)"))
        #expect(StolenPasswords(in: folder.path) == StolenPasswords(["cheerleaers", "kmzwa8awaa"]))
    }

    @Test(
        "A password nobody would try first is accepted, whatever it is made of",
        arguments: [
            "pelican teapot gravel", "7482 9165 3026", "correct horse lantern", "ржавый велосипед", "雨降って地固まる傘",
            "tr0ub4dor&3x", "   spaced   ", String(repeating: "gravel tea ", count: 90),
        ])
    func accepted(password: String) {
        #expect(codes(password).isEmpty)
    }

    @Test("Eight characters are enough for a requester; staff need twelve")
    func length() {
        #expect(codes("pelican") == ["password-short"])
        #expect(codes("pelicant").isEmpty)
        #expect(codes("pelicanteap", staff: true) == ["password-short"])
        #expect(codes("pelicanteapo", staff: true).isEmpty)
    }

    @Test("A thousand characters are accepted and one more is not")
    func longest() {
        let thousand = String(repeating: "gravel tea", count: 100)
        #expect(codes(thousand).isEmpty)
        #expect(codes(thousand + "x") == ["password-long"])
        #expect(codes("e" + String(repeating: "\u{301}", count: 20_000) + "pelican") == ["password-long"])
    }

    @Test("The owner's address is no password, nor is its name with a number behind")
    func ownAddress() {
        #expect(codes("A.Requester@example.org") == ["password-email"])
        #expect(codes("a.requester99") == ["password-email"])
    }

    @Test("A repetition that differs is a reason of its own, beside the others")
    func mismatch() {
        #expect(codes("pelican teapot", repeated: "pelican teapots") == ["password-mismatch"])
        #expect(codes("short", repeated: "other") == ["password-short", "password-mismatch"])
        #expect(codes("", repeated: "other") == ["password-missing"])
    }
}
