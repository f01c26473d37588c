import Foundation
import Web

extension HostedTrusts {
    /// What the monitoring system asks.
    var watch: WatchResponder {
        WatchResponder(
            logger: logger,
            members: trusts.map { trust in .init(trust.code) { try await requireReady(trust) } },
            metrics: { await metrics() })
    }

    private func requireReady(_ trust: HostedTrust) async throws {
        guard let installation = trust.installation else { throw Closed() }
        try await installation.requireReady()
    }

    /// The figures of all trusts, each with its code, and those of the process.
    private func metrics() async -> MetricsPage {
        let figures = await withTaskGroup(of: (String, Installation.Figures?).self) { group in
            for trust in trusts {
                group.addTask {
                    (trust.code, await trust.installation?.figures())
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        var page = MetricsPage()
        for trust in trusts {
            page.labels = [("trust", trust.code)]
            guard let installation = trust.installation else {
                page.writeReady(false)
                continue
            }
            installation.write(figures[trust.code], to: &page)
        }
        page.labels = []
        traffic.write(to: &page)
        OwnProcess.write(to: &page)
        return page
    }

    private struct Closed: Error, CustomStringConvertible {
        var description: String { "the trust could not be opened yet" }
    }
}
