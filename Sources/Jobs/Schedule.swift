import Rights
import Store

/// What is done once a day, and what each worker does when it starts. The day is part of the job's key, so that however many workers plan it, it is done once.
package struct Schedule: Sendable {
    /// One daily piece of work.
    package struct Daily: Hashable, Sendable {
        package let kind: String
        /// Hours after the day began in the trust's zone: 6 is six in the morning but on the two days on which the
        /// clocks change.
        package let hour: Int

        package init(_ kind: String, hour: Int) {
            self.kind = kind
            self.hour = hour
        }
    }

    private let daily: [Daily]
    private let atStart: [String]
    private let surroundings: Surroundings

    /// - Parameter atStart: kinds of work that every worker does once when it starts.
    package init(_ daily: [Daily], atStart: [String] = [], surroundings: Surroundings) {
        self.daily = daily
        self.atStart = atStart
        self.surroundings = surroundings
    }

    /// Today's work. A day on which no worker ran is not made up for: what the next day does must not depend on it.
    func today(at now: Moment) -> [NewJob] {
        let day = surroundings.day(now)
        let beginning = beginning(of: day, before: now)
        return daily.map { work in
            NewJob(
                kind: work.kind, body: day.description, dedupeKey: "\(work.kind):\(day)",
                runAt: beginning + work.hour * 3600)
        }
    }

    func isDaily(_ kind: String) -> Bool { daily.contains { $0.kind == kind } }

    /// What a worker does when it starts, by its name, which no other worker has.
    func start(of worker: String) -> [NewJob] {
        atStart.map { NewJob(kind: $0, body: "start", dedupeKey: "\($0):start:\(worker)") }
    }

    /// The first second of a day in the trust's zone. The zone is only known by asking which day a moment falls on.
    private func beginning(of day: Day, before now: Moment) -> Moment {
        // No day is longer than 25 hours.
        var before = 25 * 3600
        var within = 0
        while before - within > 1 {
            let middle = (before + within) / 2
            if surroundings.day(now + -middle) < day { before = middle } else { within = middle }
        }
        return now + -within
    }
}
