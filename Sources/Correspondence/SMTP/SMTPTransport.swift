import CCurl
import NIOPosix

/// Sends mails through libcurl. One handle is kept, because a handle used again keeps its connection and costs a tenth
/// of a new one; it lives on a thread of its own, because libcurl blocks.
package struct SMTPTransport: MailTransport {
    private let sender: Sender
    private let session: SMTPSession
    private let thread: NIOThreadPool
    private let line = SMTPLine()

    /// Makes a transport; the first connection is made with the first mail.
    package init(to server: SMTPServer, from sender: Sender) {
        self.sender = sender
        session = SMTPSession(server: server, sender: sender)
        thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
    }

    package func send(_ email: Email) async throws(DeliveryFailure) -> Delivery {
        let composed = email.composed(from: sender)
        let outcome: Result<Void, DeliveryFailure>
        do {
            let ticket = line.ticket()
            outcome = try await thread.runIfActive { [session, line] () -> Result<Void, DeliveryFailure> in
                guard line.admits(ticket) else {
                    return .failure(.away("The mail server did not answer about the mail before."))
                }
                let outcome = session.send(composed, to: email.to)
                if case .failure(.away) = outcome { line.sendAway() }
                return outcome
            }
        } catch {
            throw .passing("The mail program is stopping.")
        }
        try outcome.get()
        return .handedOver
    }

    /// Connects, encrypts and signs in, and sends nothing: for finding out whether mail could leave.
    package func greet() async throws(DeliveryFailure) {
        let outcome: Result<Void, DeliveryFailure>
        do {
            outcome = try await thread.runIfActive { [session] in session.greet() }
        } catch {
            throw .passing("The mail program is stopping.")
        }
        try outcome.get()
    }

    /// Ends the connection and the thread, after the mail that is being sent.
    package func stop() async throws {
        try await thread.runIfActive { [session] in session.close() }
        try await thread.shutdownGracefully()
    }
}
