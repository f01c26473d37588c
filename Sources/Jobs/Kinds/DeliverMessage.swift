import Casework
import Correspondence
import Logging
import Rights
import Store

/// Hands a message of the outbox to what carries it. Each is sent once, as far as mail allows that: after a crash
/// between handing over and writing it down it goes again with the same Message-ID, so that mail programs show it once.
package struct DeliverMessage: Work {
    package static let kind = WorkKind.sendMessage.rawValue

    private let casework: Casework
    private let mail: any MailTransport
    private let texts: any TextTransport
    private let logger: Logger
    private let line = MailLine()

    package init(casework: Casework, mail: any MailTransport, texts: any TextTransport, logger: Logger) {
        self.casework = casework
        self.mail = mail
        self.texts = texts
        self.logger = logger
    }

    package func perform(_ job: Job) async throws -> WorkOutcome {
        guard let message = try await queued(job) else { return .done }
        if message.channel == .email {
            if let reason = line.reasonToWait(at: casework.surroundings.now()) { return .again(reason) }
            line.begin(message.id, at: casework.surroundings.now())
        }
        defer { line.end(message.id) }
        let delivery: Delivery
        do {
            delivery = try await hand(over: message)
        } catch {
            switch error {
            case .passing(let text): return .again(text)
            case .away(let text):
                line.noteAway(at: casework.surroundings.now())
                return .again(text)
            case .permanent(let text): return .never(text)
            case .misconfigured(let text):
                // It waits as a passing failure does; but every message will until somebody changes the settings.
                logger.error("Messages cannot be sent with these settings", metadata: ["why": "\(text)"])
                return .again(text)
            }
        }
        let now = casework.surroundings.now()
        try await casework.store.write {
            try $0.markSent(message.id, at: now, keepingBody: delivery == .keptInOutbox)
        }
        return .done
    }

    /// A message that cannot be sent becomes a task for the department of its case, to find another way to whom it was
    /// for. One without a case (a link for an account) stays on the administrators' list of dead messages.
    package func giveUp(_ job: Job, because reason: String) async throws {
        guard let message = try await queued(job) else { return }
        if let id = message.caseID {
            try await casework.giveTask(
                about: id,
                title: message.channel == .email ? "An email could not be sent" : "A text message could not be sent",
                details:
                    "“\(message.subject)” could not be delivered (\(reason)). Find another way to reach the person.",
                key: message.id.text)
        }
        let now = casework.surroundings.now()
        try await casework.store.write { try $0.markDead(message.id, error: reason, at: now) }
    }

    /// The message that the job is about, if it is still to be sent.
    private func queued(_ job: Job) async throws -> OutgoingMessage? {
        guard let id = OutgoingMessage.ID(job.body) else { return nil }
        return try await casework.store.read { try $0.message(id) }.flatMap { $0.state == .queued ? $0 : nil }
    }

    private func hand(over message: OutgoingMessage) async throws(DeliveryFailure) -> Delivery {
        switch message.channel {
        case .email:
            guard let to = EmailAddress(message.recipient) else {
                throw .permanent("The recipient's email address cannot be written to.")
            }
            return try await mail.send(
                Email(
                    id: message.id.text, to: to, subject: HeaderText(message.subject), body: message.body,
                    written: message.queued))
        case .text:
            guard let to = MobileNumber(message.recipient) else {
                throw .permanent("The recipient's mobile number cannot be reached by text.")
            }
            return try await texts.send(TextMessage(id: message.id.text, to: to, body: message.body))
        }
    }
}
