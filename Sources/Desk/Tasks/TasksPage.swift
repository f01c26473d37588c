import Rights
import Web

/// The tasks of a case in full, and the form for a new one.
struct TasksPage {
    let opened: OpenedCase

    /// - Parameter form: makes a form that sends itself to a path of the desk.
    func content(form: (_ action: String, _ content: HTML) -> HTML) -> HTML {
        """
        \(each: opened.matter.tasks.reversed(), { section($0) })\
        \(opened.matter.tasks.isEmpty ? .insetText("<p>No tasks have been given.</p>") : "")\
        \(opened.mayChange(.giveTask) ? new(form) : "")
        """
    }

    private func section(_ task: CaseTask) -> HTML {
        var rows = [
            SummaryRow("Department", "\(opened.department(task.given.department))"),
            SummaryRow("Wanted by", "\(task.given.dueOn.inWords)"),
            SummaryRow("Given", "\(task.on.inWords), by \(person: task.by.label)"),
        ]
        if let details = task.given.details { rows.append(SummaryRow("Details", .paragraphs(details))) }
        if let returned = task.returned {
            rows.append(SummaryRow("Returned", "\(returned.on.inWords), by \(person: returned.by.label)"))
            rows.append(SummaryRow("Outcome", .paragraphs(returned.result.outcome)))
        }
        let button: HTML =
            task.isOpen && opened.may(.returnTask)
            ? .actions(
                .buttonLink(
                    "Return the task", to: opened.address.return(ofTask: task.given.number), .secondary, isSmall: true,
                    hidden: task.given.title)) : ""
        return .section(
            task.given.title, id: "task-\(task.given.number)", tag: TaskTable.status(task, on: opened.today),
            "\(.summaryList(rows, hasBorder: false))\(button)")
    }

    private func new(_ form: (_ action: String, _ content: HTML) -> HTML) -> HTML {
        let step = TaskForm()
        return .section(
            step.title(in: opened), id: "new",
            form(
                opened.address.tasks,
                """
                <input type="hidden" name="\(CaseFormField.seen)" value="\(opened.matter.sequence)">\
                \(step.fields(step.start(in: opened), in: opened))\(step.button)
                """))
    }
}
