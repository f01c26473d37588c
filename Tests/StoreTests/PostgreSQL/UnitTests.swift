import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Store

/// Units of work that meet each other, or a server that gives up.
@Suite struct PostgreSQLUnitTests {
    private let database: PrivateDatabase
    private let engine: PostgreSQLEngine

    init() async throws {
        database = try PrivateDatabase(like: .empty)
        var limits = PostgreSQLPool.Limits()
        limits.session = .init(statement: 2, lock: 1)
        engine = PostgreSQLEngine(database.address, limits: limits)
        try await engine.write { connection in
            try connection.define("CREATE TABLE thing (id BIGINT NOT NULL PRIMARY KEY, amount BIGINT NOT NULL)")
            try connection.define("INSERT INTO thing (id, amount) VALUES (1, 10), (2, 10)")
        }
    }

    private func amounts() async throws -> [Int] {
        try await engine.read { try $0.numbers("SELECT amount FROM thing ORDER BY id") }
    }

    /// Runs `body` with, in its first attempt only, another unit of work committed in the middle.
    private func interrupted(
        by other: @escaping @Sendable (any Connection) throws -> Void,
        _ body: @escaping @Sendable (any Connection, _ pause: () -> Void) throws -> Void
    ) async throws -> Int {
        let attempts = Mutex(0)
        let (reached, goOn) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
        async let unit: Void = engine.write { connection in
            let attempt = attempts.withLock { count in
                count += 1
                return count
            }
            try body(connection) {
                guard attempt == 1 else { return }
                reached.continuation.yield()
                goOn.wait()
            }
        }
        for await _ in reached.stream { break }
        try await engine.write(other)
        goOn.signal()
        try await unit
        return attempts.withLock { $0 }
    }

    @Test("Of two units that change the same row from what they read, the later works on the earlier's result")
    func sameRow() async throws {
        let attempts = try await interrupted(
            by: { _ = try $0.execute("UPDATE thing SET amount = amount * 2 WHERE id = 1", []) }
        ) { connection, pause in
            let amount = try connection.numbers("SELECT amount FROM thing WHERE id = 1").reduce(0, +)
            pause()
            _ = try connection.execute("UPDATE thing SET amount = $1 WHERE id = 1", [(amount + 1).stored])
        }
        #expect(attempts == 2)
        #expect(try await amounts() == [21, 10])
    }

    @Test("Two units that each read what the other changes come out as one after the other")
    func skew() async throws {
        // Each takes one away if the sum allows it; both at once would take away too much.
        let attempts = try await interrupted(
            by: { connection in
                if try connection.numbers("SELECT amount FROM thing").reduce(0, +) >= 20 {
                    _ = try connection.execute("UPDATE thing SET amount = 0 WHERE id = 2", [])
                }
            }
        ) { connection, pause in
            let sum = try connection.numbers("SELECT amount FROM thing").reduce(0, +)
            pause()
            if sum >= 20 { _ = try connection.execute("UPDATE thing SET amount = 0 WHERE id = 1", []) }
        }
        #expect(attempts == 2)
        #expect(try await amounts() == [10, 0])
    }

    @Test("Two units that take the same next number get one each")
    func nextNumber() async throws {
        let take: @Sendable (any Connection, () -> Void) throws -> Void = { connection, pause in
            let last = try connection.numbers("SELECT max(id) FROM thing").first ?? 0
            pause()
            _ = try connection.execute("INSERT INTO thing (id, amount) VALUES ($1, 0)", [(last + 1).stored])
        }
        let attempts = try await interrupted(by: { try take($0, {}) }, take)
        #expect(attempts == 2)
        #expect(try await engine.read { try $0.numbers("SELECT id FROM thing ORDER BY id") } == [1, 2, 3, 4])
    }

