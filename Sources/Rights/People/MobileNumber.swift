/// A mobile number that codes can be sent to.
package struct MobileNumber: Hashable, Sendable {
    /// With the country and without spaces: `+447700900123`.
    package let text: String

    /// Reads a number as people write it. One that starts with 07 is of the United Kingdom; any other needs its
    /// country in front.
    package init?(_ typed: String) {
        var digits = ""
        var isInternational = false
        for character in typed where !(character.isWhitespace || "-().".contains(character)) {
            if character == "+", digits.isEmpty, !isInternational {
                isInternational = true
            } else if let value = character.wholeNumberValue, (0...9).contains(value), digits.utf8.count < 20 {
                digits.append(String(value))
            } else {
                return nil
            }
        }
        if !isInternational, digits.hasPrefix("00") {
            isInternational = true
            digits.removeFirst(2)
        }
        if !isInternational {
            guard digits.hasPrefix("07"), digits.utf8.count == 11 else { return nil }
            digits = "44" + digits.dropFirst()
        }
        // "+44 (0)7…" is a common way to write it.
        if digits.hasPrefix("440") { digits = "44" + digits.dropFirst(3) }
        guard (8...15).contains(digits.utf8.count), !digits.hasPrefix("0") else { return nil }
        if digits.hasPrefix("44") {
            guard digits.hasPrefix("447"), digits.utf8.count == 12 else { return nil }
        }
        text = "+" + digits
    }
}
