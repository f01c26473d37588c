/// A length of time as the law states it.
package enum Period: Hashable, Sendable {
    case days(Int)
    /// Calendar months: to the same date of the later month, or its last day where it has none.
    case months(Int)

    /// `28 days`, `1 month`.
    package var inWords: String {
        switch self {
        case .days(let count): counted(count, "day")
        case .months(let count): counted(count, "month")
        }
    }
}

/// `1 day`, `2 days`.
package func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
