import Crypto
import Rights

/// One step of the schema: frozen text, applied once, never edited after it has shipped. A later wish is a later
/// migration. Migrations speak plain text, never the program's types, which may change under them.
package struct Migration: Sendable {
    /// From 1, without gaps.
    let number: Int
    /// The subject, in a word or two.
    let name: String
    let statements: [Statement]

    /// One statement: the same text for every engine, or one that only one of them is given.
    enum Statement: Sendable, ExpressibleByStringLiteral {
        case common(String)
        case sqlite(String)
        case postgresql(String)

        init(stringLiteral text: String) { self = .common(text) }

        fileprivate func text(on dialect: Dialect) -> String? {
            switch (self, dialect) {
            case (.common(let text), _), (.sqlite(let text), .sqlite), (.postgresql(let text), .postgresql): text
            case (.sqlite, .postgresql), (.postgresql, .sqlite): nil
            }
        }
    }

    /// The statements as one of the engines is given them.
    func texts(on dialect: Dialect) -> [String] {
        statements.compactMap { $0.text(on: dialect) }
    }

    /// SHA-256 of the statements that the engine is given, in hexadecimal.
    func fingerprint(on dialect: Dialect) -> String {
        var hash = SHA256()
        for text in texts(on: dialect) {
            hash.update(data: Array(text.utf8))
            hash.update(data: [0])
        }
        return Array(hash.finalize()).hexadecimal
    }

    /// Applies the migrations that the database has not had.
    ///
    /// Throws `StoreError.newerDatabase` if it has had one that is not known here, and
    /// `StoreError.migrationChanged` if one it has had reads differently here.
    static func apply(_ migrations: [Migration], on connection: any Connection, at now: Moment) throws {
        try connection.define(
            """
            CREATE TABLE IF NOT EXISTS migration (
                number BIGINT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                fingerprint TEXT NOT NULL,
                applied_at TEXT NOT NULL
            )
            """)
        var applied: [(number: Int, fingerprint: String)] = []
        try connection.query("SELECT number, fingerprint FROM migration ORDER BY number", []) { row in
            applied.append((number: try row.integer(0), fingerprint: try row.text(1)))
            return true
        }
        if let newest = applied.last, newest.number > migrations.count {
            throw StoreError.newerDatabase(found: newest.number, known: migrations.count)
        }
        for (migration, past) in zip(migrations, applied) {
            guard migration.number == past.number, migration.fingerprint(on: connection.dialect) == past.fingerprint
            else {
                throw StoreError.migrationChanged(past.number)
            }
        }
        for migration in migrations.dropFirst(applied.count) {
            for text in migration.texts(on: connection.dialect) {
                try connection.define(text)
            }
            _ = try connection.execute(
                "INSERT INTO migration (number, name, fingerprint, applied_at) VALUES ($1, $2, $3, $4)",
                [
                    migration.number.stored, migration.name.stored,
                    migration.fingerprint(on: connection.dialect).stored, now.stored,
                ])
        }
    }
}
