import Casework
import Hummingbird
import Rights
import Store
import Web

extension Portal {
    /// What only a demonstration on this machine shows. Elsewhere there is no such page.
    var demoRoutes: [Route] {
        [
            .get(Place.outbox, .anyone) { visit in
                guard casework.trust.isDemo, ["127.0.0.1", "::1"].contains(visit.address) else {
                    throw Problem.notFound
                }
                return visit.show(try await outbox(to: visit.query("to"), number: visit.page()).page)
            }
        ]
    }

    private func outbox(to recipient: String, number: Int) async throws -> OutboxPage {
        let messages = try await casework.store.read { try $0.messages(limit: 1_000) }
        let shown = recipient.isEmpty ? messages : messages.filter { $0.recipient == recipient }
        let surroundings = casework.surroundings
        let number = min(number, OutboxPage.pages(of: shown.count))
        return OutboxPage(
            letters: shown.dropFirst((number - 1) * OutboxPage.perPage).prefix(OutboxPage.perPage).map { message in
                OutboxPage.Letter(
                    channel: message.channel, recipient: message.recipient, subject: message.subject,
                    body: message.body,
                    when: "\(surroundings.day(message.queued).inWords), \(surroundings.timeOfDay(message.queued))",
                    state: message.state)
            },
            recipients: Set(messages.map(\.recipient)).sorted(), recipient: recipient, count: shown.count,
            number: number)
    }
}
