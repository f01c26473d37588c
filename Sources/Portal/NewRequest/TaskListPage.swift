import Casework
import Rights
import Web

/// How far a request has come, and where to go on.
struct TaskListPage {
    let draft: Draft

    var page: Page {
        let tasks = draft.form.tasks(given: draft.answers)
        let done = tasks.count { $0.status == .completed }
        return Page(
            "New Request", back: Link("Back to your home page", Place.home), current: Place.newRequest,
            .twoThirds(
                """
                \(HTML.heading(draft.form.title, caption: "New Request"))\(changed)\
                <p>You have completed \(done) of \(tasks.count) tasks. We save your answers and keep them until \
                \(draft.keptUntil.inWords).</p>\(groups(tasks, isComplete: done == tasks.count))\
                <p><a href="\(Place.draft(draft.id))/delete">Delete this request</a></p>
                """))
    }

    private var changed: HTML {
        guard draft.formHasChanged else { return .empty }
        return .insetText(
            "<p>We have changed this form since you last saved it. Your answers are kept. Some tasks may be new.</p>")
    }

    private func groups(_ tasks: [ApplicationForm.TaskLine], isComplete: Bool) -> HTML {
        var names: [String] = []
        for task in tasks where names.last != task.section.group { names.append(task.section.group) }
        return HTML(
            names.enumerated().map { index, name in
                var items = tasks.filter { $0.section.group == name }.map(item)
                if index == names.count - 1 { items.append(check(isComplete: isComplete)) }
                return
                    "<h2 class=\"nhsuk-heading-m\">\(index + 1). \(name)</h2>\(HTML.taskList(id: "tasks-\(index + 1)", items))"
            })
    }

    private func item(_ task: ApplicationForm.TaskLine) -> TaskItem {
        let status: TaskItem.Status =
            switch task.status {
            case .completed: .completed
            case .inProgress: .inProgress
            case .notYetStarted: .tag(task.status.label, .blue)
            case .cannotStartYet: .cannotStartYet
            }
        return TaskItem(
            task.section.title, to: task.page.map { "\(Place.draft(draft.id))/pages/\($0)" },
            hint: files(of: task.section), status)
    }

    /// How many files a task of proof has so far.
    private func files(of section: ApplicationForm.Section) -> HTML? {
        let codes = Set(section.pages.map(\.code))
        let questions = draft.form.pages(given: draft.answers).filter { codes.contains($0.code) }.flatMap(\.questions)
        guard questions.contains(where: { $0.fileQuestion != nil }) else { return nil }
        let count = Set(questions.flatMap { draft.answers.files(for: $0.code).map(\.id) }).count
        return count == 0 ? nil : "\(count) \(count == 1 ? "file" : "files") added"
    }

    private func check(isComplete: Bool) -> TaskItem {
        TaskItem(
            "Check your answers and submit", to: isComplete ? "\(Place.draft(draft.id))/check" : nil,
            isComplete ? .tag("Not yet started", .blue) : .cannotStartYet)
    }
}

/// Asks before a request that is not sent is deleted.
struct DeleteDraftPage {
    let draft: Draft

    func page(on visit: RequesterVisit) -> Page {
        Page(
            "Delete this request", back: Link("Back", Place.draft(draft.id)), current: Place.newRequest,
            .twoThirds(
                visit.form(
                    to: "\(Place.draft(draft.id))/delete",
                    """
                    <h1>Are you sure you want to delete this request?</h1>\
                    <p>We will delete your answers and the documents you added. You cannot undo this.</p>\
                    \(HTML.buttonGroup("""
                        \(HTML.button("Delete this request", .warning))\
                        <a href="\(Place.draft(draft.id))">Keep it and go back</a>
                        """))
                    """)))
    }
}
