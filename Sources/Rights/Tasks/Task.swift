/// A piece of work given to a department, with a day by which it is wanted.
package struct TaskGiven: Hashable, Sendable, Codable {
    /// Counted within the case from 1.
    package var number: Int
    package var title: String
    package var details: String?
    package var department: String
    package var dueOn: Day

    package init(number: Int, title: String, details: String? = nil, department: String, dueOn: Day) {
        self.number = number
        self.title = title
        self.details = details
        self.department = department
        self.dueOn = dueOn
    }
}

/// The department gave the task back, done or with the reason why it could not be.
package struct TaskReturned: Hashable, Sendable, Codable {
    package var number: Int
    package var isDone: Bool
    package var outcome: String

    package init(number: Int, isDone: Bool, outcome: String) {
        self.number = number
        self.isDone = isDone
        self.outcome = outcome
    }
}

/// A note for staff only. Requesters never see it, but it is itself disclosable.
package struct NoteAdded: Hashable, Sendable, Codable {
    package var text: String

    package init(text: String) { self.text = text }
}

/// One task as folded.
package struct CaseTask: Hashable, Sendable {
    package let given: TaskGiven
    package let on: Day
    package let by: Author
    package var returned: (result: TaskReturned, on: Day, by: Author)?

    package var isOpen: Bool { returned == nil }

    package static func == (left: CaseTask, right: CaseTask) -> Bool {
        left.given == right.given && left.on == right.on && left.by == right.by
            && left.returned?.result == right.returned?.result && left.returned?.on == right.returned?.on
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(given)
        hasher.combine(on)
    }
}
