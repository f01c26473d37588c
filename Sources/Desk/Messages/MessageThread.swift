import Rights
import Web

/// What the trust and the requester wrote to each other, oldest first.
struct MessageThread {
    private let items: [(moment: Moment, html: HTML)]

    /// - Parameter conversations: messages of the trust with their answers.
    init(_ conversations: [Conversation], unprompted: [Reply] = [], in opened: OpenedCase) {
        var items: [(moment: Moment, html: HTML)] = []
        for conversation in conversations {
            items.append((conversation.at, MessageThread.sent(conversation, in: opened)))
            for reply in conversation.replies { items.append((reply.at, MessageThread.reply(reply, in: opened))) }
        }
        for reply in unprompted { items.append((reply.at, MessageThread.reply(reply, in: opened))) }
        self.items = items.sorted { $0.moment < $1.moment }
    }

    private static func sent(_ conversation: Conversation, in opened: OpenedCase) -> HTML {
        .message(
            from: conversation.by.label, at: conversation.at.description, opened.inWords(conversation.at), isOwn: true,
            text: conversation.sent.text,
            attachments: """
                <p>\(state(conversation, in: opened)) \
                \(.link(
                    "Print as a letter", to: opened.address.letter(conversation.sent.number),
                    hidden: "message \(conversation.sent.number)"))</p>
                """)
    }

    private static func state(_ conversation: Conversation, in opened: OpenedCase) -> HTML {
        let read: HTML =
            conversation.readAt.map { "Read \(opened.inWords($0))." } ?? "Not read yet."
        if let ended = conversation.ended { return "\(read) \(ended.how.sentence) (\(ended.on.inWords))" }
        guard conversation.isWaiting else { return read }
        let log: HTML =
            opened.mayChange(.sendMessage)
            ? .link(
                "Log an answer that came another way", to: opened.address.answers(conversation.sent.number),
                hidden: "to message \(conversation.sent.number)") : ""
        return "\(.tag("Waiting for an answer", .orange)) \(read) \(log)"
    }

    private static func reply(_ reply: Reply, in opened: OpenedCase) -> HTML {
        let files = reply.received.files.compactMap { opened.matter.file($0) }
        let came: HTML =
            reply.on == opened.day(reply.at) ? "" : "<p>Came in on \(reply.on.inWords).</p>"
        let list: HTML = files.isEmpty ? "" : .files(files.map { CaseFileItem($0, in: opened).item })
        return .message(
            from: reply.by.kind == .requester ? opened.matter.requester.name.full : reply.by.label,
            at: reply.at.description, opened.inWords(reply.at), isOwn: false, text: reply.received.text,
            attachments: came + list)
    }

    var html: HTML { items.isEmpty ? "<p>No messages yet.</p>" : HTML(items.map(\.html)) }
}
