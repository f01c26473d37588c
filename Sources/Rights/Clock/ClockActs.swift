extension Case {
    var nextPause: Int { (pauses.map(\.paused.number).max() ?? 0) + 1 }

    /// Why an event that is about to be written would not count by the trust's own clock. A closed case is refused by
    /// itself.
    func clockRefusals(of event: ClockRefusal.Event, in situation: Situation, field: String) -> [Reason] {
        guard isOpen else { return [] }
        do throws(HolidaysUnknown) {
            guard
                let clock = try clock(under: situation.policy, holidays: situation.holidays, on: situation.today)
            else { return [Reason("no-clock", "This kind of request has no clock.")] }
            return try clock.policy.whyNot(event, field: field).map { [$0] } ?? []
        } catch {
            return [error.reason]
        }
    }
}

/// Stops the clock with a dated question to the requester (policy 5.3(c); S2-090).
package struct PauseClock: Act {
    package static let allowed = Allowed.staff(.runClock)

    /// The policy's code of the reason.
    package var reason: String
    /// The question, as it is sent.
    package var question: String
    package var asks: MessageSent.Asks
    package var check: Check?

    package init(reason: String, question: String, asks: MessageSent.Asks, check: Check? = nil) {
        self.reason = reason
        self.question = question
        self.asks = asks
        self.check = check
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.requireLetter(
            question, "question", "Write what you ask the requester. The clock stops with this message.")
        reasons.require(
            asks != .nothing, "no-question", "The message must ask for an answer or a document.", field: "asks")
        if let reason = situation.policy.pauseReasons.offered(reason) {
            let pause = ClockHistory.Pause(from: situation.today, reason: reason.kind)
            reasons.add(matter.clockRefusals(of: .pause(pause), in: situation, field: "reason"))
        } else {
            reasons.require(false, "reason-unknown", "Choose why the clock stops.", field: "reason")
        }
        let message = MessageSent(number: matter.nextMessage, text: question, asks: asks, check: check)
        let paused = ClockPaused(number: matter.nextPause, reason: reason, message: message.number)
        return .facts(
            [
                Addition(.messageSent(message), on: situation.today),
                Addition(.clockPaused(paused), on: situation.today),
            ], unless: reasons.list)
    }
}

/// Ends a pause on the day the answer came in, which a person confirms (S1-59, S2-090).
package struct ResumeClock: Act {
    package static let allowed = Allowed.staff(.runClock)

    package var pause: Int
    package var answeredOn: Day
    package var note: String?
    /// What becomes of the question, where no answer to it is on file.
    package var question: QuestionEnd?

    package init(pause: Int, answeredOn: Day, note: String? = nil, question: QuestionEnd? = nil) {
        self.pause = pause
        self.answeredOn = answeredOn
        self.note = note
        self.question = question
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        let held = matter.pauses.first { $0.paused.number == pause }
        reasons.require(held?.isOpen ?? false, "no-pause", "The clock is not stopped by this pause any more.")
        reasons.requireDay(answeredOn, of: matter, in: situation, field: "answered-on")
        if let held {
            reasons.require(
                answeredOn >= held.from, "before-question",
                "The answer cannot come before the question of \(held.from.inWords).", field: "answered-on")
            // The end of a pause is the day of a dated incoming item; without one it is somebody's word.
            let replies = matter.conversation(held.paused.message)?.replies ?? []
            if !replies.contains(where: { $0.on == answeredOn }) {
                reasons.requireText(
                    note ?? "", "note",
                    "There is no answer of \(answeredOn.inWords) on file. Say what came in on that day, and how.")
            }
            // A question left open would stand before every release, with nobody left to answer it.
            if replies.isEmpty, held.isOpen {
                reasons.require(
                    question != nil, "question-open", "Say what becomes of the question.", field: "question")
            }
        }
        let isAnswered = held.flatMap { matter.conversation($0.paused.message) }?.isAnswered ?? false
        let fact = ClockResumed(pause: pause, note: note, question: isAnswered ? nil : question)
        return .facts([Addition(.clockResumed(fact), on: answeredOn)], unless: reasons.list)
    }
}

/// Extends the period, with the letter that tells the requester (policy 4.2.2, 5.3(d); S2-092, S2-093).
package struct ExtendClock: Act {
    package static let allowed = Allowed.staff(.runClock)

    package var amount: Period
    /// Why the request is complex or numerous.
    package var reason: String
    package var letter: String

    package init(amount: Period, reason: String, letter: String) {
        self.amount = amount
        self.reason = reason
        self.letter = letter
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.requireText(reason, "reason", "Say why the request is complex, or one of many.")
        reasons.requireLetter(letter, "letter", "Write the letter to the requester.")
        let notice = ClockHistory.Extension(amount: amount, notifiedOn: situation.today)
        reasons.add(matter.clockRefusals(of: .extension(notice), in: situation, field: "amount"))
        let message = MessageSent(number: matter.nextMessage, text: letter, asks: .nothing)
        let extended = ClockExtended(amount: amount, reason: reason, letter: letter)
        return .facts(
            [
                Addition(.messageSent(message), on: situation.today),
                Addition(.clockExtended(extended), on: situation.today),
            ], unless: reasons.list)
    }
}

/// Writes down that people were told of a date that comes near or has passed, so that nobody is told twice.
package struct RaiseAlert: Act {
    package static let allowed = Allowed.system

    package var raised: AlertRaised

    package init(raised: AlertRaised) { self.raised = raised }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.require(
            !matter.alerts.contains { $0.due == raised.due && $0.daysLeft == raised.daysLeft }, "already-raised",
            "This alert has been sent.")
        return .facts([Addition(.alertRaised(raised), on: situation.today)], unless: reasons.list)
    }
}
