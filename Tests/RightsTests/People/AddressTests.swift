import Rights
import Testing

@Suite("Addresses and numbers people can be reached at")
struct AddressTests {
    @Test(
        "Addresses that a mail could go to",
        arguments: [
            "anna@example.org", " a.b+c@mail.example.co.uk ", "o'neil@example.com", "x@xn--bcher-kva.example",
            "å.ø@bücher.example",
        ])
    func addresses(text: String) throws {
        #expect(try #require(EmailAddress(text)).text == text.split(separator: " ").joined())
    }

    @Test(
        "Anything else is no address",
        arguments: [
            "", "anna", "anna@", "@example.org", "anna@example", "a@b@example.org", "a b@example.org", "a@exa mple.org",
            "a@example.org\nBcc: b@example.org", "a@example.org\r\nBcc: b@example.org", "a@example.org,b@example.org",
            "Anna <a@example.org>", "a@-example.org", "a@example..org", "\"a\"@example.org", "a@[127.0.0.1]",
            "a@example.org>", "a\u{0}@example.org", "a\u{85}b@example.org", "a\u{2028}b@example.org",
            "a@exam\u{202e}ple.org",
        ])
    func noAddresses(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test("An address is as long as the standard allows, and no longer")
    func longAddresses() {
        let domain = Array(repeating: String(repeating: "d", count: 60), count: 4).joined(separator: ".")
        #expect(EmailAddress("a@\(domain)") != nil)
        #expect(EmailAddress("\(String(repeating: "a", count: 64))@\(domain)") == nil)
        #expect(EmailAddress("\(String(repeating: "a", count: 64))@example.org") != nil)
        #expect(EmailAddress("\(String(repeating: "a", count: 65))@example.org") == nil)
    }

    @Test(
        "Mobile numbers as people write them",
        arguments: [
            ("07700 900123", "+447700900123"), ("+44 (0)7700 900123", "+447700900123"),
            ("0044 7700-900123", "+447700900123"), ("+353 85 012 3456", "+353850123456"),
        ])
    func mobiles(written: String, number: String) {
        #expect(MobileNumber(written)?.text == number)
    }

    @Test(
        "Numbers that no text can reach",
        arguments: ["", "07700 90012", "020 7946 0000", "+44 20 7946 0000", "07700 900123 ext 4", "+", "1234"])
    func noMobiles(written: String) {
        #expect(MobileNumber(written) == nil)
    }
}
