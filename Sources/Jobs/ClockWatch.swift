import Rights

/// Watches the machine's clock from one look at it to the next, because the worker does in the night what cannot be taken
/// back: it deletes what is old.
struct ClockWatch: Sendable {
    /// What a look at the clock has found.
    enum Finding: Hashable, Sendable {
        /// It went on as clocks do.
        case ordinary
        /// It shows an earlier time than at the last look, by so many seconds.
        case wentBack(Int)
        /// It has leapt ahead by so many seconds, more than a day. Whether that is right only time can tell.
        case leapt(Int)
        /// It leapt a while ago and nobody has set it back yet.
        case inDoubt
    }

    /// Seconds for which the clock must stay where it has leapt to before it is believed: a machine that was asleep is
    /// right, and one that took a wrong time from somewhere is corrected by then.
    static let doubt = 3600
    /// The worker looks every few seconds. The longest day has 25 hours.
    private static let leap = 25 * 3600

    private var last: Moment?
    private var doubtedSince: Moment?

    /// Whether what is done once a day must wait.
    var isInDoubt: Bool { doubtedSince != nil }

    mutating func look(at now: Moment) -> Finding {
        defer { last = now }
        guard let last else { return .ordinary }
        if now - last < -Moment.slack {
            doubtedSince = nil
            return .wentBack(last - now)
        }
        if now - last > Self.leap {
            doubtedSince = now
            return .leapt(now - last)
        }
        guard let since = doubtedSince else { return .ordinary }
        guard now - since < Self.doubt else {
            doubtedSince = nil
            return .ordinary
        }
        return .inDoubt
    }
}
