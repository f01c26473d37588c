/// An instant in UTC, in milliseconds since 1 January 1970. Which `Day` it falls on depends on the trust's time
/// zone, so that question is answered by `Surroundings` at the edge and never here.
package struct Moment: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }
    package static func + (moment: Moment, seconds: Int) -> Moment {
        Moment(milliseconds: moment.milliseconds + Int64(seconds) * 1000)
    }
    /// Seconds from `right` to `left`, rounded down.
    package static func - (left: Moment, right: Moment) -> Int {
        Int((left.milliseconds - right.milliseconds) / 1000)
    }

    /// Seconds by which what another clock of the trust wrote down may lie ahead of this one. What lies farther ahead
    /// was written while a clock was wrong: nothing is measured by it, lest a link live or a wait last for a year.
    /// Five minutes, as is customary.
    package static let slack = 300

    /// The last instant that something that has happened can have, at `now`.
    package static func latest(at now: Moment) -> Moment { now + slack }
}

extension Moment: CustomStringConvertible {
    /// `2026-11-21T09:30:00.000Z`: the stored form, which also sorts as text.
    package var description: String {
        let perDay: Int64 = 86_400_000
        let day = (milliseconds >= 0 ? milliseconds : milliseconds - (perDay - 1)) / perDay
        let rest = Int(milliseconds - day * perDay)
        return String(unsafeUninitializedCapacity: 24) { bytes in
            Day(number: Int(day)).write(into: bytes)
            bytes[10] = UInt8(ascii: "T")
            Digits.write(rest / 3_600_000, digits: 2, into: bytes, at: 11)
            bytes[13] = Digits.colon
            Digits.write(rest / 60_000 % 60, digits: 2, into: bytes, at: 14)
            bytes[16] = Digits.colon
            Digits.write(rest / 1000 % 60, digits: 2, into: bytes, at: 17)
            bytes[19] = Digits.point
            Digits.write(rest % 1000, digits: 3, into: bytes, at: 20)
            bytes[23] = UInt8(ascii: "Z")
            return 24
        }
    }

    /// Reads the stored form, and the same without milliseconds.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let milliseconds = text.withUTF8(Moment.milliseconds(in:)) else { return nil }
        self.milliseconds = milliseconds
    }

    private static func milliseconds(in bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard bytes.count == 24 || bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == Digits.colon,
            bytes[16] == Digits.colon, bytes[bytes.count - 1] == UInt8(ascii: "Z"),
            let day = Day(bytes: bytes, from: 0),
            let hour = Digits.read(bytes, 11, 13), let minute = Digits.read(bytes, 14, 16),
            let second = Digits.read(bytes, 17, 19), hour < 24, minute < 60, second < 60
        else { return nil }
        var ofDay = ((hour * 60 + minute) * 60 + second) * 1000
        if bytes.count == 24 {
            guard bytes[19] == Digits.point, let thousandths = Digits.read(bytes, 20, 23) else { return nil }
            ofDay += thousandths
        }
        return Int64(day.number) * 86_400_000 + Int64(ofDay)
    }
}

extension Moment: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let moment = Moment(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no instant: \(text)"))
        }
        self = moment
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
