import Foundation
import Rights
import Synchronization
import TestSupport
import Testing

@testable import Store

/// What is asked of a server before anything is kept on it, and what happens when it goes away. That one older than
/// PostgreSQL 15 is refused is not tried: there is none among Debian's packages.
@Suite struct PostgreSQLServerTests {
    private let world = FixedWorld()

    private func open(_ address: PostgreSQLAddress, in folder: TemporaryFolder) throws -> Store {
        try Store.open(in: folder.path, on: address, surroundings: world.surroundings)
    }

    /// The server by its port, where it wants a password and has TLS.
    private func byPort(host: String = "localhost", password: String = "fictional", _ rest: String) throws -> String {
        let server = try PrivateDatabase.server()
        let port = try #require(try #/port=([0-9]+)/#.firstMatch(in: server)?.1)
        return "postgres://postgres:\(password)@\(host):\(port)/postgres?\(rest)"
    }

    /// The folder that has the certificate of the server's authority.
    private func authority() throws -> String {
        try "\(#require(try #/host=([^&]+)/#.firstMatch(in: PrivateDatabase.server())?.1))/authority.crt"
    }

    private func isEncrypted(_ url: String) async throws -> Bool {
        let engine = PostgreSQLEngine(try PostgreSQLAddress(url))
        let flag = try engine.prepare { connection in
            var flag = false
            try connection.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", []) { row in
                flag = try row.flag(0)
                return false
            }
            return flag
        }
        try engine.close()
        return flag
    }

    @Test("A connection that is to be verified is, and is encrypted")
    func verified() async throws {
        #expect(try await isEncrypted(byPort("sslmode=verify-full&sslrootcert=\(authority())")))
        #expect(try await isEncrypted(byPort("sslmode=disable")) == false)
    }

    @Test("A server that is not who it is said to be is refused, and no password is in the refusal")
    func notVerified() async throws {
        let authority = try authority()
        let urls = [
            // The certificate is for localhost.
            try byPort(host: "127.0.0.1", "sslmode=verify-full&sslrootcert=\(authority)"),
            try byPort("sslmode=verify-full&sslrootcert=/nowhere.crt"),
            try byPort(password: "pelican", "sslmode=disable"),
        ]
        for url in urls {
            await #expect {
                try await isEncrypted(url)
            } throws: { error in
                isRefused(error) { if case .unreachable = $0 { true } else { false } }
                    && !"\(error)".contains("pelican") && !"\(error)".contains("fictional")
            }
        }
    }

    @Test("A server that is not there is refused at once when the program starts")
    func absent() throws {
        let folder = try TemporaryFolder()
        let address = try PostgreSQLAddress("postgres:///rights?host=\(folder.path)&user=rights")
        #expect {
            try open(address, in: folder)
        } throws: {
            isRefused($0) { if case .unreachable = $0 { true } else { false } }
        }
    }

    @Test(
        "A database that would lose what it acknowledged is refused",
        arguments: ["synchronous_commit = off"])
    func notDurable(setting: String) throws {
        let database = try PrivateDatabase(like: .empty)
        let name = try #require(try #/postgres:///([a-z0-9_]+)/#.firstMatch(in: database.url)?.1)
        try database.run("ALTER DATABASE \(name) SET \(setting)")
        let folder = try TemporaryFolder()
        #expect(throws: StoreError.notDurable("synchronous_commit is off")) { try open(database.address, in: folder) }
    }

    @Test(
        "A database that sorts or spells otherwise is refused with advice",
        arguments: [
            "ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0",
            // The C library's order is not the one that holds here.
            "ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US' TEMPLATE template0",
        ])
    func unsuitable(options: String) throws {
        let database = try PrivateDatabase(like: .empty, options: options)
        let folder = try TemporaryFolder()
        #expect {
            try open(database.address, in: folder)
        } throws: { error in
            "\(error)".contains("createdb --template=template0 --encoding=UTF8 --locale=C")
        }
    }

    @Test("A database that sorts by bytes under another name is taken")
    func suitable() throws {
        let database = try PrivateDatabase(like: .empty, options: "ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0")
        try open(database.address, in: try TemporaryFolder()).close()
    }

    @Test("A server that does not wait for its disk is refused")
    func notFlushed() throws {
        let server = try PrivateServer()
        try PrivateDatabase.run("ALTER SYSTEM SET fsync = off", at: server.url)
        try server.restart(.fast)
        #expect(throws: StoreError.notDurable("fsync is off")) {
            try open(try PostgreSQLAddress(server.url), in: try TemporaryFolder())
        }
    }

    @Test("Who is there under another role and may write is noticed, and who can only look is in nobody's way")
    func otherRole() async throws {
        let server = try PrivateServer()
        for role in ["desk", "site", "monitor"] {
            try PrivateDatabase.run("CREATE ROLE \(role) LOGIN", at: server.url)
        }
        try PrivateDatabase.run("ALTER DATABASE postgres OWNER TO desk", at: server.url)
        func address(_ role: String) throws -> PostgreSQLAddress {
            try PostgreSQLAddress(server.url.replacing("user=postgres", with: "user=\(role)"))
        }
        let folder = try TemporaryFolder()
        try open(address("desk"), in: folder).close()
        try PrivateDatabase.run("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO site", at: server.url)

        let monitor = PostgreSQLEngine(try address("monitor"))
        #expect(try await monitor.read { try $0.numbers("SELECT 1") } == [1])
        try Store.open(in: folder.path, on: address("desk"), alone: true, surroundings: world.surroundings).close()
        let site = PostgreSQLEngine(try address("site"))
        #expect(try await site.read { try $0.numbers("SELECT 1") } == [1])
        #expect(throws: StoreError.busy) {
            try Store.open(in: folder.path, on: address("desk"), alone: true, surroundings: world.surroundings)
        }
        try site.close()
        try monitor.close()
    }

    @Test("Nodes that start together on an empty database make its tables once")
    func together() async throws {
        let database = try PrivateDatabase(like: .empty)
        let folder = try TemporaryFolder()
        _ = try MasterKey(creating: folder.path + "/keys/master.key", random: world.surroundings.random)
        let (address, path, surroundings) = (database.address, folder.path, world.surroundings)
        let stores = try await withThrowingTaskGroup(of: Store.self) { group in
            for _ in 0..<4 { group.addTask { try Store.open(in: path, on: address, surroundings: surroundings) } }
            return try await group.reduce(into: [Store]()) { $0.append($1) }
        }
        let applied = try await stores[3].read { try $0.all("SELECT number FROM migration") { try $0.integer(0) } }
        #expect(applied.count == Migration.all.count)
    }

    @Test("A node with another master key than the first is refused, before it has kept anything")
    func otherKey() async throws {
        let database = try PrivateDatabase(like: .empty)
        let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
        let store = try open(database.address, in: first)
        #expect(throws: StoreError.masterKeyMissing(path: second.path + "/keys/master.key")) {
            try open(database.address, in: second)
        }
        _ = try MasterKey(creating: second.path + "/keys/master.key", random: world.surroundings.random)
        #expect(throws: StoreError.masterKeyWrong) { try open(database.address, in: second) }
        try store.close()
    }

    @Test(
        "A server that is restarted under load, or dies, loses nothing acknowledged and keeps nothing twice",
        arguments: ["fast", "immediate", "kill -9"])
    func restarted(blow: String) async throws {
        let server = try PrivateServer()
        let engine = PostgreSQLEngine(try PostgreSQLAddress(server.url))
        let marks = try await Marks.written(on: engine) {
            switch blow {
            case "fast": try server.restart(.fast)
            case "immediate": try server.restart(.immediate)
            default:
                try server.kill()
                try server.revive()
            }
        }
        try await marks.expectWhole(on: engine)
        try engine.close()
    }

    @Test("A commit that a crash of the server undid is not taken for the next one, which has its number")
    func undone() async throws {
        let server = try PrivateServer()
        let address = try PostgreSQLAddress(server.url)
        let (engine, other) = (PostgreSQLEngine(address), PostgreSQLEngine(address))
        let folder = try TemporaryFolder()
        // The server runs as a user of its own, and says here that it has been struck.
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
        let struck = "\(folder.path)/struck"
        try await engine.write { connection in
            try connection.define("CREATE TABLE kept (mark BIGINT NOT NULL)")
            try connection.define("CREATE TABLE next (mark BIGINT NOT NULL)")
            // At its first commit the session is killed, before anything of it is in the journal.
            try connection.define(
                """
                CREATE FUNCTION strike() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    COPY (SELECT 1) TO PROGRAM '[ -e \(struck) ] || { touch \(struck); kill -9 $PPID; }; cat >/dev/null';
                    RETURN NULL;
                END $$
                """)
            try connection.define(
                """
                CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON kept DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION strike()
                """)
        }
        let isOver = Flag()
        async let others: Void = {
            while !isOver.isRaised {
                guard FileManager.default.fileExists(atPath: struck) else {
                    await Task.yield()
                    continue
                }
                // What the crash does to these is not asked here.
                _ = try? await other.write { try $0.execute("INSERT INTO next (mark) VALUES (1)", []) }
            }
        }()
        var isAcknowledged = true
        do {
            _ = try await engine.write { try $0.execute("INSERT INTO kept (mark) VALUES (1)", []) }
        } catch StoreError.outcomeUnknown {
            isAcknowledged = false
        }
        isOver.raise()
        await others
        #expect(FileManager.default.fileExists(atPath: struck))
        let kept = try await engine.read { try $0.numbers("SELECT mark FROM kept") }
        #expect(kept == (isAcknowledged ? [1] : []))
        try engine.close()
        try other.close()
    }
}

