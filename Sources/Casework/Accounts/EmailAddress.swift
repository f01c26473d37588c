import Rights

/// An address that a mail could go to.
package struct EmailAddress: Hashable, Sendable {
    /// As typed, without the space around it.
    package let text: String

    /// Accepts what a mail server might: one sign in the middle, a dotted name behind it. Whether the mailbox
    /// exists is found out by writing to it.
    package init?(_ text: String) {
        let text = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64, text.utf8.count <= 254 else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        let allowed = text.unicodeScalars.allSatisfy { scalar in
            // Signs that mean something to a mail program have no place in an address to write to.
            scalar.value > 0x20 && scalar.value != 0x7f && !scalar.properties.isWhitespace
                && !"<>()[],;:\\\"".unicodeScalars.contains(scalar)
                && scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format
        }
        guard allowed, labels.count >= 2, labels.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") })
        else { return nil }
        self.text = text
    }

    /// Reads an address from a form.
    ///
    /// - Throws: `Problem.refused` with `email-missing` or `email-format`.
    package static func read(_ text: String, field: String = "email") throws(Problem) -> EmailAddress {
        if let reason = objection(to: text, field: field) { throw .refused([reason]) }
        guard let email = EmailAddress(text) else { throw .refused([]) }
        return email
    }

    /// Why a text is no address; nothing when it is one.
    static func objection(to text: String, field: String) -> Reason? {
        guard text.contains(where: { !$0.isWhitespace }) else {
            return Reason("email-missing", "Enter your email address", field: field)
        }
        guard EmailAddress(text) != nil else {
            return Reason(
                "email-format", "Enter an email address in the correct format, like name@example.com", field: field)
        }
        return nil
    }
}

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

    /// - Throws: `Problem.refused` with `phone-missing` or `phone-format`.
    static func read(_ text: String, field: String) throws(Problem) -> MobileNumber {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw .refused([Reason("phone-missing", "Enter a mobile number", field: field)])
        }
        guard let number = MobileNumber(text) else {
            throw .refused([
                Reason(
                    "phone-format",
                    "Enter a mobile number, like 07700 900123, or +33 6 12 34 56 78 for one from abroad",
                    field: field)
            ])
        }
        return number
    }

    /// Enough of a kept number to recognise one's own: its last three digits.
    static func masked(_ kept: String) -> String { "ending in \(kept.suffix(3))" }
}
