extension SQLiteConnection {
    func tables() throws -> [Table] {
        var found = TableDescriptions()
        let own = "l.schema = 'main' AND l.type IN ('table', 'virtual') AND substr(l.name, 1, 7) <> 'sqlite_'"
        try query(
            """
            SELECT l.name, l.type, x.name, x.type, x.pk FROM pragma_table_list AS l, pragma_table_xinfo(l.name) AS x
            WHERE \(own) AND x.hidden = 0 ORDER BY l.name, x.pk, x.cid
            """, []
        ) { row in
            let table = try row.text(0)
            if try row.text(1) == "virtual" {
                // The index of words: its columns have no type, and its key is not among them.
                try found.addColumn("rowid", "BIGINT", of: table)
                try found.addColumn(try row.text(2), "TEXT", of: table)
                found.addToKey("rowid", of: table)
            } else {
                try found.addColumn(try row.text(2), try row.text(3), of: table)
                if try row.integer(4) > 0 { found.addToKey(try row.text(2), of: table) }
            }
            return true
        }
        // The third column of the list of references is the other table.
        try query(
            "SELECT l.name, f.* FROM pragma_table_list AS l, pragma_foreign_key_list(l.name) AS f WHERE \(own)", []
        ) { row in
            found.addReference(to: try row.text(3), of: try row.text(0))
            return true
        }
        return try found.inOrder()
    }

    func append(_ rows: TableRows, to table: Table) throws {
        let columns = table.columns.map(\.name).joined(separator: ", ")
        let places = (1...table.columns.count).map { "$\($0)" }.joined(separator: ", ")
        let insertion = "INSERT INTO \(table.name) (\(columns)) VALUES (\(places))"
        for row in rows { _ = try execute(insertion, row) }
    }

    /// The file is locked as a whole by who opens it alone, so nobody else can have come in.
    func requireAlone() {}
}
