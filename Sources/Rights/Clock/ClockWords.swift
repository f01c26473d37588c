extension ClockAccount {
    /// One sentence on where the clock stands today.
    package var inWords: String {
        if let closedOn = history.closedOn {
            guard let due else { return "The case was closed on \(closedOn.inWords)." }
            return isBreached
                ? "The case was closed on \(closedOn.inWords), \(counted(closedOn - due, "day")) after it was due."
                : "The case was closed on \(closedOn.inWords), in time: it was due on \(due.inWords)."
        }
        guard let start else {
            return "The clock has not started: something needed is missing. "
                + "The request came \(counted(max(0, today - history.received), "day")) ago."
        }
        guard let due else {
            return "The clock is stopped: \(counted(usedDays, "day")) used, \(counted(remainingDays, "day")) left."
        }
        let base = "Due on \(due.withWeekday), counted from \(start.inWords)"
        if isOverdue { return "\(base). That was \(counted(today - due, "day")) ago." }
        return "\(base): \(counted(usedDays, "day")) used, \(counted(remainingDays, "day")) left."
    }

    /// What the extension did, where there is one.
    package var extensionInWords: String? {
        guard let extendedBy else { return nil }
        let told = history.extensions
            .filter { refusal(of: .extension($0)) == nil }
            .map(\.notifiedOn.inWords)
            .joined(separator: " and ")
        return "The period was made longer by \(extendedBy.inWords). The requester was told on \(told)."
    }

    /// Every event that does not count, with the reason.
    package var refusalReasons: [Reason] { refusals.map { $0.reason() } }
}

extension ClockAccount.Segment {
    /// The days it covers: `From 2 June 2026 to 9 June 2026`.
    package var daysInWords: String {
        guard let to else { return "From \(from.inWords)" }
        return from == to ? from.inWords : "From \(from.inWords) to \(to.inWords)"
    }

    /// What happened to these days and why, as one line of the account.
    package var inWords: String {
        switch cause {
        case .waiting:
            return "\(daysInWords): not counted (\(counted(daysNotCounted, "day"))). "
                + "The clock had not started: something needed was missing."
        case .startDay:
            return "\(daysInWords): not counted. The clock starts here, and the count begins on the day after."
        case .counting:
            return "\(daysInWords): \(counted(daysCounted, "day")) counted."
        case .paused(let pause):
            let answered = pause.to.map { ", answered on \($0.inWords)" } ?? ", not answered yet"
            return "\(daysInWords): not counted (\(counted(daysNotCounted, "day"))). The clock was stopped: "
                + "waiting for \(pause.reason.awaited), asked for on \(pause.from.inWords)\(answered)."
        case .bankHoliday(let name):
            return "\(daysInWords): not counted. Bank holiday: \(name)."
        case .rolled:
            return "\(daysInWords): the last day was \((from - 1).withWeekday), "
                + "so the time runs to the end of the next working day."
        case .late:
            return "\(daysInWords): \(counted(daysNotCounted, "day")) late."
        }
    }
}

extension PauseReason.Kind {
    /// What is awaited, after "waiting for".
    package var awaited: String {
        switch self {
        case .clarification: "an answer to a question about the request"
        case .evidence: "evidence"
        case .fee: "the fee"
        case .furtherInformation: "further information"
        }
    }
}
