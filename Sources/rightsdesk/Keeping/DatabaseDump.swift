import Store

/// A PostgreSQL database written out into a folder by the server's own program, which knows best how.
struct DatabaseDump {
    /// The folder's name, beside the other copies.
    static let name = "rightsdesk.dump"

    let folder: String

    /// Writes the state of one moment, while others read and write.
    ///
    /// Not compressed: the backup compresses, and finds again what it has already only in plain text.
    func take(of address: PostgreSQLAddress) throws(CommandFailure) {
        try Program.dump.run(
            [
                "--format=directory", "--compress=0", "--no-owner", "--no-privileges", "--file", folder,
                "--dbname", address.open,
            ], environment: address.environment)
    }

    /// Brings all of it into an empty database, or nothing.
    func restore(to address: PostgreSQLAddress) throws(CommandFailure) {
        try Program.undump.run(
            [
                "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--dbname", address.open,
                folder,
            ], environment: address.environment)
    }
}
