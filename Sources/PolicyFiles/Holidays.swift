import Foundation
import Rights

extension PolicyFiles {
    /// Reads the tables of bank holidays, `policies/bank-holidays`: one file for each nation.
    ///
    /// Throws every fault at once; a table that ends before the year after `today` is one, because a date of next
    /// year could not be worked out.
    package static func holidays(_ folder: URL, on today: Day) throws(Faults) -> [Nation: BankHolidays] {
        let findings = Findings()
        var tables: [Nation: BankHolidays] = [:]
        for nation in Nation.allCases {
            let file = "\(nation.rawValue).yaml"
            guard let data = try? Data(contentsOf: folder.appending(path: file)),
                let text = String(data: data, encoding: .utf8)
            else {
                findings.add(file, 1, "The bank holidays of \(nation.name) are missing", "Copy the file that ships.")
                continue
            }
            guard let section = Section(text, file: file, findings: findings) else { continue }
            tables[nation] = table(in: section, of: nation, on: today)
            section.close()
        }
        guard findings.list.isEmpty else { throw Faults(findings.sorted) }
        return tables
    }

    private static func table(in section: Section, of nation: Nation, on today: Day) -> BankHolidays? {
        let named = section.one(of: Nation.self, "nation")
        if let named, named != nation {
            section.fault(at: "nation", "This file is named for another nation", "Write `nation: \(nation.rawValue)`.")
        }
        let from = section.integer("from", 1990...2200)
        let to = section.integer("to", 1990...2200)
        let version = section.text("version")
        let source = section.text("source")
        let holidays = section.each("holidays") { entry in
            let holiday = BankHolidays.Holiday(date: entry.day("date"), name: entry.text("name"))
            return holiday
        }
        if to < today.parts.year + 1 {
            section.fault(
                at: "to", "The table ends too soon: \(today.parts.year + 1) is missing",
                "Add the holidays that GOV.UK has announced for \(today.parts.year + 1), and raise `to` and `version`.")
        }
        guard from <= to else {
            section.fault(at: "from", "The table ends before it begins", "Correct `from` or `to`.")
            return nil
        }
        do throws(Problem) {
            return try BankHolidays(
                nation: nation, version: version, source: source, years: from...to, holidays: holidays)
        } catch {
            guard case .refused(let reasons) = error else { return nil }
            for reason in reasons {
                section.fault(at: "holidays", String(reason.text.dropLast()), "Compare with GOV.UK.")
            }
            return nil
        }
    }
}
