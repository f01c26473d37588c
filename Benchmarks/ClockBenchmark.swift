import Rights

extension Benchmark {
    /// Accounts of a case of twelve facts by the policy of 2017: received, four checks accepted, three pauses opened
    /// and ended, one extension. The promise is one million in seconds.
    static let clockAccounts = Benchmark(name: "clock-accounts", operations: 1_000_000) {
        let received = Day(number: 20_698)  // 2 September 2026
        let holidays = try BankHolidays(
            nation: .englandAndWales, version: "benchmark", source: "eight days a year", years: 2020...2030,
            holidays: (2020...2030).flatMap(eightHolidays))
        let rules = ClockRules(
            basis: "Policy 5.3(c)", start: .completeness, length: .fixed(.days(28)), bankHolidaysAddDays: true,
            pauses: .init(reasons: [.clarification, .evidence, .fee], counting: .difference, limit: .beforeDue),
            extensions: .init(longest: .days(56)))
        var history = ClockHistory(received: received, completeOn: received + 6)
        history.pauses = [
            .init(from: received + 10, to: received + 17, reason: .clarification),
            .init(from: received + 15, to: received + 19, reason: .evidence),
            .init(from: received + 40, to: received + 52, reason: .fee),
        ]
        history.extensions = [.init(amount: .days(56), notifiedOn: received + 30)]
        let base = history
        return {
            var sum = 0
            for number in 0..<1_000_000 {
                // Another case each time: same facts, moved over a year.
                var history = base
                let shift = number % 365
                history.received = base.received + shift
                history.completeOn = base.completeOn.map { $0 + shift }
                let account = try StatutoryClock.account(
                    of: history, under: rules, holidays: holidays, on: received + 60 + shift)
                sum &+= (account.due ?? received) - received + account.usedDays
            }
            return sum
        }
    }

    private static func eightHolidays(of year: Int) -> [BankHolidays.Holiday] {
        [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)].compactMap { month, day in
            guard let date = Day(year: year, month: month, day: day) else { return nil }
            let shift = date.weekday.isWeekend ? 7 - date.weekday.rawValue : 0
            return BankHolidays.Holiday(date: date + shift, name: "Holiday")
        }
    }
}
