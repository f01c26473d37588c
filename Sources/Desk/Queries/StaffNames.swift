import Rights
import Store

extension Transaction {
    /// The names of all staff, those who have left among them: what lists show for a handler's identifier.
    func staffNames() throws -> [Staff.ID: String] {
        let found = try all("SELECT id, name FROM staff") { row in
            (id: try row.identifier(0) as Staff.ID, name: try row.text(1))
        }
        return Dictionary(found.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }
}
