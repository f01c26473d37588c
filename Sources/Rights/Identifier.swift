/// A name for one thing of one kind. `Owner` keeps the kinds apart: a file's identifier is no case's identifier.
///
/// The text is 26 characters of Crockford's base 32, time-ordered, so that newer rows sort last on every engine.
package struct Identifier<Owner>: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    /// Takes a text from outside only if it has the right shape, so that a tampered one never reaches a query.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        let isRight = text.withUTF8 { bytes in bytes.count == 26 && bytes.allSatisfy(isOfAlphabet) }
        guard isRight else { return nil }
        self.text = text
    }

    /// Makes a new identifier from the instant and ten random bytes.
    package init(at moment: Moment, random: [UInt8]) {
        precondition(random.count >= 10, "an identifier needs ten random bytes")
        var bytes = [UInt8]()
        bytes.reserveCapacity(26)
        var time = UInt64(bitPattern: moment.milliseconds)
        for _ in 0..<10 {
            bytes.append(alphabet[Int(time & 31)])
            time >>= 5
        }
        bytes.reverse()
        var bits = 0
        var held = 0
        for byte in random.prefix(10) {
            held = (held << 8) | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                bytes.append(alphabet[(held >> bits) & 31])
            }
            held &= 0xff
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    package var description: String { text }
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

private let alphabet: [UInt8] = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

/// Whether a byte is of the alphabet: digits, and small letters but those easily taken for others (i, l, o, u).
/// Said as comparisons, because a page of a list checks thousands.
private func isOfAlphabet(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "o"), UInt8(ascii: "u"): false
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: false
    }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let identifier = Identifier(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no identifier"))
        }
        self = identifier
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
