extension Case {
    var nextTask: Int { (tasks.map(\.given.number).max() ?? 0) + 1 }
}

/// A department is asked for a piece of work by a day.
package struct GiveTask: Act {
    package static let allowed = Allowed.staff(.giveTask)

    package var title: String
    package var details: String?
    package var department: String
    package var dueOn: Day

    package init(title: String, details: String? = nil, department: String, dueOn: Day) {
        self.title = title
        self.details = details
        self.department = department
        self.dueOn = dueOn
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        // A dead message of a closed case still needs somebody to look at it.
        if case .staff = situation.actor { reasons.requireOpen(matter) }
        reasons.requireText(title, "title", "Enter what is to be done.")
        reasons.require(
            situation.policy.departments.offered(department) != nil, "department-unknown", "Choose a department.",
            field: "department")
        reasons.require(dueOn >= situation.today, "due-past", "The due date must be today or later.", field: "due-on")
        let fact = TaskGiven(
            number: matter.nextTask, title: title, details: details, department: department, dueOn: dueOn)
        return .facts([Addition(.taskGiven(fact), on: situation.today)], unless: reasons.list)
    }
}

/// A task comes back, done or not.
package struct ReturnTask: Act {
    package static let allowed = Allowed.staff(.returnTask)

    package var number: Int
    package var isDone: Bool
    package var outcome: String

    package init(number: Int, isDone: Bool, outcome: String) {
        self.number = number
        self.isDone = isDone
        self.outcome = outcome
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        let task = matter.tasks.first { $0.given.number == number }
        reasons.require(task != nil, "no-task", "There is no such task.")
        reasons.require(task?.isOpen ?? true, "task-returned", "This task has already been returned.")
        if case .staff(let staff) = situation.actor, let task {
            reasons.require(
                staff.department == task.given.department || staff.permissions.contains(.giveTask), "not-your-task",
                "This task was given to another department.")
        }
        reasons.requireText(
            outcome, "outcome", isDone ? "Say what was done or found." : "Say why it could not be done.")
        let fact = TaskReturned(number: number, isDone: isDone, outcome: outcome)
        return .facts([Addition(.taskReturned(fact), on: situation.today)], unless: reasons.list)
    }
}

/// Staff write something down for each other.
package struct AddNote: Act {
    package static let allowed = Allowed.staff(.addNote)

    package var text: String

    package init(text: String) { self.text = text }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireText(text, "text", "Enter a note.")
        return .facts([Addition(.noteAdded(NoteAdded(text: text)), on: situation.today)], unless: reasons.list)
    }
}

/// The case is given to a member of staff.
package struct AssignHandler: Act {
    package static let allowed = Allowed.staff(.giveTask)

    package var staff: Staff

    package init(staff: Staff) { self.staff = staff }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireOpen(matter)
        reasons.require(
            !staff.isConcerned(in: matter), "own-case", "\(staff.label) cannot handle this case.", field: "staff")
        reasons.require(
            staff.permissions.contains(.viewCases), "no-access", "\(staff.label) has no access to cases.",
            field: "staff")
        let fact = HandlerAssigned(staff: staff.id, label: staff.label, department: staff.department)
        return .facts([Addition(.handlerAssigned(fact), on: situation.today)], unless: reasons.list)
    }
}
