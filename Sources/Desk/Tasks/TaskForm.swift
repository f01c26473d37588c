import Rights
import Web

/// Giving a task to a department.
struct TaskForm: CaseForm {
    static let pattern = "/cases/:case/tasks"
    static let permission = Permission.giveTask
    static let done = Done.given

    init() {}
    init(_ visit: StaffVisit) {}

    func title(in opened: OpenedCase) -> String { "Give a task" }

    func start(in opened: OpenedCase) -> Form { Form() }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        """
        \(.input(form["title"], label: .small("What is to be done?")))\
        \(.textarea(form["details"], label: .small("Details (optional)"), rows: 3))\
        \(.select(
            form["department"], label: .small("Department"),
            [Choice("", "Choose a department")]
                + opened.policy.departments.offered.map { Choice($0.code, "\($0.label) (\(counted($0.dueDays, "day")))") }))\
        \(.dateInput(
            form.date("due-on"), legend: .small("Wanted by (optional)"),
            hint: "Leave it empty for the department's usual time."))
        """
    }

    let button = HTML.button("Give the task")

    func act(_ form: inout Form, in opened: OpenedCase) -> GiveTask {
        let department = form.text("department")
        let due = form.day("due-on", called: "Date it is wanted by", isRequired: false)
        let usual = opened.policy.departments[department]?.dueDays ?? 7
        return GiveTask(
            title: form.text("title"), details: form.optional("details"), department: department,
            dueOn: due ?? opened.today + usual)
    }

    func next(in opened: OpenedCase) -> String { opened.address.tasks }
}

/// Giving a task back, done or not.
struct TaskReturnForm: CaseForm {
    static let pattern = "/cases/:case/tasks/:task/return"
    static let permission = Permission.returnTask
    static let done = Done.returned

    let number: Int

    init(_ visit: StaffVisit) throws {
        number = try visit.number("task")
    }

    private func task(in opened: OpenedCase) -> CaseTask? {
        opened.matter.tasks.first { $0.given.number == number }
    }

    func title(in opened: OpenedCase) throws -> String {
        guard task(in: opened) != nil else { throw Problem.notFound }
        return "Return a task"
    }

    func start(in opened: OpenedCase) -> Form { Form() }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let rows = task(in: opened).map { task in
            [
                SummaryRow("Task", "\(task.given.title)"),
                SummaryRow("Details", task.given.details.map { .paragraphs($0) } ?? "None"),
                SummaryRow("Department", "\(opened.department(task.given.department))"),
                SummaryRow("Wanted by", "\(task.given.dueOn.inWords)"),
            ]
        }
        return """
            \(rows.map { .summaryList($0) })\
            \(.radios(
                form["done"], legend: .small("Was it done?"), isInline: true,
                [Choice("yes", "Yes"), Choice("no", "No, it could not be done")]))\
            \(.textarea(
                form["outcome"], label: .small("What was done or found?"),
                hint: "If it could not be done, say why. Files are added on the Files page."))
            """
    }

    let button = HTML.button("Return the task")

    func act(_ form: inout Form, in opened: OpenedCase) -> ReturnTask {
        let done = form.choice("done", among: ["yes", "no"], "Say whether it was done.")
        return ReturnTask(number: number, isDone: done != "no", outcome: form.text("outcome"))
    }

    func next(in opened: OpenedCase) -> String { opened.address.tasks }
}
