import Rights
import Web

/// Which form of a request's page a message was typed into.
enum MessageTarget: Sendable, Hashable {
    /// The answer to the trust's message with this number.
    case question(Int)
    /// A message of the requester's own accord.
    case trust
}

/// The messages at the bottom of a request: clicking the question opens it, an upload square appears only where a
/// document is asked for, "Save" sends the answer (S1-56 to S1-58).
struct MessageList {
    let request: Case.ID
    let department: String
    let isOpen: Bool
    let refused: (form: Form, target: MessageTarget)?
    let held: [StoredFile]
    let limits: FileLimits
    let visit: RequesterVisit
    let timeOfDay: @Sendable (Moment) -> String
    let day: @Sendable (Moment) -> Day

    func content(_ messages: [RequestView.Message]) -> HTML {
        let none: HTML = messages.isEmpty ? "<p>There are no messages yet.</p>" : ""
        return "\(none)\(each: messages, message)\(writing)"
    }

    private func message(_ message: RequestView.Message) -> HTML {
        guard let question = message.question else {
            return .message(
                from: "You", at: message.at.description, when(message.at), isOwn: true, text: message.text,
                attachments: attachments(message.files))
        }
        if question.isUnread { return unread(message, question) }
        let read: HTML =
            question.readAt.map {
                "<p class=\"app-message__meta\">You read this on \(when($0)). \(letter(question))</p>"
            } ?? ""
        return """
            <div id="message-\(question.number)">\
            \(HTML.message(
                from: department, at: message.at.description, when(message.at), isOwn: false, text: message.text,
                attachments: read))\
            \("<p><strong>We do not need an answer to this any more.</strong></p>", when: question.isWithdrawn)\
            \(question.isWaiting && isOpen ? answer(to: question) : .empty)</div>
            """
    }

    /// The way to the message as a letter (S1-67).
    private func letter(_ question: RequestView.Question) -> HTML {
        HTML.link(
            "Print, large print and other formats", to: Place.letter(question.number, of: request),
            hidden: "of message \(question.number)")
    }

    /// A message that is not opened yet: a click opens it, and is kept as the time it was read (S1-60).
    private func unread(_ message: RequestView.Message, _ question: RequestView.Question) -> HTML {
        let what =
            switch question.asks {
            case .nothing: "Read this message"
            case .reply: "Read and answer this question"
            case .document: "Read this question and send a document"
            }
        return """
            <article class="app-message" id="message-\(question.number)"><p class="app-message__meta">\
            <b>\(department)</b>, <time datetime="\(message.at.description)">\(when(message.at))</time></p>\
            \(visit.form(
                to: "\(Place.request(request))/messages/\(question.number)/open",
                """
                <p>\(HTML.linkButton(what, hidden: "of \(when(message.at))"))</p>
                """))</article>
            """
    }

    private func answer(to question: RequestView.Question) -> HTML {
        let target = MessageTarget.question(question.number)
        let form = refused.flatMap { $0.target == target ? $0.form : nil }
        let wantsFile = question.asks == .document
        let text = "answer-\(question.number)"
        let files = "files-\(question.number)"
        return visit.form(
            to: "\(Place.request(request))/messages/\(question.number)/\(wantsFile ? "documents" : "answers")",
            again: form, hasFiles: wantsFile,
            """
            \("""
            \(heldList)\
            \(HTML.fileUpload(
                form?[files] ?? Field(files), label: .small("Upload the document"), hint: "\(limits.advice)",
                accept: limits.endings))
            """, when: wantsFile)\
            \(HTML.textarea(
                form?[text] ?? Field(text), label: .small(wantsFile ? "Your message (optional)" : "Your answer"),
                most: MessageLimits.text))\
            \(HTML.button("Save"))
            """)
    }

    /// Files that came with a refused answer and are kept for the next try.
    private var heldList: HTML {
        guard !held.isEmpty else { return .empty }
        return """
            <h3 class="nhsuk-heading-s">Files added</h3>\
            \(HTML.files(held.map { file in
                FileItem(file.name, detail: "\(file.kindInWords), \(HTML.size(file.size))", tag: .tag("Added", .green))
            }))\(each: held, { "<input type=\"hidden\" name=\"held\" value=\"\($0.id.text)\">" })
            """
    }

    private var writing: HTML {
        let form = refused.flatMap { $0.target == .trust ? $0.form : nil }
        return """
            <h3>Write to us</h3>\
            \(visit.form(
                to: "\(Place.request(request))/messages", again: form,
                """
                \(HTML.textarea(
                    form?["text"] ?? Field("text"), label: "Your message",
                    hint: "Write to us about this request. We will answer here.", rows: 4, most: MessageLimits.text))\
                \(HTML.button("Send message", .secondary))
                """))
            """
    }

    private func attachments(_ files: [String]) -> HTML {
        guard !files.isEmpty else { return .empty }
        return """
            <p class="app-message__meta">With \(files.count == 1 ? "a document" : "\(files.count) documents"): \
            \(each: files.enumerated(), { "\(", ", when: $0 > 0)\(person: $1)" })</p>
            """
    }

    private func when(_ moment: Moment) -> String { "\(day(moment).inWords), \(timeOfDay(moment))" }
}

/// How much a message may hold.
enum MessageLimits {
    static let text = 5_000
}
