import CPostgres
import Foundation
import Store

/// A PostgreSQL database of a test's own, dropped when the value goes. It is on the server that `make test` starts, or
/// that `scripts/private-postgres with` starts around `swift test`.
package final class PrivateDatabase: Sendable {
    package enum Beginning: Sendable {
        case empty
        /// With the tables of a store, copied from one that was made once a process, which is quicker.
        case template
    }

    package struct Refused: Error, CustomStringConvertible {
        package let description: String

        package init(_ description: String) {
            self.description = description
        }
    }

    package let url: String
    package let address: PostgreSQLAddress
    private let name: String
    private let server: String

    /// - Parameter options: what follows `CREATE DATABASE name`, for one that a store must refuse.
    package init(like beginning: Beginning, options: String = "") throws {
        let name = "test_" + UUID().uuidString.filter { $0 != "-" }.lowercased()
        let server = try Self.server()
        let options =
            switch beginning {
            case .empty: options.isEmpty ? "TEMPLATE template0" : options
            case .template: "TEMPLATE \(try Self.template.get())"
            }
        try Self.run("CREATE DATABASE \(name) \(options)", at: server)
        self.name = name
        self.server = server
        url = Self.url(of: name, at: server)
        address = try PostgreSQLAddress(url)
    }

    deinit {
        try? Self.run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)", at: server)
    }

    /// Runs a statement as the server's administrator, beside whatever the test has open.
    package func run(_ sql: String) throws {
        try Self.run(sql, at: url)
    }

    /// Returns when a session has done nothing inside a transaction for so many seconds, or there is none that does nothing.
    package func waitWhileIdle(lessThan seconds: Int) throws {
        try Self.run(
            """
            DO $$ BEGIN
                WHILE EXISTS (
                    SELECT 1 FROM pg_stat_activity WHERE datname = '\(name)' AND state = 'idle in transaction'
                        AND clock_timestamp() - state_change < interval '\(seconds) s')
                LOOP PERFORM pg_stat_clear_snapshot(), pg_sleep(0.05); END LOOP;
            END $$
            """, at: server)
    }

    /// The address of the server's own database.
    package static func server() throws -> String {
        guard let server = ProcessInfo.processInfo.environment["RIGHTSDESK_TEST_POSTGRES"] else {
            throw Refused("no PostgreSQL: run this as `scripts/private-postgres with swift test …`")
        }
        return server
    }

    private static let template = Result<String, any Error> {
        let server = try PrivateDatabase.server()
        let name = "template_\(ProcessInfo.processInfo.processIdentifier)"
        try run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)", at: server)
        try run("CREATE DATABASE \(name) TEMPLATE template0", at: server)
        let url = PrivateDatabase.url(of: name, at: server)
        let folder = try TemporaryFolder()
        try Store.open(
            in: folder.path, on: try PostgreSQLAddress(url), surroundings: FixedWorld().surroundings
        ).close()
        // Each test's store has a master key of its own.
        try run("DELETE FROM master_key_mark", at: url)
        return name
    }

    private static func url(of name: String, at server: String) -> String {
        server.replacing("/postgres?", with: "/\(name)?")
    }

    /// The same on any server.
    package static func run(_ sql: String, at url: String) throws {
        guard let handle = PQconnectdb(url) else { throw Refused("out of memory") }
        defer { PQfinish(handle) }
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return
        default: throw Refused("\(sql): \(String(cString: PQerrorMessage(handle)))")
        }
    }
}
