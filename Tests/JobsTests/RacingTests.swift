import Casework
import Correspondence
import Jobs
import Logging
import Rights
import Store
import Synchronization
import TestSupport
import Testing

@Suite("Workers of several nodes on one database")
struct RacingTests {
    private static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    /// Lets workers race until nothing is left to be done.
    private static func race(_ workers: [Worker]) async {
        await withDiscardingTaskGroup { group in
            for worker in workers { group.addTask { _ = await worker.workOff() } }
        }
    }

    @Test("Each job is done once, and what a start and a day ask for is planned as often as it should be")
    func eachOnce() async throws {
        let shop = try Workshop()
        for number in 0..<60 { try await shop.enqueue("\(number)") }
        let work = Rehearsed(.success(.done))
        let nodes = try (0..<2).map { _ in try Store.open(in: shop.folder, surroundings: shop.world.surroundings) }
        let workers = nodes.flatMap { node in
            (0..<2).map { _ in
                shop.worker(
                    work, on: node, daily: [.init(Rehearsed.kind, hour: 3)], atStart: [Rehearsed.kind])
            }
        }
        await Self.race(workers)
        let day = shop.world.surroundings.today.description
        #expect(
            work.performed.sorted()
                == ((0..<60).map { "\($0)" } + [day] + [String](repeating: "start", count: 4)).sorted())
        #expect(try await shop.dead.isEmpty)
    }

    @Test("Each mail is handed over once")
    func mailsOnce() async throws {
        let premises = try Premises()
        let now = premises.world.now
        try await premises.casework.store.write { transaction in
            for number in 0..<40 {
                try transaction.post(
                    NewMessage(
                        channel: .email, recipient: "reader-\(number)@example.org", subject: "Your request", body: "x",
                        caseID: nil, dedupeKey: "\(number)"), at: now)
            }
        }
        let counter = Counter()
        let workers = try (0..<3).map { _ in
            let node = Casework(
                store: try Store.open(in: premises.folder, surroundings: premises.world.surroundings),
                vault: premises.casework.vault, policies: premises.casework.policies, trust: premises.casework.trust,
                surroundings: premises.world.surroundings)
            let unset = MissingTransport()
            return Worker(
                store: node.store,
                work: [DeliverMessage(casework: node, mail: counter, texts: unset, logger: Self.silent)],
                schedule: Schedule([], surroundings: premises.world.surroundings), bell: Bell(),
                surroundings: premises.world.surroundings, logger: Self.silent)
        }
        await Self.race(workers)
        #expect(counter.recipients.sorted() == (0..<40).map { "reader-\($0)@example.org" }.sorted())
        let left = try await premises.casework.store.read { try $0.messages(limit: 100).filter { $0.state != .sent } }
        #expect(left.isEmpty)
    }
}

/// Counts what is handed over.
private final class Counter: MailTransport {
    private let handed = Mutex<[String]>([])

    var recipients: [String] { handed.withLock { $0 } }

    func send(_ email: Email) async throws(DeliveryFailure) -> Delivery {
        handed.withLock { $0.append(email.to.text) }
        // Another worker has its turn before this one says that it is done.
        await Task.yield()
        return .handedOver
    }
}
