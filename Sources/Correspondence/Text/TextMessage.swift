import Rights

/// A mobile telephone number that texts can be sent to, in the international form: `+447700900123`.
package struct MobileNumber: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// Takes a UK mobile number as people write it (`07700 900123`, `+44 (0)7700 900123`) or an international one
    /// beginning with `+` or `00`.
    package init?(_ text: some StringProtocol) {
        var digits = ""
        var isInternational = false
        for sign in text {
            switch sign {
            case "0"..."9" where sign.isASCII: digits.append(sign)
            case "+" where digits.isEmpty && !isInternational: isInternational = true
            case " ", "-", "(", ")", ".", "\u{a0}": continue
            default: return nil
            }
        }
        if !isInternational, digits.hasPrefix("00") {
            isInternational = true
            digits.removeFirst(2)
        }
        if isInternational, digits.hasPrefix("440") { digits = "44" + digits.dropFirst(3) }
        if !isInternational {
            guard digits.hasPrefix("07") else { return nil }
            digits = "44" + digits.dropFirst()
        }
        // UK mobile numbers have ten digits behind the 44; others eight to fifteen in all (E.164).
        guard digits.hasPrefix("44") ? digits.count == 12 && digits.hasPrefix("447") : (8...15).contains(digits.count),
            digits.first != "0"
        else { return nil }
        self.text = "+\(digits)"
    }

    package var description: String { text }
}

/// One text message to one person.
package struct TextMessage: Hashable, Sendable {
    /// Unique among all messages; holds no personal data, since it goes along as the provider's reference.
    package let id: String
    package let to: MobileNumber
    package let body: String

    package init(id: String, to: MobileNumber, body: String) {
        self.id = id
        self.to = to
        self.body = body
    }
}
