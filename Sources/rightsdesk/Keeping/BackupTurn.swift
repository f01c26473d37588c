import Foundation

/// One backup of a data folder at a time: a second would write into the copy of the database that the first is reading.
enum BackupTurn {
    /// Does `body` while nobody else can. The system itself ends the turn of a process that dies.
    ///
    /// - Throws: `CommandFailure` where a backup is under way, and what `body` throws.
    static func take(in folder: String, _ body: () throws -> Void) throws {
        let path = "\(folder)/\(DataFolder.backupTurn)"
        // To be read by all: whoever makes the file first, root among them, must keep nobody else out for ever.
        let file = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            throw CommandFailure(
                status: .unavailable, message: "\(path) cannot be opened: \(String(cString: strerror(errno))).")
        }
        defer { close(file) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            throw CommandFailure(
                status: .unavailable,
                message: "A backup of \(folder) is under way. Wait until it has ended; nothing was done.")
        }
        try body()
    }
}
