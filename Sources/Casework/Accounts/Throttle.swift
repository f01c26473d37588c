import Rights
import Store

/// How long the next try of a password must wait (S1-22).
///
/// Three counts, each of the last hour. The first is of one address from one place, and grows from half a minute
/// to a quarter of an hour. The second is of one address from everywhere, for guesses that come from many places:
/// its wait is one minute at most, and none for a browser that signed in to the account before or set its password
/// through a mailed link, so that nobody can lock an owner out. The third is of one place for all addresses: a short
/// wait, because a whole hospital can share one network address.
enum Throttle {
    static let window = 3600
    private static let freeTries = 5
    private static let freeTriesEverywhere = 30
    private static let freeTriesFromPlace = 100

    /// Seconds to wait from now; 0 for none.
    ///
    /// - Parameters:
    ///   - tried: the passwords tried for the address in the last hour and those set for it, newest first.
    ///   - fromPlace: the wrong passwords from the browser's place in the last hour, whatever the address.
    ///   - isKnownDevice: the browser is known to this account. Its tries are counted apart.
    static func wait(
        tried: [StoredAccountEvent], fromPlace: (count: Int, last: Moment?), source: String, isKnownDevice: Bool,
        at now: Moment
    ) -> Int {
        let own = tried.filter { isKnownDevice ? $0.isKnownDevice : !$0.isKnownDevice && $0.source == source }
        let ownWait = rest(of: growing(failures(own)), since: own.first?.at, at: now)
        guard !isKnownDevice else { return ownWait }
        let strange = tried.filter { !$0.isKnownDevice }
        let everywhere = failures(strange) >= freeTriesEverywhere ? 60 : 0
        let place = fromPlace.count >= freeTriesFromPlace ? 10 : 0
        return max(
            ownWait, rest(of: everywhere, since: strange.first?.at, at: now),
            rest(of: place, since: fromPlace.last, at: now))
    }

    private static func failures(_ tried: [StoredAccountEvent]) -> Int {
        tried.prefix { $0.kind == .wrongPassword }.count
    }

    private static func growing(_ failures: Int) -> Int {
        failures < freeTries ? 0 : min(30 << min(failures - freeTries, 6), 900)
    }

    private static func rest(of seconds: Int, since last: Moment?, at now: Moment) -> Int {
        guard let last else { return 0 }
        // Never longer than was meant, although another node's clock may be a little ahead.
        return min(seconds, max(0, seconds - (now - last)))
    }
}

/// How long, for people.
func waitInWords(_ seconds: Int) -> String {
    let minutes = (seconds + 59) / 60
    return minutes <= 1 ? "1 minute" : "\(minutes) minutes"
}
