import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Store

@Suite struct PostgreSQLPoolTests {
    private let database: PrivateDatabase

    init() throws {
        database = try PrivateDatabase(like: .empty)
    }

    private func engine(line: Int = 1024, wait: Duration = .seconds(60)) -> PostgreSQLEngine {
        PostgreSQLEngine(database.address, limits: .init(connections: 1, line: line, wait: wait))
    }

    /// Holds the only connection until it is told to let go.
    private func hold(_ engine: PostgreSQLEngine) async -> Held {
        let (begun, end) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
        let unit = Task {
            try await engine.read { _ in
                begun.continuation.yield()
                end.wait()
            }
        }
        for await _ in begun.stream { break }
        return Held(end: end, unit: unit)
    }

    private struct Held {
        let end: DispatchSemaphore
        let unit: Task<Void, any Error>

        func letGo() async throws {
            end.signal()
            try await unit.value
        }
    }

    private func number(_ engine: PostgreSQLEngine) async throws -> Int? {
        try await engine.read { connection in
            var number: Int?
            try connection.query("SELECT 7", []) { row in
                number = try row.integer(0)
                return false
            }
            return number
        }
    }

    @Test("A unit of work that finds the line full is refused at once, and the next one is served")
    func full() async throws {
        let engine = engine(line: 0)
        let held = await hold(engine)
        await #expect(throws: StoreError.lineFull) { try await number(engine) }
        try await held.letGo()
        #expect(try await number(engine) == 7)
    }

    @Test("A unit of work that waits too long for a connection is refused, and the next one is served")
    func tooLong() async throws {
        let engine = engine(wait: .zero)
        let held = await hold(engine)
        await #expect(throws: StoreError.waitedTooLong) { try await number(engine) }
        await #expect(throws: StoreError.waitedTooLong) { try await engine.write { _ in } }
        try await held.letGo()
        #expect(try await number(engine) == 7)
    }

    @Test("A cancelled read leaves the line; a cancelled write is done all the same")
    func cancelled() async throws {
        let engine = engine()
        let held = await hold(engine)
        let read = Task { try await number(engine) }
        let write = Task { try await engine.write { try $0.define("CREATE TABLE kept (id BIGINT)") } }
        read.cancel()
        write.cancel()
        await #expect(throws: CancellationError.self) { try await read.value }
        try await held.letGo()
        try await write.value
        try await engine.read { try $0.query("SELECT id FROM kept", []) { _ in true } }
    }

    @Test("Closing waits for what runs, and nothing is served after it")
    func closed() async throws {
        let engine = engine()
        let held = await hold(engine)
        held.end.signal()
        try engine.close()
        try await held.unit.value
        await #expect(throws: StoreError.closed) { try await number(engine) }
        await #expect(throws: StoreError.closed) { try await engine.write { _ in } }
    }

    @Test("Many units of work share few connections, and each is served")
    func shared() async throws {
        let engine = PostgreSQLEngine(database.address, limits: .init(connections: 3, wait: .seconds(300)))
        let served = try await withThrowingTaskGroup(of: Int?.self) { group in
            for _ in 0..<300 { group.addTask { try await number(engine) } }
            return try await group.reduce(into: 0) { $0 += $1 ?? 0 }
        }
        #expect(served == 2100)
    }
}
