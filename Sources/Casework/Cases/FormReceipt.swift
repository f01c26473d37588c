import Rights
import Store

/// The one-time number that a page's form carries. Kept with the act it led to, so that a form sent twice, by a
/// double click, the back button or somebody who kept a copy, is one act.
package struct FormReceipt: Hashable, Sendable {
    package let text: String

    /// Takes only a text of the form's own shape.
    package init?(_ text: some StringProtocol) {
        guard (16...64).contains(text.utf8.count),
            text.utf8.allSatisfy({
                (48...57).contains($0) || (97...122).contains($0) || (65...90).contains($0) || $0 == 45 || $0 == 95
            })
        else { return nil }
        self.text = String(text)
    }
}

extension Casework {
    /// The case to which a form has led already, if it was acted upon: the second press of a button finds it.
    package func caseMade(by receipt: FormReceipt) async throws -> Case.ID? {
        try await store.read { try $0.caseTaken(by: receipt) }
    }
}

extension Transaction {
    /// Takes a receipt for a case; false if it was taken before, so that nothing is to be done again.
    ///
    /// - Throws: `Problem.conflict` for a receipt that was used on another case.
    func take(_ receipt: FormReceipt, for id: Case.ID, at now: Moment) throws -> Bool {
        if let used = try caseTaken(by: receipt) {
            guard used == id else { throw Problem.conflict("This form has been used before. Open the page again.") }
            return false
        }
        try execute(
            "INSERT INTO form_receipt (receipt, case_id, taken_at) VALUES ($1, $2, $3)", receipt.text, id, now)
        return true
    }

    /// The case that a receipt led to, if it was taken.
    func caseTaken(by receipt: FormReceipt) throws -> Case.ID? {
        try first("SELECT case_id FROM form_receipt WHERE receipt = $1", receipt.text) { try $0.identifier(0) }
    }
}
