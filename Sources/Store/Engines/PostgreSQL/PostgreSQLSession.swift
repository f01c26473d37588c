import CPostgres
import Foundation

/// One connection to the server, with the statements that were prepared on it. Used by one unit of work at a time, on
/// one thread: libpq waits there for the server.
final class PostgreSQLSession {
    /// How long the server may take, in seconds.
    struct Limits: Sendable {
        var statement = 30
        var lock = 10
        /// A process that hangs inside a unit of work holds up others no longer than this.
        var idleInTransaction = 60
    }

    /// Texts of lists differ by their filters, so there is an end to what is kept prepared.
    private static let mostPrepared = 500

    let handle: OpaquePointer
    private var prepared: [String: String] = [:]
    /// The history that the server is writing. A standby that takes over begins a new one, in which the numbers of
    /// transactions may mean others.
    let timeline: String
    /// Which life of the server this is: when it was started, and the first of its own processes, which are all made anew
    /// when one of them or of its sessions has crashed. After a crash it counts on from what it finds in its journal, so
    /// that the number of a transaction that was not in it yet is given to another.
    let life: String
    /// The first failure of the unit of work: after it the server carries out nothing but a rollback.
    private(set) var failure: PostgreSQLFailure?

    /// Connects, and refuses a server on which the store would not be safe or not mean the same.
    ///
    /// Throws `StoreError.unreachable`, `.unsuitable` and `.notDurable`.
    init(_ address: PostgreSQLAddress, limits: Limits) throws {
        let names = address.parameters.keys.sorted()
        handle = try Self.connect(names, names.map { address.parameters[$0] })
        // What it has to say beside its answers ("relation exists, skipping") is nobody's business here.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        do {
            (timeline, life) = try Self.settle(handle, limits)
        } catch {
            PQfinish(handle)
            throw error
        }
    }

    deinit {
        PQfinish(handle)
    }

    private static func connect(_ names: [String], _ values: [String?]) throws -> OpaquePointer {
        let keywords = names.map { strdup($0) } + [nil]
        let texts = values.map { $0.flatMap { strdup($0) } } + [nil]
        defer { (keywords + texts).forEach { free($0) } }
        guard
            let connected = PQconnectdbParams(
                keywords.map { UnsafePointer($0) }, texts.map { UnsafePointer($0) }, 0)
        else { throw StoreError.unreachable("out of memory") }
        guard PQstatus(connected) == CONNECTION_OK else {
            defer { PQfinish(connected) }
            throw StoreError.unreachable(message(of: connected))
        }
        return connected
    }

    /// Sets the time-outs, and what the planner is to reckon with: pages in memory or on a disk without moving parts, and
    /// one process for a question, because there are others to answer. Looks at what the database rests on, and returns
    /// the timeline and the life.
    private static func settle(_ handle: OpaquePointer, _ limits: Limits) throws -> (String, String) {
        let answer = try run(
            """
            SET statement_timeout = '\(limits.statement)s';
            SET lock_timeout = '\(limits.lock)s';
            SET idle_in_transaction_session_timeout = '\(limits.idleInTransaction)s';
            SET random_page_cost = 1.1;
            SET max_parallel_workers_per_gather = 0;
            SELECT current_setting('server_version_num'), pg_encoding_to_char(encoding), datcollate,
                current_setting('synchronous_commit'), current_setting('fsync'),
                substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), datlocprovider,
                concat(extract(epoch FROM pg_postmaster_start_time()), ' ', (
                    SELECT min(pid) FROM pg_stat_activity WHERE datid IS NULL AND usesysid IS NULL))
            FROM pg_database WHERE datname = current_database()
            """, on: handle
        ).get()
        let said = (0..<8).map { answer.plain(0, $0) ?? "" }
        guard Int(said[0]) ?? 0 >= 150_000 else {
            throw StoreError.unsuitable("PostgreSQL 15 or later is needed")
        }
        // Lists and pages of lists are in the order of bytes, as they are on the other engine.
        // All orders that PostgreSQL builds in are so, of the C library's some, and of ICU's none, whatever the C library
        // is told beside it.
        let (isOfServer, isOfICU) = (said[6] == "b", said[6] == "i")
        guard said[1] == "UTF8",
            isOfServer || (!isOfICU && ["C", "POSIX", "C.UTF-8", "C.utf8"].contains(said[2]))
        else {
            throw StoreError.unsuitable(
                "the database has the encoding \(said[1]) and the order \(isOfICU ? "of ICU" : said[2]); make it with "
                    + "createdb --template=template0 --encoding=UTF8 --locale=C\(isOfICU ? " --locale-provider=libc" : "")"
            )
        }
        guard said[3] != "off" else { throw StoreError.notDurable("synchronous_commit is off") }
        guard said[4] == "on" else { throw StoreError.notDurable("fsync is off") }
        return (said[5], said[7])
    }

    /// Whether nothing more can be said to the server on this connection.
    var isLost: Bool { PQstatus(handle) != CONNECTION_OK || failure?.kind == .lost }

    /// A number that differs from that of every other session of the server.
    var process: Int { Int(PQbackendPID(handle)) }

    /// Begins a new unit of work, with nothing failed yet.
    func begin(_ text: String) throws -> PostgreSQLAnswer {
        failure = nil
        return try say(text)
    }

    /// Sends a text of one or several statements and returns the answer to the last, in text form.
    @discardableResult
    func say(_ text: String) throws -> PostgreSQLAnswer {
        try noting(Self.run(text, on: handle))
    }

    func noting(_ outcome: Result<PostgreSQLAnswer, PostgreSQLFailure>) throws -> PostgreSQLAnswer {
        switch outcome {
        case .success(let answer): return answer
        case .failure(let found):
            // What follows the first is only "the transaction was aborted".
            if failure == nil { failure = found }
            throw found.error
        }
    }

    private func answer(_ sql: String, _ values: [StoredValue?]) throws -> PostgreSQLAnswer {
        let parameters = PostgreSQLParameters(values)
        let name = try prepare(sql, parameters)
        return try noting(
            Self.outcome(
                parameters.withPointers { texts, lengths, formats in
                    PQexecPrepared(handle, name, parameters.count, texts, lengths, formats, 1)
                }, on: handle))
    }

    /// The name of the statement, prepared once a connection and text.
    private func prepare(_ sql: String, _ parameters: PostgreSQLParameters) throws -> String {
        if let name = prepared[sql] { return name }
        if prepared.count >= Self.mostPrepared {
            try say("DEALLOCATE ALL")
            prepared.removeAll()
        }
        let name = "s\(prepared.count)"
        _ = try noting(
            Self.outcome(PQprepare(handle, name, sql, parameters.count, parameters.types), on: handle))
        prepared[sql] = name
        return name
    }

    private static func run(_ text: String, on handle: OpaquePointer) -> Result<PostgreSQLAnswer, PostgreSQLFailure> {
        outcome(PQexec(handle, text), on: handle)
    }

    static func outcome(
        _ result: OpaquePointer?, on handle: OpaquePointer
    ) -> Result<PostgreSQLAnswer, PostgreSQLFailure> {
        guard let result else { return .failure(.lost(message(of: handle))) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return .success(PostgreSQLAnswer(owning: result))
        default: break
        }
        defer { PQclear(result) }
        func field(_ letter: UInt8) -> String {
            PQresultErrorField(result, Int32(letter)).map { String(cString: $0) } ?? ""
        }
        let message = field(UInt8(ascii: "M"))
        return .failure(
            PostgreSQLFailure(
                state: field(UInt8(ascii: "C")), message: message.isEmpty ? self.message(of: handle) : message,
                detail: field(UInt8(ascii: "D")), constraint: field(UInt8(ascii: "n")),
                isLost: PQstatus(handle) != CONNECTION_OK))
    }

    /// What libpq says of the connection, in one line. It knows the password and does not say it.
    private static func message(of handle: OpaquePointer) -> String {
        String(cString: PQerrorMessage(handle)).split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

extension PostgreSQLFailure {
    fileprivate static func lost(_ message: String) -> PostgreSQLFailure {
        PostgreSQLFailure(state: "", message: message, detail: "", constraint: "", isLost: true)
    }
}

extension PostgreSQLSession: Connection {
    var dialect: Dialect { .postgresql }

    var passingOver: String { "FOR UPDATE SKIP LOCKED" }

    func execute(_ sql: String, _ values: [StoredValue?]) throws -> Int {
        try answer(sql, values).changed
    }

    func query(_ sql: String, _ values: [StoredValue?], _ visit: (Row) throws -> Bool) throws {
        let answer = try answer(sql, values)
        for row in 0..<answer.count {
            guard try visit(answer[row]) else { return }
        }
    }

    func define(_ sql: String) throws {
        try say(sql)
    }

    /// The words are kept as they are, without PostgreSQL's own parser, which would take some of them for numbers or
    /// addresses and cut them up.
    ///
    /// The words are looked for first and the summaries are fetched one by one, newest first, until there are enough:
    /// `OFFSET 0` keeps the two apart. Left to itself the planner takes every word for a frequent one, and looks for a
    /// rare one by reading all cases backwards.
    var search: SearchText {
        @Sendable func found(_ numbers: String) -> String {
            """
            (\(numbers)) f
            JOIN LATERAL (SELECT * FROM case_summary c WHERE c.number = f.rowid OFFSET 0) s ON TRUE
            """
        }
        return SearchText(
            found: { parameter in
                found(
                    """
                    SELECT rowid FROM case_search WHERE document @@ CAST(\(parameter) AS tsquery)
                    ORDER BY rowid DESC OFFSET 0
                    """)
            },
            foundByLooking: { parameter, sample in
                let cases =
                    switch sample {
                    case .newest(let count): "ORDER BY rowid DESC LIMIT \(count)"
                    case .oldest(let count): "ORDER BY rowid LIMIT \(count)"
                    case nil: "ORDER BY rowid DESC OFFSET 0"
                    }
                return found(
                    """
                    SELECT rowid FROM (SELECT rowid, document FROM case_search \(cases)) looked_at
                    WHERE document @@ CAST(\(parameter) AS tsquery)
                    """)
            },
            newestFirst: "f.rowid DESC",
            // Quoted, so that nothing in a word is taken for an operator of the search.
            expression: { words in
                words.map { word in
                    "'" + word.flatMap { $0 == "'" || $0 == "\\" ? [$0, $0] : [$0] } + "':*"
                }.joined(separator: " & ")
            })
    }
}
