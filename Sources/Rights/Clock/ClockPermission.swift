/// May it be done? Asked by the acts before they add a fact, and by pages before they show a button.
extension ClockAccount {
    /// Why the clock cannot be stopped with a question dated `day`; nothing where it can.
    ///
    /// Throws as `StatutoryClock.account` does.
    package func whyNoPause(for reason: PauseReason.Kind, from day: Day) throws(HolidaysUnknown) -> Reason? {
        if let refused = whyNoEvent(on: day, called: "question") { return refused }
        let pause = ClockHistory.Pause(from: day, reason: reason)
        var paused = history
        paused.pauses.append(pause)
        let account = try StatutoryClock.account(of: paused, under: rules, holidays: holidays, on: today)
        if let refusal = account.refusal(of: .pause(pause)) { return refusal.reason() }
        // A question that sets the start anew is asked for before the clock runs; any other needs a running clock.
        guard reason != rules.restarts?.reason else { return nil }
        guard let start else {
            return Reason(
                "clock-not-started",
                "The clock has not started, so there is nothing to stop. Ask for what is missing in a message.")
        }
        guard day >= start else {
            return Reason(
                "pause-before-start",
                "The clock starts on \(start.inWords), after the question of \(day.inWords). There was nothing to stop."
            )
        }
        return nil
    }

    /// Why the period cannot be made longer by `amount` with a notice dated `day`; nothing where it can.
    ///
    /// Throws as `StatutoryClock.account` does.
    package func whyNoExtension(by amount: Period, notifiedOn day: Day) throws(HolidaysUnknown) -> Reason? {
        if let refused = whyNoEvent(on: day, called: "notice") { return refused }
        let notice = ClockHistory.Extension(amount: amount, notifiedOn: day)
        var longer = history
        longer.extensions.append(notice)
        let account = try StatutoryClock.account(of: longer, under: rules, holidays: holidays, on: today)
        return account.refusal(of: .extension(notice))?.reason()
    }

    private func whyNoEvent(on day: Day, called name: String) -> Reason? {
        if let closedOn = history.closedOn {
            return Reason("clock-closed", "The case was closed on \(closedOn.inWords), and its clock with it.")
        }
        if day > today {
            return Reason("date-in-future", "The \(name) is dated \(day.inWords), which has not come yet.")
        }
        if day < history.received {
            return Reason(
                "date-before-receipt",
                "The \(name) is dated \(day.inWords), before the request came on \(history.received.inWords).")
        }
        return nil
    }
}
