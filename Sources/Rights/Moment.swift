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
}

extension Moment: CustomStringConvertible {
    /// `2026-11-21T09:30:00.000Z`: the stored form, which also sorts as text.
    package var description: String {
        let perDay: Int64 = 86_400_000
        let day = (milliseconds >= 0 ? milliseconds : milliseconds - (perDay - 1)) / perDay
        let rest = Int(milliseconds - day * perDay)
        let time =
            "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):"
            + "\(padded(rest / 1000 % 60, 2)).\(padded(rest % 1000, 3))"
        return "\(Day(number: Int(day)))T\(time)Z"
    }

    /// Reads the stored form, and the same without milliseconds.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24 || bytes.count == 20, bytes[10] == 84, bytes.last == 90,
            let day = Day(text.prefix(10)),
            let hour = Moment.number(bytes, 11, 13), let minute = Moment.number(bytes, 14, 16),
            let second = Moment.number(bytes, 17, 19), hour < 24, minute < 60, second < 60
        else { return nil }
        let thousandths = bytes.count == 24 ? Moment.number(bytes, 20, 23) : 0
        guard let thousandths else { return nil }
        let ofDay = ((hour * 60 + minute) * 60 + second) * 1000 + thousandths
        milliseconds = Int64(day.number) * 86_400_000 + Int64(ofDay)
    }

    private static func number(_ bytes: [UInt8], _ from: Int, _ to: Int) -> Int? {
        var value = 0
        for byte in bytes[from..<to] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
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
