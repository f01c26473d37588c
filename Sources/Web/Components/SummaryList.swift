/// One line of a summary list: what it is, what was given, and how to change it.
package struct SummaryRow: Sendable {
    let key: String
    let value: HTML
    let actions: [Link]

    package init(_ key: String, _ value: HTML, actions: [Link] = []) {
        self.key = key
        self.value = value
        self.actions = actions
    }
}

extension HTML {
    /// Facts in pairs: the answers to check, or what is known of a case.
    package static func summaryList(_ rows: [SummaryRow], hasBorder: Bool = true) -> HTML {
        // A row without an action is marked only where other rows have one, so that the columns line up.
        let anyActions = rows.contains { !$0.actions.isEmpty }
        return """
            <dl class="nhsuk-summary-list\(" nhsuk-summary-list--no-border", when: !hasBorder)">\
            \(each: rows, { summaryRow($0, isMarked: anyActions && $0.actions.isEmpty) })</dl>
            """
    }

    private static func summaryRow(_ row: SummaryRow, isMarked: Bool) -> HTML {
        """
        <div class="nhsuk-summary-list__row\(" nhsuk-summary-list__row--no-actions", when: isMarked)">\
        <dt class="nhsuk-summary-list__key">\(row.key)</dt>\
        <dd class="nhsuk-summary-list__value">\(row.value)</dd>\(summaryActions(row.actions))</div>
        """
    }

    private static func summaryActions(_ actions: [Link]) -> HTML {
        guard let first = actions.first else { return .empty }
        guard actions.count > 1 else {
            return "<dd class=\"nhsuk-summary-list__actions\">\(summaryAction(first))</dd>"
        }
        return """
            <dd class="nhsuk-summary-list__actions"><ul class="nhsuk-summary-list__actions-list">\
            \(each: actions, {
                "<li class=\"nhsuk-summary-list__actions-list-item\">\(summaryAction($0))</li>"
            })</ul></dd>
            """
    }

    private static func summaryAction(_ action: Link) -> HTML {
        "<a class=\"nhsuk-link\" href=\"\(action.href)\">\(action.text)\(hiddenText(action.hidden))</a>"
    }
}
