/// One line of a task list.
package struct TaskItem: Sendable {
    /// How far it is, with the library's own words and looks.
    package enum Status: Sendable {
        case completed
        case cannotStartYet
        case tag(String, TagColour)

        package static let incomplete = Status.tag("Incomplete", .blue)
        package static let inProgress = Status.tag("In progress", .white)
        package static let problem = Status.tag("There is a problem", .red)
    }

    let title: String
    let href: String?
    let hint: HTML?
    let status: Status

    /// - Parameter href: where the task is done; nothing for one that cannot start yet.
    package init(_ title: String, to href: String?, hint: HTML? = nil, _ status: Status) {
        self.title = title
        self.href = href
        self.hint = hint
        self.status = status
    }
}

extension HTML {
    /// Tasks to be done in any order.
    ///
    /// - Parameter id: begins the identifiers of the list's parts; a page's lists differ in it.
    package static func taskList(id: String, _ items: [TaskItem]) -> HTML {
        "<ul class=\"nhsuk-task-list\">\(each: items.enumerated(), { task($1, id: "\(id)-\($0 + 1)") })</ul>"
    }

    private static func task(_ item: TaskItem, id: String) -> HTML {
        let description = item.hint == nil ? "\(id)-status" : "\(id)-hint \(id)-status"
        let name: HTML =
            if let href = item.href {
                """
                <a class="nhsuk-link nhsuk-task-list__link" href="\(href)" aria-describedby="\(description)">\
                \(item.title)</a>
                """
            } else {
                "<div>\(item.title)</div>"
            }
        return """
            <li class="nhsuk-task-list__item\(" nhsuk-task-list__item--with-link", when: item.href != nil)">\
            <div class="nhsuk-task-list__name-and-hint">\(name)\
            \(item.hint.map { "<div class=\"nhsuk-task-list__hint\" id=\"\(id)-hint\">\($0)</div>" })</div>\
            \(status(item.status, id: id))</li>
            """
    }

    private static func status(_ status: TaskItem.Status, id: String) -> HTML {
        switch status {
        case .completed:
            """
            <div class="nhsuk-task-list__status nhsuk-task-list__status--completed" id="\(id)-status">Completed</div>
            """
        case .cannotStartYet:
            """
            <div class="nhsuk-task-list__status nhsuk-task-list__status--cannot-start-yet" id="\(id)-status">\
            Cannot start yet</div>
            """
        case .tag(let text, let colour):
            "<div class=\"nhsuk-task-list__status\" id=\"\(id)-status\">\(tag(text, colour))</div>"
        }
    }
}
