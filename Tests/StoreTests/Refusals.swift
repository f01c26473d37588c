import Store

/// What the schema refuses, which each engine says in its own words.
extension StoreError {
    /// The table has a row with the same key already.
    func isDuplicate(in table: String) -> Bool {
        guard case .notUnique(let text) = self else { return false }
        return text.contains(table)
    }

    /// There is no such row to refer to.
    var isWrongReference: Bool { isConstraint("foreign key") }

    /// The row is not as rows of the table must be.
    var isWrongRow: Bool { isConstraint("check constraint") }

    private func isConstraint(_ words: String) -> Bool {
        guard case .constraintViolated(let text) = self else { return false }
        return text.lowercased().contains(words)
    }
}

/// Whether an error is one of the store's that `refusal` describes.
func isRefused(_ error: any Error, _ refusal: (StoreError) -> Bool) -> Bool {
    (error as? StoreError).map(refusal) ?? false
}
