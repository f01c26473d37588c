/// Collects every reason against an act, in the order in which they are asked.
package struct Reasons {
    package private(set) var list: [Reason] = []

    package init() {}

    /// Adds the reason unless the condition holds.
    package mutating func require(_ condition: Bool, _ code: String, _ text: String, field: String? = nil) {
        if !condition { list.append(Reason(code, text, field: field)) }
    }

    package mutating func add(_ reasons: [Reason]) { list += reasons }

    /// A closed case takes no more work; what may still happen to it says so itself.
    package mutating func requireOpen(_ matter: Case) {
        require(matter.isOpen, "closed", "This case is closed. Log new material as a new, linked request.")
    }

    /// A text that must not be left empty.
    package mutating func requireText(_ text: String, _ field: String, _ advice: String) {
        require(!text.isBlank, "\(field)-missing", advice, field: field)
    }

    /// A text to the requester: written, and with nothing of the wording it began from left to fill in.
    package mutating func requireLetter(_ text: String, _ field: String, _ advice: String) {
        requireText(text, field, advice)
        for gap in MergeField.allCases where text.contains(gap.gap) {
            require(
                false, "\(field)-unfilled", "Put your own words in the place of “\(gap.gap)”, or take it out.",
                field: field)
        }
    }

    /// A day on which something came in or went out: not before the request and not in the future.
    package mutating func requireDay(_ day: Day, of matter: Case, in situation: Situation, field: String) {
        require(
            day >= matter.receivedOn, "before-receipt",
            "The date must be on or after \(matter.receivedOn.inWords), when the request was received.", field: field)
        require(day <= situation.today, "in-future", "The date must be today or in the past.", field: field)
    }
}

extension String {
    /// Whether there is nothing to read in it.
    package var isBlank: Bool { utf8.allSatisfy { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 } }
}
