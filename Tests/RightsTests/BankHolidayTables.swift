import Foundation
import Rights

/// The tables that ship, read from the policies folder.
enum BankHolidayTables {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let all: [Nation: BankHolidays] = Dictionary(
        uniqueKeysWithValues: Nation.allCases.map { nation in
            do {
                return (nation, try read(nation))
            } catch {
                preconditionFailure("the table of \(nation.name): \(error)")
            }
        })

    static func of(_ nation: Nation) -> BankHolidays {
        guard let table = all[nation] else { preconditionFailure("no table of \(nation.name)") }
        return table
    }

    private static func read(_ nation: Nation) throws -> BankHolidays {
        let file = root.appending(path: "policies/bank-holidays/\(nation.rawValue).yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        var holidays: [BankHolidays.Holiday] = []
        for match in text.matches(of: /- \{ date: (\S+), name: "([^"]+)" \}/) {
            guard let day = Day(match.1) else { preconditionFailure("no date: \(match.1)") }
            holidays.append(.init(date: day, name: String(match.2)))
        }
        return try BankHolidays(
            nation: nation, version: "test", source: "policies", years: 2011...2029, holidays: holidays)
    }
}
