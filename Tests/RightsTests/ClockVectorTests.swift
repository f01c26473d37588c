import Foundation
import Rights
import Testing

@Suite struct ClockVectorTests {
    static let vectors: [ClockVector] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/clock-vectors.csv")
        do {
            return try ClockVector.rows(of: String(contentsOf: file, encoding: .utf8)).map { try $0.row.get() }
        } catch {
            preconditionFailure("the vectors: \(error)")
        }
    }()

    @Test("all 104 rows are read")
    func rows() {
        #expect(ClockVectorTests.vectors.count == 104)
    }

    @Test("each row gives its state and its date", arguments: vectors)
    func dates(vector: ClockVector) throws {
        let outcome = try self.outcome(of: vector)
        #expect(outcome.due?.description ?? "" == vector.fields["expected_due"])
        #expect(outcome.state == vector.fields["expected_state"])
    }

    @Test("each row agrees with the details that are given for it", arguments: vectors)
    func details(vector: ClockVector) throws {
        let outcome = try self.outcome(of: vector)
        for detail in (vector.fields["expected_detail"] ?? "").split(separator: ";") {
            let parts = detail.split(separator: "=").map(String.init)
            try #require(parts.count == 2)
            if parts[0] == "printed_example" { continue }
            let account = try #require(outcome.account)
            let found: String
            switch parts[0] {
            case "bank_holidays": found = String(account.bankHolidayDays)
            case "paused_days", "excluded_days": found = String(account.pausedDays)
            case "remaining": found = String(account.remainingDays)
            case "days": found = String(account.totalDays)
            case "extension_valid": found = account.isExtended ? "yes" : "no"
            case "redated": found = account.start == vector.history.received ? "no" : "yes"
            case "pause_refused", "pause_not_available": found = try refusedPauses(account, as: parts[0])
            case "law_due": found = try lawDue(vector)?.description ?? ""
            case "law_is_earlier":
                let due = try #require(outcome.due)
                let law = try #require(try lawDue(vector))
                found = law < due ? "yes" : "no"
            default: found = "a detail that no test knows"
            }
            #expect(found == parts[1], "\(parts[0])")
        }
    }

    @Test("every day from receipt to the due date is accounted for once", arguments: vectors)
    func account(vector: ClockVector) throws {
        guard let account = try outcome(of: vector).account else { return }
        let segments = try account.segments()
        try #require(segments.first?.from == vector.history.received)
        for (earlier, later) in zip(segments, segments.dropFirst()) {
            #expect(later.from == (earlier.to ?? later.from) + 1)
        }
        if let due = account.due {
            let inTime = segments.filter { $0.cause != .late }
            #expect(inTime.last?.to == due)
            #expect(segments.map(\.daysCounted).reduce(0, +) == account.totalDays)
        }
        #expect(segments.allSatisfy { !$0.inWords.isEmpty })
    }

    @Test("a row that cannot be read says which column is wrong and leaves the others alone")
    func badRows() throws {
        let text = """
            id,profile,kind,received,complete_on,pauses,extension\r
            Z1,policy-2017,access,2026-02-30,,,\r
            Z2,policy-2017,,2026-02-03,,,\r
            "Z,3",policy-2017,access,2026-02-03,2026-02-03,soon,\r
            Z4,policy-2017,access,2026-02-03,2026-02-03,,9w@2026-02-04\r
            Z5,policy-2017,access,2026-02-03,2026-02-03,,
            """
        let rows = try ClockVector.rows(of: text)
        #expect(rows.map(\.id) == ["Z1", "Z2", "Z,3", "Z4", "Z5"])
        let columns = rows.map { row -> String? in
            guard case .failure(.refused(let reasons)) = row.row else { return nil }
            return reasons.first?.field
        }
        #expect(columns == ["received", "kind", "pauses", "extension", nil])
    }

    @Test("a file without the columns that are needed is refused")
    func noColumns() {
        #expect(throws: Problem.self) { try ClockVector.rows(of: "id,due\nA,2026-01-01\n") }
    }

    private func outcome(of vector: ClockVector) throws -> ClockVector.Outcome {
        let holidays = Shipped.holidays(vector.nation)
        if let duty = Shipped.duty(vector.profile, vector.kind) {
            return try vector.outcome(of: duty, holidays: holidays)
        }
        return try vector.outcome(under: Shipped.rules(vector.profile, vector.kind), holidays: holidays)
    }

    /// The date by the statute of the day of receipt, whatever the row's own profile.
    private func lawDue(_ vector: ClockVector) throws -> Day? {
        let profile = vector.history.received >= day(2026, 2, 5) ? "uk-2026" : "uk-2018"
        let rules = Shipped.rules(profile, vector.kind)
        return try vector.outcome(under: rules, holidays: Shipped.holidays(vector.nation)).due
    }

    private func refusedPauses(_ account: ClockAccount, as detail: String) throws -> String {
        let refused = account.refusals.compactMap { refusal -> (Day, ClockRefusal.Why)? in
            guard case .pause(let pause) = refusal.event else { return nil }
            return (pause.from, refusal.why)
        }
        guard detail == "pause_refused" else {
            return String(refused.filter { $0.1 == .noPauseForThis }.count)
        }
        return refused.map(\.0.description).joined(separator: ",")
    }
}

extension ClockVector: CustomTestStringConvertible {
    public var testDescription: String { id }
}
