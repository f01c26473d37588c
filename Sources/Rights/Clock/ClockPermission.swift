/// May it be done? Asked by the acts before they add a fact, and by pages before they show a button.
extension ClockAccount {
    /// Why a question or a notice of extension would not count; nothing where it would. `field` is the form field that
    /// the reason belongs to.
    ///
    /// Throws as `StatutoryClock.account` does.
    package func whyNot(_ event: ClockRefusal.Event, field: String? = nil) throws(HolidaysUnknown) -> Reason? {
        if let reason = whyNot(on: event.day, field: field) { return reason }
        var changed = history
        switch event {
        case .pause(let pause): changed.pauses.append(pause)
        case .extension(let notice): changed.extensions.append(notice)
        }
        let account = try StatutoryClock.account(of: changed, under: rules, holidays: holidays, on: today)
        if let refusal = account.refusal(of: event) { return refusal.reason(field: field) }
        switch event {
        case .pause(let pause): return whyNothingToStop(by: pause, field: field)
        case .extension: return nil
        }
    }

    private func whyNot(on day: Day, field: String?) -> Reason? {
        if let closedOn = history.closedOn {
            return Reason(
                "clock-closed", "The case was closed on \(closedOn.inWords), and its clock with it.", field: field)
        }
        if day > today {
            return Reason(
                "date-in-future", "\(day.inWords) has not come yet. Give today or an earlier day.", field: field)
        }
        if day < history.received {
            return Reason(
                "date-before-receipt",
                "\(day.inWords) is before the request came, on \(history.received.inWords). Check the date.",
                field: field)
        }
        return nil
    }

    /// A pause needs a clock that runs; only a question that sets the start anew comes before it.
    private func whyNothingToStop(by pause: ClockHistory.Pause, field: String?) -> Reason? {
        guard pause.reason != rules.restarts?.reason else { return nil }
        guard let start else {
            return Reason(
                "clock-not-started",
                "The clock has not started, so there is nothing to stop. Ask for what is missing in a message.",
                field: field)
        }
        guard pause.from < start else { return nil }
        return Reason(
            "pause-before-start",
            "The clock starts on \(start.inWords), after this question. There was nothing to stop.", field: field)
    }
}

extension ClockRefusal.Event {
    /// The day of the question or of the notice.
    package var day: Day {
        switch self {
        case .pause(let pause): pause.from
        case .extension(let notice): notice.notifiedOn
        }
    }
}
