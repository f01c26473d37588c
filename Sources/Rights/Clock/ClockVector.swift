/// One row of a file of worked examples: a history, and which rules count it. The same rows check the program
/// (tests, `rightsdesk clock vectors`) and anything else that claims to count the same way.
package struct ClockVector: Hashable, Sendable {
    package let id: String
    /// The body of rules, `policy-2017`, and what for: a right, `deceased`, or a duty of one date.
    package let profile: String
    package let kind: String
    package let nation: Nation
    package let history: ClockHistory
    /// The fields as they stand in the file, by the name of their column.
    package let fields: [String: String]

    /// What a row comes to.
    package struct Outcome: Hashable, Sendable {
        /// As the file's `expected_state` column names it.
        package let state: String
        package let due: Day?
        /// Pauses and extensions that do not count.
        package let refusals: [Reason]
        /// Nothing for a duty of one date.
        package let account: ClockAccount?
    }

    /// The rows of a file, each either a vector or the reason why it is none, with the row's id.
    ///
    /// Throws `Problem.refused` when the header lacks a column that is needed.
    package static func rows(of text: String) throws(Problem) -> [(id: String, row: Result<ClockVector, Problem>)] {
        var rows = CommaSeparated.rows(of: text)[...]
        let header = rows.popFirst() ?? []
        let missing = ["id", "profile", "kind", "received"].filter { !header.contains($0) }
        guard missing.isEmpty else {
            throw .refused(missing.map { Reason("no-column", "The first line has no column “\($0)”.") })
        }
        return rows.map { row in
            let fields = Dictionary(zip(header, row)) { first, _ in first }
            let parsed = Result { () throws(Problem) in try ClockVector(fields: fields) }
            return (fields["id"] ?? "", parsed)
        }
    }

    /// Reads one row; throws `Problem.refused` with the first field that cannot be read.
    package init(fields: [String: String]) throws(Problem) {
        let reader = Reader(fields: fields)
        self.fields = fields
        id = try reader.needed("id")
        profile = try reader.needed("profile")
        nation = try reader.value("region", Nation.init(rawValue:)) ?? .englandAndWales
        kind = try reader.needed("kind")
        let completeOn = try reader.value("complete_on", Day.init)
        history = ClockHistory(
            received: try reader.day("received"), completeOn: completeOn,
            relevantTime: completeOn.map { .on($0) } ?? .receipt,
            pauses: try reader.list("pauses", ClockHistory.Pause.init),
            extensions: try reader.list("extension", ClockHistory.Extension.init),
            lastEntry: try reader.value("record_last_added", Day.init),
            firstMade: try reader.value("record_first_made", Day.init))
    }

    /// Counts the row by these rules, once everything in it has happened. Throws where the table of bank holidays does
    /// not reach a day that is needed.
    package func outcome(under rules: ClockRules, holidays: BankHolidays) throws(HolidaysUnknown) -> Outcome {
        let account = try StatutoryClock.account(
            of: history, under: rules, holidays: holidays, on: history.latest)
        let isExtended = account.state == .running && account.isExtended
        return Outcome(
            state: isExtended ? "extended" : account.state.rawValue, due: account.due,
            refusals: account.refusalReasons, account: account)
    }

    /// Counts the row's date of receipt by a duty of one date. Throws as above.
    package func outcome(of duty: DatedDuty, holidays: BankHolidays) throws(HolidaysUnknown) -> Outcome {
        let date = try duty.date(from: history.received, holidays: holidays)
        return Outcome(state: duty.gives.state, due: date, refusals: [], account: nil)
    }
}

extension ClockHistory {
    /// The last day on which anything in it happened.
    fileprivate var latest: Day {
        let days =
            pauses.map { $0.to ?? $0.from } + extensions.map(\.notifiedOn) + [completeOn, closedOn].compactMap(\.self)
        return days.reduce(received, max)
    }
}

extension DatedDuty.Meaning {
    fileprivate var state: String {
        switch self {
        case .lastDay: ClockAccount.State.running.rawValue
        case .reviewFrom: "review_from"
        case .earliestSupply: "earliest_supply"
        case .earliestOpinion: "earliest_opinion"
        }
    }
}

/// Reads the fields of a row, each with a message that names the column.
private struct Reader {
    let fields: [String: String]

    func text(_ column: String) -> String { fields[column] ?? "" }

    func needed(_ column: String) throws(Problem) -> String {
        let text = text(column)
        guard !text.isEmpty else { throw fault(column, "is empty") }
        return text
    }

    func day(_ column: String) throws(Problem) -> Day {
        guard let day = try value(column, Day.init) else { throw fault(column, "is empty") }
        return day
    }

    /// The value of a column, or nothing where the column is empty.
    func value<Value>(_ column: String, _ read: (String) -> Value?) throws(Problem) -> Value? {
        let text = text(column)
        if text.isEmpty { return nil }
        guard let value = read(text) else { throw fault(column, "cannot be read: “\(text)”") }
        return value
    }

    /// The values of a column, with semicolons between them.
    func list<Item>(_ column: String, _ read: (Substring) -> Item?) throws(Problem) -> [Item] {
        var items: [Item] = []
        for part in text(column).split(separator: ";") {
            guard let item = read(part) else { throw fault(column, "cannot be read: “\(part)”") }
            items.append(item)
        }
        return items
    }

    private func fault(_ column: String, _ what: String) -> Problem {
        .refused([Reason("bad-field", "The column “\(column)” \(what).", field: column)])
    }
}
