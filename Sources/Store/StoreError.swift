/// Why the store could not do what it was asked. None of it is for a visitor's eyes, and none of it carries the
/// values of the row.
package enum StoreError: Error, Hashable, Sendable {
    /// A row with the same key is there already; the text names the columns or the constraint.
    case notUnique(String)
    /// A reference, a check or a trigger of the schema refused the statement.
    case constraintViolated(String)
    /// Another process held the database longer than the store was willing to wait.
    case busy
    /// There is no room left on the disk. Nothing of the unit of work was kept.
    case diskFull
    /// The file is damaged or is no database.
    case damaged(String)
    /// The database was written by a newer version of the program.
    case newerDatabase(found: Int, known: Int)
    /// A migration that was applied does not have the text that this program has under its number.
    case migrationChanged(Int)
    /// A setting on which durability rests did not hold after opening.
    case notDurable(String)
    /// A column held NULL or another shape than was asked for.
    case unreadable(column: Int)
    /// The engine refused for another reason; `code` is its own.
    case engine(code: Int, message: String)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notUnique(let what): "a row with the same key exists: \(what)"
        case .constraintViolated(let what): "the schema refuses this: \(what)"
        case .busy: "the database is in use by another process"
        case .diskFull: "there is no room left on the disk"
        case .damaged(let what): "the database is damaged: \(what)"
        case .newerDatabase(let found, let known):
            "the database was last changed by a newer version of rightsdesk (migration \(found); this version knows "
                + "up to \(known)). Install the newer version, or restore the backup that was made before the upgrade."
        case .migrationChanged(let number):
            "migration \(number) of the database is not the migration \(number) of this program: it must not be used."
        case .notDurable(let what): "the database would not keep what it acknowledges: \(what)"
        case .unreadable(let column): "column \(column) cannot be read as what was asked for"
        case .engine(let code, let message): "engine error \(code): \(message)"
        }
    }
}
