import Casework
import Hummingbird
import Rights
import Store
import Web

extension Portal {
    var homeRoutes: [Route] {
        [
            .get(Place.home, .requester) { visit in
                visit.show(try await home(of: visit.account).page(justDid: HomeNotice(visit.query("done"))?.words))
            }
        ]
    }

    private func home(of account: Account.ID) async throws -> HomeView {
        let drafts = try await casework.drafts(of: account)
        let own = SummaryFilter(for: .requester(account))
        let (waiting, latest) = try await casework.store.read { transaction in
            var needing = own
            needing.awaitsRequester = true
            return (
                try transaction.summaries(needing, by: SummaryOrder(.received, descending: true), limit: 50),
                try transaction.summaries(own, by: SummaryOrder(.received, descending: true), limit: 4)
            )
        }
        return HomeView(
            questions: waiting.map {
                HomeView.Question(
                    request: $0.id, reference: $0.reference, wantsAnswer: $0.stage == Stage.waitingForYou.rawValue)
            },
            drafts: drafts.map { draft in
                let progress = draft.progress
                return HomeView.DraftLine(
                    id: draft.id, type: draft.type.label, done: progress.done, tasks: progress.of,
                    changedOn: casework.surroundings.day(draft.changedAt), keptUntil: draft.keptUntil)
            },
            latest: latest.prefix(3).map(line), hasMore: latest.count > 3)
    }
}

/// What the page before did, named in the address so that a reload shows no lie.
enum HomeNotice: String {
    case deleted
    case withdrawn

    init?(_ text: String) { self.init(rawValue: text) }

    var words: HTML {
        switch self {
        case .deleted: HTML.noticeHeading("Your unsent request has been deleted.")
        case .withdrawn: HTML.noticeHeading("Your request has been withdrawn.")
        }
    }
}
