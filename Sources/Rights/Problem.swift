/// What a person can be told when something cannot be done. Everything else is an internal error whose
/// details go to the log alone.
package enum Problem: Error, Hashable, Sendable {
    /// There is no such thing, or you may not know that there is.
    case notFound
    /// You may not do this; the sentence says why and who can.
    case notAllowed(String)
    /// The request cannot be carried out as given: **every** reason, never only the first.
    case refused([Reason])
    /// Somebody else acted in between; the sentence says what is now the case.
    case conflict(String)
}

/// One reason why not, in words for the person who asked.
package struct Reason: Hashable, Sendable, Codable {
    /// A stable name for tests and pages, in kebab case: `extension-late`.
    package let code: String
    /// What happened, why, and what to do, in plain English.
    package let text: String
    /// The form field it belongs to, where there is one.
    package let field: String?

    package init(_ code: String, _ text: String, field: String? = nil) {
        self.code = code
        self.text = text
        self.field = field
    }
}