/// What became of the marks of four who write while something befalls their server.
private struct Marks {
    var acknowledged: [Int] = []
    var inDoubt: [Int] = []

    static func written(
        on engine: PostgreSQLEngine, while blow: () throws -> Void
    ) async throws -> Marks {
        try await engine.write {
            try $0.define(
                "CREATE TABLE kept (place BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY, mark BIGINT NOT NULL)")
        }
        let isOver = Flag()
        let written = AsyncStream<Void>.makeStream()
        return try await withThrowingTaskGroup(of: Marks.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    var marks = Marks()
                    // On until some were written after the blow as well.
                    var remaining = 40
                    while remaining > 0 {
                        let mark = writer * 1_000_000 + marks.acknowledged.count + marks.inDoubt.count
                        do {
                            _ = try await engine.write {
                                try $0.execute("INSERT INTO kept (mark) VALUES ($1)", [mark.stored])
                            }
                            marks.acknowledged.append(mark)
                        } catch StoreError.outcomeUnknown {
                            marks.inDoubt.append(mark)
                        }
                        written.continuation.yield()
                        if isOver.isRaised { remaining -= 1 }
                    }
                    return marks
                }
            }
            var seen = 0
            for await _ in written.stream {
                seen += 1
                if seen == 100 { break }
            }
            try blow()
            isOver.raise()
            return try await group.reduce(into: Marks()) {
                $0.acknowledged += $1.acknowledged
                $0.inDoubt += $1.inDoubt
            }
        }
    }

    func expectWhole(on engine: PostgreSQLEngine) async throws {
        let kept = try await engine.read { try $0.numbers("SELECT mark FROM kept ORDER BY mark") }
        #expect(Set(kept).count == kept.count, "nothing is there twice")
        #expect(Set(acknowledged).subtracting(kept).isEmpty, "nothing acknowledged is lost")
        #expect(Set(kept).subtracting(acknowledged).isSubset(of: inDoubt), "nothing else is there")
        #expect(inDoubt.count <= 4, "each writer was in the middle of one commit at most")
    }
}

