import Foundation
import Rights
import Synchronization

/// Surroundings that a test decides: the time stands still until it is moved, and chance counts up, so that every
/// run makes the same identifiers. Times of day are London's.
package final class FixedWorld: Sendable {
    private struct State {
        var now: Moment
        var drawn: UInt64
    }

    private let state: Mutex<State>

    /// Starts at this instant; by default half past nine on Monday 2 March 2026.
    ///
    /// - Parameter chance: where chance begins to count; two worlds whose identifiers must differ begin at two numbers.
    package init(at text: String = "2026-03-02T09:30:00.000Z", chance: UInt64 = 0) {
        guard let now = Moment(text) else { preconditionFailure("no instant: \(text)") }
        state = Mutex(State(now: now, drawn: chance))
    }

    package var now: Moment { state.withLock { $0.now } }

    /// Lets this many seconds pass.
    package func advance(seconds: Int) {
        state.withLock { $0.now = $0.now + seconds }
    }

    /// Lets this many days of 24 hours pass.
    package func advance(days: Int) {
        advance(seconds: days * 86_400)
    }

    /// The surroundings to hand to what is tested.
    package var surroundings: Surroundings {
        Surroundings(
            now: { self.now },
            day: { Day(number: Int((London.local($0) / 86_400_000))) },
            timeOfDay: { London.timeOfDay($0) },
            random: { self.random($0) })
    }

    private func random(_ count: Int) -> [UInt8] {
        let number = state.withLock { state in
            state.drawn += 1
            return state.drawn
        }
        let counted = withUnsafeBytes(of: number.bigEndian) { Array($0) }
        guard count > counted.count else { return Array(counted.suffix(count)) }
        return [UInt8](repeating: 0, count: count - counted.count) + counted
    }
}

private enum London {
    /// Milliseconds since 1970 as London's clocks show them.
    static func local(_ moment: Moment) -> Int64 {
        guard let zone = TimeZone(identifier: "Europe/London") else { preconditionFailure("tzdata is not installed") }
        let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
        return moment.milliseconds + Int64(zone.secondsFromGMT(for: date)) * 1000
    }

    static func timeOfDay(_ moment: Moment) -> String {
        let minutes = Int(local(moment) / 60_000 % 1440)
        let (hour, minute) = (minutes / 60, minutes % 60)
        let shown = hour % 12 == 0 ? 12 : hour % 12
        return "\(shown):\(minute < 10 ? "0" : "")\(minute)\(hour < 12 ? "am" : "pm")"
    }
}
