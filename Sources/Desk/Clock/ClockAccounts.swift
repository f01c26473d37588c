import Rights
import Web

/// The account of every day, by the trust's own rules and by the law's.
struct ClockAccounts {
    private struct Account {
        let title: String
        let lines: [String]
    }

    private let accounts: [Account]

    init(_ clock: CaseClock) throws(HolidaysUnknown) {
        var accounts = [
            Account(
                title: "How the policy's date was counted (\(clock.policy.rules.basis))",
                lines: try ClockAccounts.lines(of: clock.policy))
        ]
        if let statute = clock.statute {
            accounts.append(
                Account(
                    title: "How the law's date was counted (\(statute.rules.basis))",
                    lines: try ClockAccounts.lines(of: statute)))
        }
        self.accounts = accounts
    }

    private static func lines(of account: ClockAccount) throws(HolidaysUnknown) -> [String] {
        var lines = try account.segments().map(\.inWords)
        if let lengthening = account.extensionInWords { lines.append(lengthening) }
        lines += account.refusalReasons.map(\.text)
        lines.append(account.inWords)
        return lines
    }

    /// - Parameter isOpen: whether the days are seen at once.
    func html(isOpen: Bool) -> HTML {
        """
        \(each: accounts, { account -> HTML in
            let list: HTML = "<ul class=\"nhsuk-list nhsuk-list--bullet\">\(each: account.lines, { "<li>\($0)</li>" })</ul>"
            return isOpen ? "<h3>\(account.title)</h3>\(list)" : .details(account.title, list)
        })
        """
    }
}
