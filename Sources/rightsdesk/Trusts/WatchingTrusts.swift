import Foundation
import Web

extension HostedTrusts {
    /// How long a trust's database may take to answer the monitoring system: less than it waits itself, so that one
    /// that is down does not hide how the others are.
    private static let patience: Duration = .seconds(3)

    /// What the monitoring system asks.
    var watch: WatchResponder {
        WatchResponder(
            logger: logger,
            members: trusts.map { trust in .init(trust.code) { try await requireReady(trust) } },
            metrics: { await metrics() })
    }

    private func requireReady(_ trust: HostedTrust) async throws {
        guard let installation = trust.installation else { throw Closed() }
        try await within(Self.patience) { try await installation.requireReady() }
    }

    /// The figures of all trusts, each with its code, and those of the process.
    private func metrics() async -> MetricsPage {
        let figures = await withTaskGroup(of: (String, Installation.Figures?).self) { group in
            for trust in trusts {
                group.addTask {
                    guard let installation = trust.installation else { return (trust.code, nil) }
                    return (trust.code, try? await within(Self.patience) { try await installation.figures() })
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        var page = MetricsPage()
        for trust in trusts {
            page.labels = [("trust", trust.code)]
            page.gauge(
                "rightsdesk_ready", figures[trust.code] == nil ? 0 : 1, "Whether the trust's database answers.")
            trust.installation?.write(figures[trust.code], to: &page)
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

/// What a body gives, if it gives it in time. One that is too late goes on by itself, and nobody waits for it.
private func within<T: Sendable>(
    _ patience: Duration, _ body: @escaping @Sendable () async throws -> T
) async throws -> T {
    let (outcomes, first) = AsyncStream.makeStream(
        of: Result<T, any Error>.self, bufferingPolicy: .bufferingOldest(1))
    let asking = Task {
        do { first.yield(.success(try await body())) } catch { first.yield(.failure(error)) }
    }
    let clock = Task {
        try await Task.sleep(for: patience)
        first.yield(.failure(TooLate()))
    }
    defer {
        asking.cancel()
        clock.cancel()
    }
    for await outcome in outcomes { return try outcome.get() }
    throw CancellationError()
}

private struct TooLate: Error, CustomStringConvertible {
    var description: String { "the database did not answer in time" }
}
