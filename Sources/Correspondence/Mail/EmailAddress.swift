/// An address that mail can be sent to. Nothing that could end a header line or add a second recipient fits into it.
package struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// As written, trimmed; compare with `folded`.
    package let text: String

    /// Takes an address of the usual form, `name@domain`: no display name, no quotes, no comments, no list.
    package init?(_ text: some StringProtocol) {
        let scalars = text.unicodeScalars.drop { $0 == " " || $0 == "\t" }
        var trimmed = String(String.UnicodeScalarView(scalars))
        while let last = trimmed.last, last == " " || last == "\t" { trimmed.removeLast() }
        let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard trimmed.utf8.count <= 254, parts.count == 2, (1...64).contains(parts[0].utf8.count),
            EmailAddress.isLocal(parts[0]), EmailAddress.isDomain(parts[1])
        else { return nil }
        self.text = trimmed
    }

    package var domain: Substring {
        text[(text.lastIndex(of: "@").map { text.index(after: $0) } ?? text.startIndex)...]
    }

    /// In small letters, for comparing: people write their own address in many ways.
    package var folded: String { text.lowercased() }

    package var description: String { text }

    /// RFC 5322 dot-atom: letters, digits and some signs, dots only between them.
    private static func isLocal(_ text: Substring) -> Bool {
        let signs = Set("!#$%&'*+-/=?^_`{|}~".utf8)
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { isAlphanumeric($0) || signs.contains($0) }
        }
    }

    /// Two or more labels of letters, digits and inner hyphens; names in other scripts come as `xn--`.
    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
