import Foundation
import Rights

extension Surroundings {
    /// The real world: this machine's clock, London's calendar, the system's random numbers.
    ///
    /// - Throws: `NoTimeZone` where the system's time zone files are missing: no date would be right.
    static func live() throws(NoTimeZone) -> Surroundings {
        guard let zone = TimeZone(identifier: "Europe/London") else { throw NoTimeZone() }
        return Surroundings(
            now: { Moment(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) },
            day: { Day(number: Int((local($0, in: zone) / 86_400_000))) },
            timeOfDay: { moment in
                let minutes = Int(local(moment, in: zone) / 60_000 % 1440)
                let (hour, minute) = (minutes / 60, minutes % 60)
                switch (hour, minute) {
                case (0, 0): return "midnight"
                case (12, 0): return "midday"
                default:
                    let shown = hour % 12 == 0 ? 12 : hour % 12
                    let suffix = hour < 12 ? "am" : "pm"
                    return minute == 0 ? "\(shown)\(suffix)" : "\(shown):\(minute < 10 ? "0" : "")\(minute)\(suffix)"
                }
            },
            random: { count in
                var generator = SystemRandomNumberGenerator()
                var bytes: [UInt8] = []
                bytes.reserveCapacity(count + 7)
                // Eight at a time, because each time the system is asked.
                while bytes.count < count {
                    withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
                }
                return Array(bytes.prefix(count))
            })
    }

    /// Milliseconds since 1970 as the clocks on the wall show them.
    private static func local(_ moment: Moment, in zone: TimeZone) -> Int64 {
        let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
        return moment.milliseconds + Int64(zone.secondsFromGMT(for: date)) * 1000
    }
}

/// The system has no time zone files.
struct NoTimeZone: Error, CustomStringConvertible {
    var description: String { "The time zone Europe/London is not on this machine. Install the package tzdata." }
}
