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

    /// One statement: the same text for every engine, or one that only SQLite is given.
    enum Statement: Sendable, ExpressibleByStringLiteral {
        case common(String)
        case sqlite(String)

        init(stringLiteral text: String) { self = .common(text) }

        var text: String {
            switch self {
            case .common(let text), .sqlite(let text): text
            }
        }
    }

    /// SHA-256 of the statements, in hexadecimal.
    var fingerprint: String {
        var hash = SHA256()
        for statement in statements {
            hash.update(data: Array(statement.text.utf8))
            hash.update(data: [0])
        }
        return hash.finalize().map { padded(hexadecimal: $0) }.joined()
    }

    /// Applies the migrations that the database has not had.
    ///
    /// Throws `StoreError.newerDatabase` if it has had one that is not known here, and
    /// `StoreError.migrationChanged` if one it has had reads differently here.
    static func apply(_ migrations: [Migration], in transaction: Transaction, at now: Moment) throws {
        try transaction.connection.define(
            """
            CREATE TABLE IF NOT EXISTS migration (
                number BIGINT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                fingerprint TEXT NOT NULL,
                applied_at TEXT NOT NULL
            )
            """)
        let applied = try transaction.all("SELECT number, fingerprint FROM migration ORDER BY number") {
            (number: try $0.integer(0), fingerprint: try $0.text(1))
        }
        if let newest = applied.last, newest.number > migrations.count {
            throw StoreError.newerDatabase(found: newest.number, known: migrations.count)
        }
        for (migration, past) in zip(migrations, applied) {
            guard migration.number == past.number, migration.fingerprint == past.fingerprint else {
                throw StoreError.migrationChanged(past.number)
            }
        }
        for migration in migrations.dropFirst(applied.count) {
            for statement in migration.statements {
                try transaction.connection.define(statement.text)
            }
            try transaction.execute(
                "INSERT INTO migration (number, name, fingerprint, applied_at) VALUES ($1, $2, $3, $4)",
                migration.number, migration.name, migration.fingerprint, now)
        }
    }
}

private func padded(hexadecimal byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
}
