/// One field of a form as a page shows it: its name, what was typed, and what is wrong with it.
package struct Field: Sendable, Hashable {
    /// The name it is sent under.
    package let name: String
    /// Everything sent under that name, in order; several for check boxes.
    package var values: [String]
    /// What the person must put right, where something is wrong.
    package var problem: String?
    /// The element's identifier on the page; the name, unless a page shows two fields of one name.
    package var id: String

    package init(_ name: String, _ value: String = "", problem: String? = nil) {
        self.init(name, values: value.isEmpty ? [] : [value], problem: problem)
    }

    package init(_ name: String, values: [String], problem: String? = nil) {
        self.name = name
        self.values = values
        self.problem = problem
        id = Field.id(of: name)
    }

    /// The first value, or an empty string.
    package var value: String { values.first ?? "" }

    /// A name such as `dob[day]` as an identifier: `dob-day`.
    static func id(of name: String) -> String {
        guard name.utf8.contains(where: { $0 == 0x5b || $0 == 0x5d }) else { return name }
        return name.replacing("[", with: "-").replacing("]", with: "")
    }
}
