/// What carries mails to their recipients.
package protocol MailTransport: Sendable {
    /// Hands one mail over. Returning means that the next server has taken responsibility for it, or that it stays in
    /// the outbox for show; see `Delivery`.
    func send(_ email: Email) async throws(DeliveryFailure) -> Delivery
}

/// What carries text messages to their recipients.
package protocol TextTransport: Sendable {
    /// Hands one text message over.
    func send(_ text: TextMessage) async throws(DeliveryFailure) -> Delivery
}

/// What became of a message that was handed over.
package enum Delivery: Hashable, Sendable {
    /// The next server has it.
    case handedOver
    /// No server is configured: it stays readable in the outbox, which only the DEMO mode on loopback shows.
    case keptInOutbox
}

/// Why a message did not leave.
package enum DeliveryFailure: Error, Hashable, Sendable {
    /// Try again later: the server is busy, or does not want it just now.
    case passing(String)
    /// Try again later: the server does not answer, so it need not be asked at once about the next message.
    case away(String)
    /// The server refuses this recipient or this message for good. Somebody has to find another way.
    case permanent(String)
    /// Nothing can leave until somebody changes the settings: a wrong password, an unknown certificate, a sender that
    /// is not allowed. The message waits.
    case misconfigured(String)

    /// For the log and the person who looks at it: the server's words where there are any, never an address.
    package var text: String {
        switch self {
        case .passing(let text), .away(let text), .permanent(let text), .misconfigured(let text): text
        }
    }
}

/// The embedded default of the demonstration: nothing leaves, every message stays readable in the outbox of the
/// database.
package struct DemoOutbox: MailTransport, TextTransport {
    package init() {}

    package func send(_ email: Email) async throws(DeliveryFailure) -> Delivery { .keptInOutbox }
    package func send(_ text: TextMessage) async throws(DeliveryFailure) -> Delivery { .keptInOutbox }
}

/// Stands where an administrator has not set anything up yet: messages wait for it instead of being taken for sent.
package struct MissingTransport: MailTransport, TextTransport {
    package init() {}

    package func send(_ email: Email) async throws(DeliveryFailure) -> Delivery {
        throw .misconfigured("No mail server is set up.")
    }

    package func send(_ text: TextMessage) async throws(DeliveryFailure) -> Delivery {
        throw .misconfigured("No provider of text messages is set up.")
    }
}
