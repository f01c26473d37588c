/// What the world supplies: the time, the trust's calendar day, and chance. Made once in `main` and in tests, and
/// passed by hand, so that nothing else reads a clock or draws a random number.
package struct Surroundings: Sendable {
    /// The instant now.
    package var now: @Sendable () -> Moment
    /// The date in the trust's time zone at an instant (Europe/London).
    package var day: @Sendable (Moment) -> Day
    /// The time of day in the trust's zone, `9:30am`, for people to read.
    package var timeOfDay: @Sendable (Moment) -> String
    /// This many random bytes, fit for keys and tokens.
    package var random: @Sendable (Int) -> [UInt8]

    package init(
        now: @escaping @Sendable () -> Moment,
        day: @escaping @Sendable (Moment) -> Day,
        timeOfDay: @escaping @Sendable (Moment) -> String,
        random: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.now = now
        self.day = day
        self.timeOfDay = timeOfDay
        self.random = random
    }

    /// The date today in the trust's time zone.
    package var today: Day { day(now()) }

    /// A new identifier, later than all made before it.
    package func identifier<Owner>(_: Owner.Type = Owner.self) -> Identifier<Owner> {
        Identifier(at: now(), random: random(10))
    }
}
