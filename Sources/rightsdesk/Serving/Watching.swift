import Casework
import Foundation
import Logging
import Rights
import Store
import Web

extension Installation {
    /// How long the database may take to answer the monitoring system, which itself waits ten seconds or so: less than
    /// the store waits for a server that is away, and of several trusts one that is down hides how the others are.
    private static var patience: Duration { .seconds(3) }

    /// What the monitoring system asks.
    func watch(_ logger: Logger) -> WatchResponder {
        WatchResponder(logger: logger, isReady: { try await requireReady() }, metrics: { await metrics() })
    }

    /// - Throws: what stands in the way: the database does not answer in time, or nothing can be kept.
    func requireReady() async throws {
        let now = surroundings.now()
        try await within(Self.patience) {
            try await casework.store.read {
                // A node that missed the replacement of the key opens no case any more.
                try $0.requireMasterKey()
                _ = try $0.workWaiting(at: now)
            }
        }
        guard access(settings.data, W_OK) == 0 else { throw NotWritable() }
    }

    private struct NotWritable: Error, CustomStringConvertible {
        var description: String { "the data folder cannot be written" }
    }

    private func metrics() async -> MetricsPage {
        var page = MetricsPage()
        write(await figures(), to: &page)
        OwnProcess.write(to: &page)
        return page
    }

    /// What the database knows of how it goes.
    struct Figures: Sendable {
        let open: Int
        /// Seconds for which the oldest job that is due has waited.
        let late: Int
        let givenUp: Int
    }

    /// Nothing where the database does not answer in time.
    func figures() async -> Figures? {
        let now = surroundings.now()
        return try? await within(Self.patience) {
            try await casework.store.read {
                let waiting = try $0.workWaiting(at: now)
                return Figures(
                    open: try $0.count(SummaryFilter(.open, for: .nobody), most: 1_000_000),
                    late: waiting.dueSince.map { now - $0 } ?? 0, givenUp: waiting.dead)
            }
        }
    }

    /// - Parameter figures: nothing where the database does not answer.
    func write(_ figures: Figures?, to page: inout MetricsPage) {
        page.writeReady(figures != nil)
        traffic.write(to: &page)
        if let figures {
            page.gauge("rightsdesk_open_cases", Double(figures.open), "Cases that are not closed.")
            page.gauge(
                "rightsdesk_work_late_seconds", Double(figures.late),
                "For how long the oldest job that is due has waited.")
            page.gauge("rightsdesk_work_given_up", Double(figures.givenUp), "Jobs that an administrator must look at.")
        }
        var room = statvfs()
        if statvfs(settings.data, &room) == 0 {
            page.gauge(
                "rightsdesk_free_bytes", Double(room.f_bavail) * Double(room.f_frsize),
                "Room that is left where the data folder is.")
        }
    }
}

extension MetricsPage {
    mutating func writeReady(_ isReady: Bool) {
        gauge("rightsdesk_ready", isReady ? 1 : 0, "Whether the trust's database answers.")
    }
}

/// What the kernel says of this process: proc(5).
enum OwnProcess {
    static func write(to page: inout MetricsPage) {
        if let pages = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " "),
            pages.count > 1, let resident = Double(pages[1])
        {
            page.gauge(
                "process_resident_memory_bytes", resident * Double(sysconf(Int32(_SC_PAGESIZE))), "Memory in use.")
        }
        var used = rusage()
        if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used) == 0 {
            page.begin("process_cpu_seconds_total", .counter, "Time on a processor.")
            page.add(seconds(used.ru_utime) + seconds(used.ru_stime))
        }
        if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            page.gauge("process_open_fds", Double(files.count), "Open files and connections.")
        }
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }
}
