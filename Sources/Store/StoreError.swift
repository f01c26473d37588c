/// Why the store could not do what it was asked. None of it is for a visitor's eyes, and none of it carries the
/// values of the row.
package enum StoreError: Error, Hashable, Sendable {
    /// A row with the same key is there already; the text names the columns or the constraint.
    case notUnique(String)
    /// A reference, a check or a trigger of the schema refused the statement.
    case constraintViolated(String)
    /// Others held the database, or got in the way, longer than the store was willing to try.
    case busy
    /// A statement took longer than it may, or the unit of work did nothing for too long between two of them. Nothing of
    /// the unit of work was kept.
    case tookTooLong
    /// So many units of work wait for a connection that no more may.
    case lineFull
    /// No connection became free in time.
    case waitedTooLong
    /// The database server cannot be reached, or let the connection go more often than was tried again. Nothing of the
    /// unit of work was kept.
    case unreachable(String)
    /// The connection was lost while the unit of work was being committed, and the server cannot tell whether it was:
    /// look before doing it again.
    case outcomeUnknown
    /// The database is not one in which the store means the same as in others.
    case unsuitable(String)
    /// The store was closed.
    case closed
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
    /// Somebody else added to the case in between.
    case caseChanged(expected: Int, found: Int)
    /// A database that should be empty holds something.
    case notEmpty(table: String)
    /// What is to be brought in has not the columns of its table.
    case notARow(table: String)
    /// What was copied is not what was read.
    case copyDiffers(table: String)
    /// There is no case of this identifier.
    case noSuchCase
    /// There is no file of this identifier.
    case noSuchFile
    /// A fact is not what was kept, or is not there any more.
    case tampered(case: String, sequence: Int)
    /// The personal content was destroyed with its key.
    case keyDestroyed
    /// The files of this database lie in this place, and not where this machine was told.
    case filesElsewhere(String)
    /// The key file is not that of this database.
    case masterKeyWrong
    /// There is a database but no key file beside it.
    case masterKeyMissing(path: String)
    /// The key file does not hold a key.
    case masterKeyUnusable
    /// A system call failed; `code` is its errno.
    case system(call: String, code: Int)
    /// A column held NULL or another shape than was asked for.
    case unreadable(column: Int)
    /// The engine refused for another reason; `code` is its own.
    case engine(code: String, message: String)
}

extension StoreError {
    /// What may be hoped of the same unit of work, tried again.
    package enum Hope: Hashable, Sendable {
        /// Nothing of it was kept; it can be done when somebody has made room.
        case whenThereIsRoom
        /// Nothing of it was kept; it can be done when the database answers again or others are less busy.
        case soon
        /// It may have been kept or not.
        case inDoubt
    }

    /// Nothing where the same would fail again.
    package var hope: Hope? {
        switch self {
        case .diskFull: .whenThereIsRoom
        case .busy, .tookTooLong, .lineFull, .waitedTooLong, .unreachable, .closed: .soon
        case .outcomeUnknown: .inDoubt
        case .notUnique, .constraintViolated, .unsuitable, .damaged, .newerDatabase, .migrationChanged, .notDurable,
            .caseChanged, .notEmpty, .copyDiffers, .notARow, .noSuchCase, .noSuchFile, .tampered, .keyDestroyed,
            .filesElsewhere, .masterKeyWrong, .masterKeyMissing, .masterKeyUnusable, .system, .unreadable, .engine:
            nil
        }
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notUnique(let what): "a row with the same key exists: \(what)"
        case .constraintViolated(let what): "the schema refuses this: \(what)"
        case .busy: "the database is in use by others"
        case .tookTooLong: "a statement, or the wait for the next one, took longer than the database may take"
        case .lineFull: "too many units of work wait for a connection to the database"
        case .waitedTooLong: "no connection to the database became free in time"
        case .unreachable(let why): "the database cannot be reached: \(why)"
        case .outcomeUnknown:
            "the connection was lost during a commit, and the database cannot tell whether it took place"
        case .unsuitable(let why): "the database cannot be used: \(why)"
        case .closed: "the store is closed"
        case .diskFull: "there is no room left on the disk"
        case .damaged(let what): "the database is damaged: \(what)"
        case .newerDatabase(let found, let known):
            "the database was last changed by a newer version of rightsdesk (migration \(found); this version knows "
                + "up to \(known)). Install the newer version, or restore the backup that was made before the upgrade."
        case .migrationChanged(let number):
            "migration \(number) of the database is not the migration \(number) of this program: it must not be used."
        case .notDurable(let what): "the database would not keep what it acknowledges: \(what)"
        case .caseChanged(let expected, let found): "fact \(found) was added to the case after fact \(expected)"
        case .notEmpty(let table): "the database is not empty: there are rows in its table \(table)"
        case .notARow(let table): "a row for the table \(table) is not as its rows are"
        case .copyDiffers(let table): "the copy of the table \(table) differs from what was read"
        case .noSuchCase: "there is no such case"
        case .noSuchFile: "there is no such file"
        case .tampered(let id, let sequence): "case \(id), fact \(sequence) is not what was kept: run rightsdesk verify"
        case .filesElsewhere(let place):
            "the files of this database lie in another place: set RIGHTSDESK_FILES=\(place) on this machine too"
        case .keyDestroyed: "the content was destroyed with its key"
        case .masterKeyWrong: "the master key is not the one under which this database was written"
        case .masterKeyMissing(let path):
            "there is a database, but not its master key \(path). Put the key back from its backup: without it "
                + "nothing can be read, and a new one would not open what is there."
        case .masterKeyUnusable: "the master key file does not hold 64 hexadecimal digits"
        case .system(let call, let code): "\(call) failed with system error \(code)"
        case .unreadable(let column): "column \(column) cannot be read as what was asked for"
        case .engine(let code, let message): "engine error \(code): \(message)"
        }
    }
}
