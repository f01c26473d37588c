import Foundation
import PolicyFiles
import Rights

/// The rules and the tables that ship, by the names that the worked examples use.
enum Shipped {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "policies")

    static let policies: [Policy] = {
        do {
            return try PolicyFiles.loadAll(folder)
        } catch {
            preconditionFailure("the policies that ship: \(error)")
        }
    }()

    private static let tables: [Nation: BankHolidays] = {
        do {
            return try PolicyFiles.holidays(folder.appending(path: "bank-holidays"), on: day(2026, 11, 21))
        } catch {
            preconditionFailure("the bank holidays that ship: \(error)")
        }
    }()

    static func holidays(_ nation: Nation) -> BankHolidays {
        guard let table = tables[nation] else { preconditionFailure("no table of \(nation.name)") }
        return table
    }

    /// The clock of `policy-2017`, `uk-2018` or `uk-2026` for a right, or for `deceased`.
    static func rules(_ profile: String, _ kind: String) -> ClockRules {
        let found = profiles(profile).lazy.compactMap { $0.rules(for: kind) }.first
        guard let found else { preconditionFailure("no rules of \(profile) for \(kind)") }
        return found
    }

    static func duty(_ profile: String, _ kind: String) -> DatedDuty? {
        profiles(profile).lazy.compactMap { $0.duty(for: kind) }.first
    }

    private static func profiles(_ code: String) -> [ClockProfile] {
        policies.flatMap(\.clocks.all).filter { $0.code == code }
    }
}

func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    guard let day = Day(year: year, month: month, day: day) else { preconditionFailure("no such day") }
    return day
}