    @Test("A row that is there already is refused, after a second look")
    func duplicate() async throws {
        let attempts = Mutex(0)
        await #expect {
            try await engine.write { connection in
                attempts.withLock { $0 += 1 }
                _ = try connection.execute("INSERT INTO thing (id, amount) VALUES (1, 0)", [])
            }
        } throws: {
            isRefused($0) { $0.isDuplicate(in: "thing") }
        }
        #expect(attempts.withLock { $0 } == 2)
    }

    @Test("A body that carries on after a failed statement is not believed")
    func swallowed() async throws {
        await #expect(throws: StoreError.self) {
            try await engine.write { connection in
                _ = try connection.execute("INSERT INTO thing (id, amount) VALUES (3, 0)", [])
                _ = try? connection.execute("INSERT INTO thing (id, amount) VALUES ('no number', 0)", [])
            }
        }
        #expect(try await amounts() == [10, 10])
    }

    @Test("A text with a zero byte is refused, not cut off there")
    func zeroByte() async throws {
        await #expect(throws: StoreError.self) {
            try await engine.read { try $0.query("SELECT CAST($1 AS TEXT)", ["a\u{0}b".stored]) { _ in true } }
        }
    }

    @Test("What a wrong value was is not in the error")
    func quiet() async throws {
        await #expect {
            try await engine.read { try $0.query("SELECT CAST($1 AS BIGINT)", ["Rahman".stored]) { _ in true } }
        } throws: {
            !"\($0)".contains("Rahman")
        }
    }

    @Test("A statement that takes too long is stopped, and the connection serves on")
    func slow() async throws {
        await #expect(throws: StoreError.tookTooLong) {
            try await engine.read { try $0.query("SELECT pg_sleep(600)", []) { _ in true } }
        }
        #expect(try await amounts() == [10, 10])
    }

    @Test("Who waits too long for somebody else's row is told that the database is busy")
    func locked() async throws {
        let engine = engine
        try await engine.write { connection in
            _ = try connection.execute("UPDATE thing SET amount = 11 WHERE id = 1", [])
            // Another unit of work, while this one holds the row.
            let failed = DispatchSemaphore(value: 0)
            let outcome = Mutex<(any Error)?>(nil)
            Task {
                do {
                    _ = try await engine.write { try $0.execute("UPDATE thing SET amount = 12 WHERE id = 1", []) }
                } catch {
                    outcome.withLock { $0 = error }
                }
                failed.signal()
            }
            failed.wait()
            #expect(outcome.withLock { $0 as? StoreError } == .busy)
        }
        #expect(try await amounts() == [11, 10])
    }

    @Test("Who does nothing inside a unit of work for too long is ended, so that others go on, and is told so")
    func idle() async throws {
        var limits = PostgreSQLPool.Limits()
        limits.session = .init(statement: 20, lock: 10, idleInTransaction: 1)
        let engine = PostgreSQLEngine(database.address, limits: limits)
        let attempts = Mutex(0)
        await #expect(throws: StoreError.tookTooLong) {
            try await engine.write { connection in
                attempts.withLock { $0 += 1 }
                _ = try connection.execute("UPDATE thing SET amount = 0 WHERE id = 1", [])
                // Another one gets the row when this one was ended, and not before.
                let done = DispatchSemaphore(value: 0)
                Task {
                    _ = try? await engine.write {
                        try $0.execute("UPDATE thing SET amount = amount + 1 WHERE id = 1", [])
                    }
                    done.signal()
                }
                done.wait()
                _ = try connection.execute("UPDATE thing SET amount = 0 WHERE id = 1", [])
            }
        }
        #expect(attempts.withLock { $0 } == 4)
        #expect(try await amounts() == [14, 10])
        try engine.close()
    }

    @Test("A unit whose connection is ended in the middle is done once, on another")
    func ended() async throws {
        let attempts = Mutex(0)
        try await engine.write { connection in
            _ = try connection.execute("INSERT INTO thing (id, amount) VALUES (3, 0)", [])
            let attempt = attempts.withLock { count in
                count += 1
                return count
            }
            if attempt == 1 { try connection.query("SELECT pg_terminate_backend(pg_backend_pid())", []) { _ in true } }
        }
        #expect(attempts.withLock { $0 } == 2)
        #expect(try await amounts() == [10, 10, 0])
    }

    @Test("A unit whose connection is ended before its commit took place is done once, on another")
    func endedAtCommit() async throws {
        try await engine.write { connection in
            // A sequence counts on whatever becomes of the transaction: the trigger fires its shot once.
            try connection.define("CREATE SEQUENCE shot")
            try connection.define(
                """
                CREATE FUNCTION shoot() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF nextval('shot') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                    RETURN NULL;
                END $$
                """)
            try connection.define(
                """
                CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON thing DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION shoot()
                """)
        }
        let attempts = Mutex(0)
        try await engine.write { connection in
            attempts.withLock { $0 += 1 }
            _ = try connection.execute("INSERT INTO thing (id, amount) VALUES (3, 0)", [])
        }
        #expect(attempts.withLock { $0 } == 2)
        #expect(try await amounts() == [10, 10, 0])
    }

    @Test("A unit whose commit took place but was never answered is not done again")
    func unanswered() async throws {
        let wire = try await CutWire(to: database.url, at: "COMMIT")
        let engine = PostgreSQLEngine(try PostgreSQLAddress(wire.url))
        let attempts = Mutex(0)
        let changed = try await engine.write { connection in
            attempts.withLock { $0 += 1 }
            return try connection.execute("INSERT INTO thing (id, amount) VALUES (3, 0)", [])
        }
        #expect(changed == 1)
        #expect(wire.wasCut)
        #expect(attempts.withLock { $0 } == 1)
        #expect(try await amounts() == [10, 10, 0])
    }
}

extension Connection {
    /// The numbers in the first column of an answer.
    func numbers(_ sql: String) throws -> [Int] {
        var numbers: [Int] = []
        try query(sql, []) { row in
            numbers.append(try row.integer(0))
            return true
        }
        return numbers
    }
}
