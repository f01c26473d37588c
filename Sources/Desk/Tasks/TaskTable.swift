import Rights
import Web

/// The tasks of a case: open ones first, by the day they are wanted.
struct TaskTable {
    private struct Row {
        let title: String
        let href: String?
        let owner: String
        let due: String
        let status: HTML
    }

    private let rows: [Row]
    let open: Int

    init(_ opened: OpenedCase) {
        let tasks = opened.matter.tasks
        open = opened.matter.openTasks.count
        let sorted =
            tasks.filter(\.isOpen).sorted { ($0.given.dueOn, $0.given.number) < ($1.given.dueOn, $1.given.number) }
            + tasks.filter { !$0.isOpen }.reversed()
        rows = sorted.map { task in
            Row(
                title: task.given.title,
                href: task.isOpen && opened.may(.returnTask)
                    ? opened.address.return(ofTask: task.given.number)
                    : "\(opened.address.tasks)#task-\(task.given.number)",
                owner: opened.department(task.given.department), due: task.given.dueOn.inWords,
                status: TaskTable.status(task, on: opened.today))
        }
    }

    static func status(_ task: CaseTask, on today: Day) -> HTML {
        if let returned = task.returned {
            return returned.result.isDone ? .tag("Completed", .green) : .tag("Not done", .grey)
        }
        switch task.given.dueOn - today {
        case ..<0: return .tag("Late", .red)
        case 0...2: return .tag("At risk", .orange)
        default: return .tag("Waiting", .blue)
        }
    }

    var title: String { open == 0 ? "Tasks" : "Tasks (\(open) open)" }

    var html: HTML {
        guard !rows.isEmpty else { return "<p>No tasks have been given.</p>" }
        return .responsiveTable(
            .hidden("Tasks on this case"),
            [Column("Task"), Column("Owner"), Column("Due"), Column("Status")],
            rows.map { row in
                let title: HTML = row.href.map { .link(row.title, to: $0) } ?? "\(row.title)"
                return [title, "\(row.owner)", "\(row.due)", row.status]
            })
    }
}
