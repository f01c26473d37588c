import Rights

extension EmailAddress {
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

extension MobileNumber {
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