/// Two servers of which one follows the other, and one address for both.
@Suite struct PostgreSQLFailoverTests {
    private func address(of servers: PrivateServer...) throws -> PostgreSQLAddress {
        let parts = try servers.map { try #require(try #/host=([^&]+)&port=([0-9]+)/#.firstMatch(in: $0.url)) }
        let hosts = parts.map { String($0.1) }.joined(separator: ",")
        let ports = parts.map { String($0.2) }.joined(separator: ",")
        return try PostgreSQLAddress("postgres:///postgres?user=postgres&host=\(hosts)&port=\(ports)")
    }

    @Test("A standby that takes over is found by itself, and has everything that was acknowledged, once")
    func takesOver() async throws {
        let primary = try PrivateServer()
        let standby = try PrivateServer(following: primary)
        let engine = PostgreSQLEngine(try address(of: primary, standby))
        let marks = try await Marks.written(on: engine) {
            try primary.kill()
            try standby.takeOver()
        }
        try await marks.expectWhole(on: engine)
        try engine.close()
    }

    @Test("An old primary that comes back is not written to by who has seen the new one")
    func oldPrimary() async throws {
        let primary = try PrivateServer()
        let standby = try PrivateServer(following: primary)
        let engine = PostgreSQLEngine(try address(of: primary, standby))
        try await engine.write { try $0.define("CREATE TABLE kept (mark BIGINT NOT NULL)") }
        try primary.kill()
        try standby.takeOver()
        _ = try await engine.write { try $0.execute("INSERT INTO kept (mark) VALUES ($1)", [1.stored]) }
        try primary.revive()
        try standby.restart(.immediate)
        await #expect {
            try await engine.write { try $0.execute("INSERT INTO kept (mark) VALUES ($1)", [2.stored]) }
        } throws: {
            isRefused($0) { if case .unreachable = $0 { true } else { false } }
        }
        try engine.close()
    }

    @Test("What its standby has not is not acknowledged, however long that takes")
    func waitsForStandby() async throws {
        let server = try PrivateServer()
        var limits = PostgreSQLPool.Limits()
        limits.session.statement = 1
        let engine = PostgreSQLEngine(try PostgreSQLAddress(server.url), limits: limits)
        try await engine.write { try $0.define("CREATE TABLE kept (mark BIGINT NOT NULL)") }
        try PrivateDatabase.run("ALTER SYSTEM SET synchronous_standby_names = 'gone'", at: server.url)
        try PrivateDatabase.run("SELECT pg_reload_conf()", at: server.url)
        async let written = engine.write { try $0.execute("INSERT INTO kept (mark) VALUES ($1)", [1.stored]) }
        // Longer than a statement may take.
        let waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND now() - query_start > '2 s'"
        while try await engine.read({ try $0.numbers(waiting) }).isEmpty {}
        try PrivateDatabase.run("ALTER SYSTEM RESET synchronous_standby_names", at: server.url)
        try PrivateDatabase.run("SELECT pg_reload_conf()", at: server.url)
        #expect(try await written == 1)
        try engine.close()
    }
}

/// Raised once, and seen by whoever looks.
private final class Flag: Sendable {
    private let state = Mutex(false)

    var isRaised: Bool { state.withLock { $0 } }

    func raise() {
        state.withLock { $0 = true }
    }
}
