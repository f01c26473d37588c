extension Transaction {
    /// Finds out at the start that this machine would look for files, and put them, where the others do not: a setting
    /// that was forgotten on one of several machines. The first start decides.
    ///
    /// - Parameter place: `folder`, `database`, or the address of a bucket.
    /// - Throws: `StoreError.filesElsewhere`.
    func checkFiles(lieIn place: String) throws {
        if let known = try first("SELECT place FROM files_place WHERE id = 1", as: { try $0.text(0) }) {
            guard known == place else { throw StoreError.filesElsewhere(known) }
            return
        }
        // A database from before there was a choice.
        let hasFiles = try first("SELECT 1 FROM file LIMIT 1") { try $0.integer(0) } != nil
        guard !hasFiles || place == "folder" else { throw StoreError.filesElsewhere("folder") }
        try execute("INSERT INTO files_place (id, place) VALUES (1, $1)", place)
    }

    /// All files lie elsewhere from now on.
    package func filesLie(in place: String) throws {
        try execute("DELETE FROM files_place")
        try execute("INSERT INTO files_place (id, place) VALUES (1, $1)", place)
    }
}
