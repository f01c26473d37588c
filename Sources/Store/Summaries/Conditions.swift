import Rights

/// Conditions of a WHERE that are put together from fixed texts of this file, with their values as parameters:
/// what somebody typed is never in the text. Put together because a statement that says `$1 IS NULL OR …` for each
/// filter would use no index.
struct Conditions {
    var texts: [String] = []
    private(set) var values: [StoredValue?] = []

    mutating func add(_ text: StaticString) {
        texts.append("\(text)")
    }

    mutating func add(_ comparison: StaticString, _ value: some SQLValue, closing end: StaticString = "") {
        texts.append("\(comparison) \(parameter(value))\(end)")
    }

    mutating func addAny(
        _ comparisons: [StaticString], _ value: String, or last: StaticString, _ lastValue: String
    ) {
        var alternatives = ["\(last) \(parameter(lastValue))"]
        if !comparisons.isEmpty {
            let shared = parameter(value)
            alternatives += comparisons.map { "\($0) \(shared)" }
        }
        texts.append("(" + alternatives.joined(separator: " OR ") + ")")
    }

    /// Leaves out the cases that this member of staff is concerned in, by the same rule as `Staff.isConcerned` (policy
    /// 6.4.1). They are few and found by indexes, so that the list itself reads no more than before.
    mutating func hide(from own: OwnIdentity) {
        var cases = ["o.requester_email = \(parameter(own.email.lowercased()))"]
        if let number = own.nhsNumber { cases.append("o.nhs_number = \(parameter(number.digits))") }
        let person = own.name.asPerson
        if !person.isEmpty {
            let me = parameter(person)
            cases.append("o.requester_person = \(me) AND o.subject_person <> \(me)")
            let birth = own.dateOfBirth.map { "o.date_of_birth = \(parameter($0))" } ?? "TRUE"
            cases.append("o.subject_person = \(me) AND (o.date_of_birth IS NULL OR \(birth))")
        }
        let found = cases.map { "SELECT o.number FROM case_summary o WHERE \($0)" }.joined(separator: " UNION ALL ")
        texts.append("s.number NOT IN (\(found))")
    }

    /// The next parameter, for what follows the WHERE.
    mutating func parameter(_ value: some SQLValue) -> String {
        values.append(value.stored)
        return "$\(values.count)"
    }

    /// The WHERE with a space before it, or nothing.
    var text: String {
        texts.isEmpty ? "" : " WHERE " + texts.joined(separator: " AND ")
    }
}
