import Casework
import Hummingbird
import Rights
import Store
import Web

extension Desk {
    /// Work that was given up: messages that could not be sent, files that could not be checked, nightly work.
    var failedWorkRoutes: [Route] {
        [
            .get(Place.failedWork, .staff(.administer)) { visit in
                let number = visit.page()
                let (work, count) = try await casework.failedWork(
                    offset: (number - 1) * FailedWorkPage.perPage, limit: FailedWorkPage.perPage, for: visit.staff)
                return visit.show(FailedWorkPage(work: work, count: count, number: number, visit: visit).page)
            },
            .post("\(Place.failedWork)/:job/retry", .staff(.administer)) { visit, _ in
                try await casework.retry(try visit.identifier("job"), by: visit.staff)
                return visit.redirect(to: "/settings/failed-work?done=retried")
            },
            .post("\(Place.failedWork)/:job/dismiss", .staff(.administer)) { visit, _ in
                try await casework.dismiss(try visit.identifier("job"), by: visit.staff)
                return visit.redirect(to: "/settings/failed-work?done=dismissed")
            },
        ]
    }
}

/// What can be done about it, by the last word of its address.
enum FailedWorkAct: String, CaseIterable {
    case retry, dismiss
}

/// The list of work that was given up, and what can be done about each.
struct FailedWorkPage {
    static let perPage = 25

    let work: [FailedWork]
    let count: Int
    let number: Int
    let visit: StaffVisit

    private var pages: Int { max(1, (count + FailedWorkPage.perPage - 1) / FailedWorkPage.perPage) }

    var page: Page {
        Page(
            "Work that failed", trail: [Link("Today", Place.today), Link("Settings", Place.settings)],
            current: Place.settings,
            """
            \(HTML.twoThirds(done))\(.heading("Work that failed"))\
            <p>The system tries everything again for about two days before it gives up. What it gave up is here. Put \
            right what stands in the way, then try it again. Dismiss what is no longer needed.</p>\
            \(content)
            """)
    }

    private var content: HTML {
        guard count > 0 else { return "<p>Nothing has failed.</p>" }
        return """
            \(.box(.responsiveTable(
                .hidden("Work that failed"),
                [Column("What"), Column("Since"), Column("Tries"), Column("Why"), Column("What to do")],
                work.map(row))))\(forms)\
            \(.pagination(current: min(number, pages), of: pages) { "\(Place.failedWork)?page=\($0)" })
            """
    }

    private func row(_ one: FailedWork) -> [HTML] {
        [
            "\(what(one))\(about(one))", "\(visit.inWords(one.madeAt))", "\(one.attempts)", "\(one.reason)",
            "\(button("Try again", .retry, one)) \(button("Dismiss", .dismiss, one))",
        ]
    }

    /// A form cannot stand within the cell of a table whose rows become cards, so buttons name forms after it.
    private func button(_ text: String, _ act: FailedWorkAct, _ one: FailedWork) -> HTML {
        .linkButton(text, hidden: "\(one.title) of \(visit.inWords(one.madeAt))", form: "\(act.rawValue)-\(one.id)")
    }

    private var forms: HTML {
        HTML(
            work.flatMap { one in
                FailedWorkAct.allCases.map { act in
                    visit.form(
                        to: "\(Place.failedWork)/\(one.id)/\(act.rawValue)",
                        attributes: [Attribute("id", "\(act.rawValue)-\(one.id)")],
                        "")
                }
            })
    }

    private func what(_ one: FailedWork) -> HTML {
        guard let message = one.message else { return "\(one.title)" }
        let domain = message.domain.map { " at \($0)" } ?? ""
        return "\(one.title)\(domain)\(message.subject.isEmpty ? "" : ": “\(message.subject)”")"
    }

    private func about(_ one: FailedWork) -> HTML {
        guard let about = one.about else { return .empty }
        guard visit.may(.viewCases) else { return "<br>\(about.reference)" }
        return "<br>\(.link(about.reference, to: "/cases/\(about.id)"))"
    }

    private var done: HTML {
        switch visit.query("done") {
        case "retried": .successBanner(HTML.noticeHeading("It is being tried again"))
        case "dismissed": .successBanner(HTML.noticeHeading("It is off the list"))
        default: .empty
        }
    }
}

extension FailedWork {
    var title: String {
        switch kind {
        case .sendMessage: message?.channel == .text ? "Send a text message" : "Send an email"
        case .scanFile: "Check a file for viruses"
        case .watchDueDates: "Warn of dates that come near"
        case .warnOfExpiry: "Warn of files that can soon not be fetched any more"
        case .forgetDrafts: "Delete requests that were never sent"
        case .forgetAccountRemnants: "Delete links and addresses that were never used"
        case .forgetOldWork: "Delete the notes of finished work"
        case .sweepFiles: "Take away what broken uploads left behind"
        case nil: "Work that this version does not know"
        }
    }
}
