import Dispatch
import Rights
import TestSupport
import Testing

@testable import Store

/// Several nodes on one server: what they take from each other, and what they do one after the other.
@Suite struct PostgreSQLTakingTests {
    private let world = FixedWorld()
    private let database: PrivateDatabase
    private let folder: TemporaryFolder
    /// Two nodes: each has connections of its own.
    private let nodes: [Store]

    init() throws {
        database = try PrivateDatabase(like: .template)
        folder = try TemporaryFolder()
        nodes = try (0..<2).map { [world, folder, database] _ in
            try Store.open(in: folder.path, on: database.address, surroundings: world.surroundings)
        }
    }

    @Test("Whoever takes a job waits for nobody who is taking another, and gets the next")
    func passesOver() async throws {
        let now = world.now
        try await nodes[0].write { transaction in
            for name in ["first", "second"] {
                try transaction.enqueue(NewJob(kind: "x", body: name, dedupeKey: name), at: now)
            }
        }
        let (taken, mayEnd) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
        async let first = nodes[0].take { transaction in
            let job = try transaction.claimJob(by: "a", at: now, lease: 60)
            taken.continuation.yield()
            // The unit of work stays open, as that of a slow node does.
            mayEnd.wait()
            return job?.body
        }
        for await _ in taken.stream { break }
        let second = try await nodes[1].take { try $0.claimJob(by: "b", at: now, lease: 60)?.body }
        let none = try await nodes[1].take { try $0.claimJob(by: "b", at: now, lease: 60)?.body }
        mayEnd.signal()
        #expect(try await first == "first")
        #expect(second == "second")
        #expect(none == nil)
    }

    @Test("Whoever changes the lists has them alone; who comes second sees what was done, and no other writer is lost")
    func listsAlone() async throws {
        let now = world.now
        let mark: @Sendable (Transaction) throws -> Int = { transaction in
            try transaction.enqueue(NewJob(kind: "x", body: "", dedupeKey: "rebuilt"), at: now) ? 1 : 0
        }
        let (begun, mayEnd) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
        async let first = nodes[0].writeLists { transaction in
            begun.continuation.yield()
            mayEnd.wait()
            return try mark(transaction)
        }
        for await _ in begun.stream { break }
        async let second = nodes[1].writeLists(mark)
        mayEnd.signal()
        #expect(try await [first, second] == [1, 0])
    }
}
