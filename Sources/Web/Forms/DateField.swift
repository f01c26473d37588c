import Rights

/// The three parts of a date as a page shows them.
package struct DateField: Sendable, Hashable {
    package let field: Field
    let day: Field
    let month: Field
    let year: Field

    /// A date that is known already, or none.
    package init(_ name: String, _ day: Day? = nil, problem: String? = nil) {
        let parts = day?.parts
        self.init(
            name, day: parts.map { "\($0.day)" } ?? "", month: parts.map { "\($0.month)" } ?? "",
            year: parts.map { "\($0.year)" } ?? "", problem: problem)
    }

    /// The three parts as somebody typed them.
    init(_ name: String, day: String, month: String, year: String, problem: String?) {
        field = Field(name, problem: problem)
        self.day = Field("\(name)[day]", day)
        self.month = Field("\(name)[month]", month)
        self.year = Field("\(name)[year]", year)
    }
}
