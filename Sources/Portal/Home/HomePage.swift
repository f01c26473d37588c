import Casework
import Rights
import Web

/// What somebody sees after signing in (S1-23).
struct HomeView: Sendable {
    /// A request whose requester must read or answer something.
    struct Question: Sendable {
        let request: Case.ID
        let reference: String
        /// An answer is wanted; otherwise there is only something to read.
        let wantsAnswer: Bool
    }

    struct DraftLine: Sendable {
        let id: Draft.ID
        let type: String
        let done: Int
        let tasks: Int
        let changedOn: Day
        let keptUntil: Day
    }

    let questions: [Question]
    let drafts: [DraftLine]
    let latest: [RequestLine]
    let hasMore: Bool
}

extension HomeView {
    /// - Parameter justDid: what was done on the page before, to confirm it.
    func page(justDid: HTML? = nil) -> Page {
        Page(
            "Home", current: Place.home, unread: [Place.requests: questions.count],
            """
            \(justDid.map { .twoThirds(.successBanner($0)) })\(alert)<h1>Home</h1>\
            \(HTML.cards([
                .linkCard(Link("New Request", Place.newRequest), "Submit a new subject access request online."),
                .linkCard(
                    Link("Manage Requests", Place.requests, count: questions.count),
                    "Manage and view the status of your existing requests."),
                .linkCard(
                    Link("My Profile", Place.profile),
                    "Change your password or turn on two-factor authentication."),
            ]))\(draftList)\(latestList)
            """)
    }

    /// The guide's alert with its "Click here" (S1-55), and a link that says where it leads.
    private var alert: HTML {
        // A question that waits for an answer comes before a message that is only to be read.
        guard let first = questions.first(where: \.wantsAnswer) ?? questions.first else { return .empty }
        let others: HTML =
            questions.count == 1
            ? ""
            : """
            <p>\(questions.count - 1) more of your requests also \(questions.count == 2 ? "needs" : "need") you. \
            \(HTML.link("See all your requests", to: Place.requests)).</p>
            """
        let target = "\(Place.request(first.request))#messages"
        return .twoThirds(
            .notificationBanner(
                """
                \(HTML.noticeHeading(
                    questions.contains(where: \.wantsAnswer)
                        ? "There is a question that needs your attention." : "There is a message for you."))\
                <p><a class="nhsuk-notification-banner__link" href="\(target)">Click here\
                \(HTML.hiddenText("to see it, about request \(first.reference)"))</a> or \
                <a class="nhsuk-notification-banner__link" href="\(target)">\
                \(first.wantsAnswer ? "answer the question" : "read the message") about request \(first.reference)</a>. \
                \(first.wantsAnswer ? "Please answer quickly, so that your request is not delayed." : "")</p>\(others)
                """))
    }

    private var draftList: HTML {
        guard !drafts.isEmpty else { return .empty }
        return .twoThirds(
            """
            <h2>Requests you have not sent</h2>\
            \(HTML.entries(drafts.map { draft in
                (
                    link: Link("\(draft.type): continue your request", Place.draft(draft.id)),
                    detail: """
                        \(draft.done) of \(draft.tasks) tasks done. Last changed on \(draft.changedOn.inWords). \
                        We keep it until \(draft.keptUntil.inWords). \
                        \(HTML.link("Delete", to: "\(Place.draft(draft.id))/delete", hidden: "this \(draft.type) request"))
                        """,
                    tag: .tag("Not sent", .grey)
                )
            }))
            """)
    }

    private var latestList: HTML {
        guard !latest.isEmpty else { return .empty }
        return .twoThirds(
            """
            <h2>Latest requests</h2>\
            \(HTML.entries(latest.map { line in
                (
                    link: Link("\(line.name), \(line.reference)", Place.request(line.id)),
                    detail: "\(line.type). Submitted \(line.submitted.inWords).\(line.dueSentence)",
                    tag: line.status.tag
                )
            }))\(HTML.link("See all your requests", to: Place.requests), when: hasMore)
            """)
    }
}
