import Rights
import Synchronization

/// What the sites have answered since the start: counts and times by route, never by path, so that no case, file or
/// person is named. Kept by hand because the allowed set has no package that counts and prints; it is a dictionary.
package final class Traffic: Sendable {
    private struct Kind: Hashable {
        let site: String
        let method: String
        let route: String
        let status: Int
    }

    private struct Course: Hashable {
        let site: String
        let route: String
    }

    private struct Times {
        var counts = [Int](repeating: 0, count: Traffic.bounds.count)
        var count = 0
        var milliseconds: Int64 = 0
    }

    private struct Answers {
        var counts: [Kind: Int] = [:]
        var times: [Course: Times] = [:]
    }

    /// In milliseconds: from a page that is quick to one that somebody waits for.
    private static let bounds: [Int64] = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000]

    private let answers = Mutex(Answers())

    package init() {}

    func note(site: Audience, method: String, route: String, status: Int, milliseconds: Int64) {
        answers.withLock { answers in
            answers.counts[Kind(site: site.rawValue, method: method, route: route, status: status), default: 0] += 1
            var times = answers.times[Course(site: site.rawValue, route: route)] ?? Times()
            times.count += 1
            times.milliseconds += milliseconds
            for (index, bound) in Self.bounds.enumerated() where milliseconds <= bound { times.counts[index] += 1 }
            answers.times[Course(site: site.rawValue, route: route)] = times
        }
    }

    /// The counts and times for Prometheus.
    package func write(to page: inout MetricsPage) {
        let answers = answers.withLock { $0 }
        page.begin("rightsdesk_requests_total", .counter, "Answers by site, route and status.")
        for (kind, count) in answers.counts.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            page.add(
                Double(count),
                [("site", kind.site), ("method", kind.method), ("route", kind.route), ("status", "\(kind.status)")])
        }
        page.begin("rightsdesk_request_seconds", .histogram, "Time to answer by site and route.")
        for (course, times) in answers.times.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            let labels = [("site", course.site), ("route", course.route)]
            for (bound, count) in zip(Self.bounds, times.counts) {
                page.add(Double(count), labels + [("le", "\(Double(bound) / 1000)")], suffix: "_bucket")
            }
            page.add(Double(times.count), labels + [("le", "+Inf")], suffix: "_bucket")
            page.add(Double(times.milliseconds) / 1000, labels, suffix: "_sum")
            page.add(Double(times.count), labels, suffix: "_count")
        }
    }
}
