/// An address that a mail could go to. Nothing that could end a line of a mail's head, or add a second recipient, fits
/// into it.
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
}
