/// Whole numbers in dates, read and written by their bytes: the standard library formats none without Foundation, and
/// cutting and joining strings costs ten times as much, on pages that show hundreds of dates.
enum Digits {
    static let dash = UInt8(ascii: "-")
    static let colon = UInt8(ascii: ":")
    static let point = UInt8(ascii: ".")

    /// The number that the digits of a range make, or nothing where there is another byte among them.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> Int? {
        var value = 0
        for index in from..<to {
            let digit = bytes[index] &- 48
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    /// Writes a number that is not negative, with leading zeros.
    static func write(_ number: Int, digits: Int, into bytes: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
        var rest = number
        for index in stride(from: start + digits - 1, through: start, by: -1) {
            bytes[index] = 48 + UInt8(rest % 10)
            rest /= 10
        }
    }
}
