/// An NHS number: ten digits of which the last checks the others (Modulus 11).
///
/// Never by itself a proof of who somebody is: it is printed on every letter a hospital sends.
package struct NHSNumber: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Ten digits without spaces.
    package let digits: String

    /// Reads ten digits with spaces or dashes between; nothing if the check digit does not fit.
    package init?(_ text: some StringProtocol) {
        var values: [Int] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57: values.append(Int(byte) - 48)
            case 32, 45: continue
            default: return nil
            }
        }
        guard values.count == 10 else { return nil }
        let sum = values.prefix(9).enumerated().reduce(0) { $0 + $1.element * (10 - $1.offset) }
        // A remainder that asks for the check digit 10 belongs to no NHS number.
        guard (11 - sum % 11) % 11 == values[9] else { return nil }
        digits = values.map(String.init).joined()
    }

    /// `999 004 1873`, as it is printed and read out.
    package var description: String {
        "\(digits.prefix(3)) \(digits.dropFirst(3).prefix(3)) \(digits.suffix(4))"
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let number = NHSNumber(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no NHS number"))
        }
        self = number
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(digits)
    }
}
