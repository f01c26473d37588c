extension ClockRefusal {
    /// Why the event does not count, as the person who wants it is told.
    package func reason(field: String? = nil) -> Reason {
        switch why {
        case .noPauseForThis:
            Reason(
                "pause-not-available", "The clock does not stop for this under the rules of this case.", field: field)
        case .answeredBeforeAsked:
            Reason("answered-before-asked", "The answer cannot come before the question.", field: field)
        case .askedTooLate(let lastDay):
            Reason(
                "pause-late",
                "It is too late to stop the clock: the last day to ask was \(lastDay.inWords). "
                    + "You can still send the question; the date stays.", field: field)
        case .tooLateToRestart(let lastDay):
            Reason(
                "restart-late",
                "Further information had to be asked for by \(lastDay.inWords) to set the date anew.", field: field)
        case .noExtension:
            Reason("extension-not-available", "The time for this kind of request cannot be extended.", field: field)
        case .otherUnit:
            Reason("extension-unit", "The rules of this case extend the time in another unit.", field: field)
        case .extensionTooLong(let left):
            Reason(
                "extension-too-long",
                left > 0
                    ? "That is more than the rules allow. At most \(left) can still be added."
                    : "The time has already been extended as far as the rules allow.", field: field)
        case .noticeTooLate(let due):
            Reason(
                "extension-late",
                "It is too late to extend: the requester had to be told by \(due.inWords). "
                    + "Tell Information Governance that the date has passed.", field: field)
        }
    }
}
