import Rights

/// By when the trust replies, told honestly: the date, or why there is none and whose turn it is.
struct ReplyDate: Sendable, Equatable {
    enum Turn: Sendable, Equatable {
        case requester
        case trust
        case nobody

        var words: String? {
            switch self {
            case .requester: "It is your turn"
            case .trust: "It is our turn"
            case .nobody: nil
            }
        }
    }

    /// The answer in a few words.
    let headline: String
    var sentences: [String] = []
    /// What the requester has to do, one line each.
    var wanted: [String] = []
    let turn: Turn
    var isLate = false
}

extension ReplyDate {
    init(_ matter: Case, under policy: Policy, clock: CaseClock?) {
        if let closedOn = matter.closedOn {
            self.init(headline: "Finished on \(closedOn.inWords)", turn: .nobody)
            return
        }
        let question = matter.conversations.contains(where: \.isWaiting) ? ["Answer the question below."] : []
        guard let clock else {
            self.init(
                headline: "We are working on your request", wanted: question,
                turn: question.isEmpty ? .trust : .requester)
            return
        }
        if clock.isOverdue, let due = clock.due {
            self.init(
                headline: "We are late",
                sentences: [
                    "We should have replied by \(due.withWeekday). We are sorry, and are still working on your request.",
                    "You can write to us below, complain to the trust, or complain to the \(policy.regulator).",
                ], wanted: question, turn: question.isEmpty ? .trust : .requester, isLate: true)
            return
        }
        switch clock.state {
        case .awaitingCompleteness: self = .notStarted(matter, policy, clock, question)
        case .paused: self = .stopped(matter, clock, question)
        case .running, .closed: self = .running(matter, clock, question)
        }
    }

    private static func notStarted(
        _ matter: Case, _ policy: Policy, _ clock: CaseClock, _ question: [String]
    ) -> ReplyDate {
        var checking: [String] = []
        var sentences = ["The days start to count when we have everything we need."]
        for check in Check.allCases {
            let standing = matter.standing(of: check)
            let proof = check.proof.lowercased()
            let isNeeded = !policy.documents(proving: check, in: matter.requester.capacity).isEmpty
            switch standing.standing {
            case .accepted: continue
            case .refused(let refused, _, _):
                sentences.append("We could not accept your \(proof): \(refused.reason)")
            case .waiting where isNeeded && standing.offered.isEmpty:
                sentences.append("We do not have your \(proof) yet, and will ask you for it.")
            case .waiting: if isNeeded { checking.append(proof) }
            }
        }
        if !checking.isEmpty { sentences.append("We are checking your \(checking.joined(separator: " and ")).") }
        if let law = clock.due { sentences.append("By law we must reply by \(law.withWeekday) at the latest.") }
        return ReplyDate(
            headline: "The time to reply has not started", sentences: sentences, wanted: question,
            turn: question.isEmpty ? .trust : .requester)
    }

    private static func stopped(_ matter: Case, _ clock: CaseClock, _ question: [String]) -> ReplyDate {
        var sentences: [String] = []
        if let since = matter.openPauses.map(\.from).min() {
            sentences.append(
                "The days stopped counting on \(since.inWords), because we need something from you first.")
        }
        let (used, left) = (clock.policy.usedDays, clock.policy.remainingDays)
        sentences.append(
            "\(counted(used, "day")) \(used == 1 ? "has" : "have") counted and \(counted(left, "day")) \(left == 1 ? "is" : "are") left."
        )
        if question.isEmpty {
            sentences.append("We have your answer and are reading it. The days go on from the day it reached us.")
        } else {
            sentences.append("The days go on from the day your answer reaches us.")
        }
        if let law = clock.due { sentences.append("By law we must reply by \(law.withWeekday) at the latest.") }
        return ReplyDate(
            headline: "The clock is stopped", sentences: sentences, wanted: question,
            turn: question.isEmpty ? .trust : .requester)
    }

    private static func running(_ matter: Case, _ clock: CaseClock, _ question: [String]) -> ReplyDate {
        guard let due = clock.due else {
            return ReplyDate(headline: "We are working on your request", wanted: question, turn: .trust)
        }
        let account = clock.governing
        var sentences: [String] = []
        if let start = account.start {
            let days = account.totalDays
            sentences.append(
                "Day \(min(account.usedDays, days)) of \(days), counted from \(start.inWords).")
        }
        if let extended = matter.extensions.last {
            sentences.append("We told you on \(extended.on.inWords) that we need more time.")
        }
        if account.pausedDays > 0 {
            sentences.append(
                "\(counted(account.pausedDays, "day")) did not count, while we waited for your answer.")
        }
        return ReplyDate(
            headline: "We will reply by \(due.withWeekday)", sentences: sentences, wanted: question,
            turn: question.isEmpty ? .trust : .requester)
    }
}

/// `1 day`, `3 days`.
private func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
