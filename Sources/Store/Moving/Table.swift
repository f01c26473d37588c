/// A table as its database describes it, in words that mean the same on every engine. Nothing that is moved is listed
/// in the program: a table that a later migration adds is found here.
struct Table: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case text
        case flag
        case bytes
        /// Of so many bytes.
        case integer(Int)

        /// From the type that a migration declares.
        init?(declared type: String) {
            switch type.lowercased() {
            case "text": self = .text
            case "boolean": self = .flag
            case "bytea": self = .bytes
            case "bigint": self = .integer(8)
            case "integer": self = .integer(4)
            default: return nil
            }
        }
    }

    struct Column: Hashable, Sendable {
        let name: String
        let kind: Kind
    }

    let name: String
    /// Those that are written, by name; what the database computes by itself is not among them.
    let columns: [Column]
    /// The columns of the primary key, in its order.
    let key: [String]
    /// The tables that its rows refer to.
    let references: Set<String>

    /// The record of the migrations themselves, which each database has of its own.
    static let migration = "migration"
}

/// What is read of the descriptions before they are put together.
struct TableDescriptions {
    private var columns: [String: [Table.Column]] = [:]
    private var keys: [String: [String]] = [:]
    private var references: [String: Set<String>] = [:]

    /// Throws `StoreError.unsuitable` for a table that no migration of ours makes.
    mutating func addColumn(_ name: String, _ type: String, of table: String) throws {
        // Names stand in statements that are put together from them.
        guard let kind = Table.Kind(declared: type), Self.isOurs(name), Self.isOurs(table) else {
            throw StoreError.unsuitable("the column \(name) of the table \(table) is not one of rightsdesk's")
        }
        columns[table, default: []].append(Table.Column(name: name, kind: kind))
    }

    mutating func addToKey(_ column: String, of table: String) { keys[table, default: []].append(column) }

    mutating func addReference(to other: String, of table: String) { references[table, default: []].insert(other) }

    /// Every table but the record of migrations, each after those that it refers to.
    ///
    /// Throws `StoreError.unsuitable` where a table has no primary key, or tables refer to each other in a ring.
    func inOrder() throws -> [Table] {
        var rest = columns.keys.filter { $0 != Table.migration }.sorted().map { name in
            Table(
                name: name, columns: (columns[name] ?? []).sorted { $0.name < $1.name }, key: keys[name] ?? [],
                references: (references[name] ?? []).subtracting([name]))
        }
        if let table = rest.first(where: \.key.isEmpty) {
            throw StoreError.unsuitable("the table \(table.name) has no primary key")
        }
        var ordered: [Table] = []
        var placed: Set<String> = []
        while !rest.isEmpty {
            let next = rest.filter { $0.references.isSubset(of: placed) }
            guard !next.isEmpty else { throw StoreError.unsuitable("tables refer to each other in a ring") }
            ordered += next
            placed.formUnion(next.map(\.name))
            rest.removeAll { placed.contains($0.name) }
        }
        return ordered
    }

    private static func isOurs(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    }
}
