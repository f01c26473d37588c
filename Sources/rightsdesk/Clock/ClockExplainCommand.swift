import ArgumentParser
import Rights

/// `rightsdesk clock explain`: both clocks of a case that is described on the command line, day by day.
struct ClockExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain the due dates of one case, day by day.",
        discussion: """
            Example: rightsdesk clock explain --received 2026-09-01 --complete 2026-09-03 \
            --pause 2026-09-10/2026-09-17:clarification --extension 56d@2026-09-25
            """)

    @OptionGroup var policies: PoliciesOption

    @Option(help: "The policy that counts; otherwise the first that was in force.")
    var policy: String?

    @Option(help: "A right (access, erasure …) or deceased.")
    var kind = "access"

    @Option(help: "The day the request came.", transform: day)
    var received: Day

    @Option(help: "The day on which the last item needed was in.", transform: day)
    var complete: Day?

    @Option(
        name: .customLong("relevant-time"),
        help: "The day from which the law counts; otherwise that of --complete, or of --received.", transform: day)
    var relevantTime: Day?

    @Option(
        name: .customLong("pause"), help: "from/to:reason, any number; without a date after the / it goes on.",
        transform: {
            try read($0, "from/to:reason, as in 2026-09-10/2026-09-17:clarification", ClockHistory.Pause.init)
        })
    var pauses: [ClockHistory.Pause] = []

    @Option(
        name: .customLong("extension"), help: "amount@day of the notice, any number: 56d@2026-09-25, 2m@2026-09-25.",
        transform: { try read($0, "amount@day, as in 56d@2026-09-25", ClockHistory.Extension.init) })
    var extensions: [ClockHistory.Extension] = []

    @Option(help: "The newest entry in the record of a patient who has died.", transform: day)
    var lastEntry: Day?

    @Option(help: "The oldest entry applied for in that record.", transform: day)
    var firstMade: Day?

    @Option(help: "The day the case was closed.", transform: day)
    var closed: Day?

    @Option(help: "england-and-wales, scotland or northern-ireland; otherwise the policy's.")
    var nation: Nation?

    @Option(help: "The day for which to say what is used and what is left; otherwise today.", transform: day)
    var on: Day?

    func run() throws {
        let today = try Surroundings.live().today
        let rules = try policies.load(on: today)
        let policy = try chosen(from: rules)
        let holidays = try rules.holidays(of: nation ?? policy.nation)
        guard let own = policy.rules(for: kind, receivedOn: received) else {
            throw CommandFailure(
                status: .badInput, message: "The policy \(policy.edition.code) has no clock for “\(kind)”.")
        }
        let history = ClockHistory(
            received: received, completeOn: complete,
            relevantTime: (relevantTime ?? complete).map { .on($0) } ?? .receipt, pauses: pauses,
            extensions: extensions, lastEntry: lastEntry, firstMade: firstMade, closedOn: closed)
        do {
            let clock = try CaseClock(
                of: history, policy: own.policy, statute: own.statute, holidays: holidays, on: on ?? today)
            print(try clock.explanation(holidays: holidays).joined(separator: "\n"))
        } catch let unknown as HolidaysUnknown {
            throw CommandFailure(status: .badInput, message: unknown.reason.text)
        }
    }

    private func chosen(from rules: ShippedRules) throws(CommandFailure) -> Policy {
        let found =
            policy.map { code in rules.policies.first { $0.edition.code == code } }
            ?? rules.policies.first { $0.edition.inForce <= received } ?? rules.policies.first
        guard let found else {
            let known = rules.policies.map(\.edition.code).joined(separator: ", ")
            throw CommandFailure(status: .badInput, message: "There is no such policy. Policies: \(known).")
        }
        return found
    }

    private static func day(_ text: String) throws -> Day {
        try read(text, "a day, as in 2026-09-01") { Day($0) }
    }

    private static func read<Value>(_ text: String, _ form: String, _ read: (String) -> Value?) throws -> Value {
        guard let value = read(text) else { throw ValidationError("“\(text)” is not \(form).") }
        return value
    }
}

extension Nation: ExpressibleByArgument {}

extension CaseClock {
    /// Both accounts, a line each.
    fileprivate func explanation(holidays: BankHolidays) throws -> [String] {
        var lines = try explanation(of: policy)
        if let statute, statute.rules != policy.rules {
            lines.append("")
            lines += try explanation(of: statute)
        }
        lines.append("")
        if let due {
            lines.append("The earlier date governs: \(due.withWeekday) (\(governing.rules.basis)).")
        }
        lines.append("Bank holidays: \(holidays.nation.name), table of \(holidays.version).")
        return lines
    }

    private func explanation(of account: ClockAccount) throws -> [String] {
        var lines = [account.rules.basis, "  \(account.inWords)"]
        if let words = account.extensionInWords { lines.append("  \(words)") }
        if let day = account.lastWorkingDay, day != account.due {
            lines.append("  The last working day before it is \(day.withWeekday).")
        }
        if let latest = try account.latestIfExtended() {
            lines.append("  With the longest extension, told today, it would be \(latest.withWeekday).")
        }
        lines += try account.segments().map { "    \($0.inWords)" }
        lines += account.refusalReasons.map { "  Not counted: \($0.text)" }
        return lines
    }
}
