import Rights
import Web

extension Desk {
    /// The pages of a case.
    var caseRoutes: [Route] {
        [
            page("/cases/:case", .overview) { opened, visit in
                OverviewPage(opened: opened).content { visit.form(to: $0, $1) }
            },
            page("/cases/:case/checks", .checks) { opened, _ in ChecksPage(opened: opened).content },
            page("/cases/:case/messages", .messages) { opened, visit in messages(opened) },
            page("/cases/:case/clock", .clock) { opened, _ in ClockPage(opened: opened).content },
            page("/cases/:case/tasks", .tasks) { opened, visit in
                TasksPage(opened: opened).content { visit.form(to: $0, $1) }
            },
            page("/cases/:case/release", .release) { opened, _ in ReleasePage(opened: opened).content },
            page("/cases/:case/decisions", .decisions) { opened, _ in DecisionsPage(opened: opened).content },
            page("/cases/:case/history", .history) { opened, visit in history(opened, mayAudit: visit.may(.viewAudit))
            },
        ]
    }

    private func page(
        _ pattern: String, _ page: CasePage, _ content: @escaping @Sendable (OpenedCase, StaffVisit) -> HTML
    ) -> Route {
        .get(pattern, .staff(.viewCases)) { visit in
            let opened = try await open(visit)
            return visit.show(opened.page(page, for: visit, content(opened, visit)))
        }
    }

    private func messages(_ opened: OpenedCase) -> HTML {
        let matter = opened.matter
        let thread = MessageThread(matter.conversations, unprompted: matter.unpromptedReplies, in: opened)
        return .section("Messages", id: "messages", thread.html)
    }

    private func history(_ opened: OpenedCase, mayAudit: Bool) -> HTML {
        let timeline = Timeline(allOf: opened)
        let views: HTML =
            mayAudit ? "<p>\(.link("Who opened this case", to: opened.address.views))</p>" : ""
        return .section("History", id: "history", "\(views)\(.timeline(timeline.entries))")
    }
}
