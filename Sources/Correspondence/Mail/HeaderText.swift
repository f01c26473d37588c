/// One line of text for a mail's head: a subject or a display name. It holds no line end and no other control sign, so
/// nothing put into it can begin another header.
package struct HeaderText: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// Control signs, line and paragraph separators become spaces; the ends are trimmed.
    package init(_ text: some StringProtocol) {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: " "
            default: scalar
            }
        }
        self.text = String(String.UnicodeScalarView(scalars)).split(separator: " ").joined(separator: " ")
    }

    package var description: String { text }

    /// As it stands in a header: plain where it is plain ASCII, in RFC 2047 encoded words elsewhere, folded so that no
    /// line is longer than 76 signs.
    ///
    /// - Parameter name: the header's name, whose length counts on the first line.
    func encoded(for name: String) -> String {
        let words = text.split(separator: " ")
        let isPlain =
            text.utf8.allSatisfy { (32...126).contains($0) } && !text.contains("=?")
            && words.allSatisfy { $0.utf8.count < 60 }
        return isPlain ? folded(words, room: 76 - name.utf8.count - 2) : encodedWords
    }

    private func folded(_ words: [Substring], room first: Int) -> String {
        var lines = [""]
        var room = first
        for word in words {
            let line = lines[lines.count - 1]
            if !line.isEmpty, line.utf8.count + 1 + word.utf8.count > room {
                lines.append(String(word))
                room = 75
            } else {
                lines[lines.count - 1] = line.isEmpty ? String(word) : "\(line) \(word)"
            }
        }
        return lines.joined(separator: "\r\n ")
    }

    /// Each encoded word holds whole signs and at most 39 bytes: 52 in base 64, 64 with its frame.
    private var encodedWords: String {
        var parts: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if parts[parts.count - 1].count + bytes.count > 39 { parts.append([]) }
            parts[parts.count - 1] += bytes
        }
        return parts.map { "=?utf-8?B?\(Base64.text($0))?=" }.joined(separator: "\r\n ")
    }
}

/// Base 64 with padding (RFC 4648). The standard library has none, and this room does without Foundation.
private enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var encoded: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = (0..<3).reduce(0) { $0 << 8 | (start + $1 < group.endIndex ? Int(bytes[start + $1]) : 0) }
            for place in 0..<4 {
                encoded.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
