import Rights
import Web

/// One request: where it stands, by when the trust replies, the files, what was asked, and the messages (S1-56).
struct RequestPage {
    let view: RequestView
    /// What was just done, to confirm it.
    var notice: RequestNotice?
    /// A message form that was refused, and which one.
    var refused: (form: Form, target: MessageTarget)?
    /// Files of the refused form that were taken all the same.
    var held: [StoredFile] = []
    let limits: FileLimits
    let timeOfDay: @Sendable (Moment) -> String
    let day: @Sendable (Moment) -> Day

    func page(on visit: RequesterVisit) -> Page {
        Page(
            view.reference, back: Link("Back to Manage Requests", Place.requests), current: Place.requests,
            form: refused?.form,
            """
            \(notice.map { .twoThirds(.successBanner(HTML.noticeHeading($0.words))) })\(alert)\
            \(HTML.twoThirds(
                """
                \(HTML.heading(view.name, caption: view.reference))\
                \(HTML.facts([
                    (key: "Type", value: "\(view.type)"), (key: "Submitted", value: "\(view.submitted.inWords)"),
                ], tags: [view.status.tag]))<p class="app-lede">\(view.status.sentence)</p>\
                \(reply)\(files)\(messages(visit))
                """,
                beside: "\(progress)\(documents)\(asked)\(withdraw)"))
            """)
    }

    private var alert: HTML {
        guard notice == nil, view.hasQuestion else { return .empty }
        let what =
            view.wantsAnswer
            ? "There is a question that needs your attention." : "There is a message that you have not read."
        return .alert("\(what) <a href=\"#messages\">Go to the messages</a>.")
    }

    private var reply: HTML {
        let reply = view.reply
        return .section(
            view.isOpen ? "When we will reply" : "Our reply", id: "reply",
            """
            <p class="app-clock__big">\(reply.headline)</p>\(each: reply.sentences, { "<p>\($0)</p>" })\
            \(reply.turn.words.map { "<p><strong>\($0)</strong></p>" })\
            \("""
            <ul class="nhsuk-list nhsuk-list--bullet">\(each: reply.wanted, { "<li>\($0)</li>" })</ul>
            """, when: !reply.wanted.isEmpty)
            """)
    }

    // MARK: Files

    private var files: HTML {
        guard !view.parts.isEmpty else { return .empty }
        return .section(
            "Your files", id: "files", "\(each: view.parts, part)")
    }

    private func part(_ part: RequestView.Part) -> HTML {
        let title = view.parts.count > 1 || !part.isFinal ? "Part \(part.number)" : "All files"
        let until: HTML =
            part.isExpired
            ? """
            <p>These files could be downloaded until \(part.until.inWords). Write to us below and we will make them \
            available again.</p>
            """
            : "<p>You can download these files until <strong>\(part.until.inWords)</strong>.</p>"
        let note: HTML = .details("What we wrote about these files", .paragraphs(part.note))
        return """
            <h3>\(title), sent on \(part.on.inWords)</h3>\
            \(part.againOn.map { "<p>We made these files available again on \($0.inWords).</p>" })\
            \("<p>More files will come.</p>", when: !part.isFinal && view.isOpen)\(until)\
            \(HTML.files(part.files.map { file in
                let downloaded: HTML = file.downloadedOn.map { ". Last downloaded on \($0.inWords)" } ?? ""
                return FileItem(
                    file.name, detail: "\(file.kind), \(HTML.size(file.size))\(downloaded)",
                    href: part.isExpired
                        ? nil : "\(Place.request(view.id))/parts/\(part.number)/files/\(file.id)")
            }))\(note)
            """
    }

    // MARK: Messages

    private func messages(_ visit: RequesterVisit) -> HTML {
        let list = MessageList(
            request: view.id, department: view.department, isOpen: view.isOpen, refused: refused, held: held,
            limits: limits, visit: visit, timeOfDay: timeOfDay, day: day)
        return .section("Messages", id: "messages", list.content(view.messages))
    }

    // MARK: Beside

    private var progress: HTML {
        .section(
            "Progress", id: "progress",
            .timeline(
                view.progress.reversed().map { step in
                    TimelineEntry(
                        "\(step.title)", at: step.on.description, step.on.inWords,
                        by: step.isOwn ? "You" : view.department, mark: step.isOwn ? .theirs : .ours)
                }))
    }

    private var documents: HTML {
        guard !view.documents.isEmpty else { return .empty }
        return .section(
            "Documents you sent", id: "documents",
            .files(
                view.documents.map { document in
                    let proves = document.proves.map(\.proof).joined(separator: ", ")
                    let why: HTML = if case .unusable(let sentence) = document.state { " \(sentence)" } else { "" }
                    return FileItem(
                        document.name,
                        detail: """
                            \("\(proves). ", when: !proves.isEmpty)\(document.kind), \(HTML.size(document.size)), sent \
                            \(document.on.inWords).\(why)
                            """, tag: document.state.tag, isRefused: document.state.isRefused)
                }))
    }

    private var asked: HTML {
        .section(
            "What you asked for", id: "asked",
            .details(
                "Show your answers",
                .summaryList(view.asked.map { SummaryRow($0.question, .paragraphs($0.answer)) })))
    }

    private var withdraw: HTML {
        guard view.isOpen else { return .empty }
        return "<p><a href=\"\(Place.request(view.id))/withdraw\">Withdraw this request</a></p>"
    }
}

extension RequestView.Document.State {
    var tag: HTML {
        switch self {
        case .notChecked: .tag("Not checked yet", .grey)
        case .clean: .tag("No virus found", .green)
        case .received: .tag("Received", .green)
        case .virus: .tag("Contains a virus", .red)
        case .unusable: .tag("Cannot be used", .red)
        }
    }

    var isRefused: Bool {
        switch self {
        case .notChecked, .clean, .received: false
        case .virus, .unusable: true
        }
    }
}

/// What the page before did, named in the address so that a reload shows no lie.
enum RequestNotice: String {
    case answered
    case written

    init?(_ text: String) { self.init(rawValue: text) }

    var words: String {
        switch self {
        case .answered: "Your answer has been sent to the trust."
        case .written: "Your message has been sent to the trust."
        }
    }
}

/// Asks before a request is taken back.
struct WithdrawPage {
    let view: RequestView

    func page(on visit: RequesterVisit, _ form: Form? = nil) -> Page {
        Page(
            "Withdraw this request", back: Link("Back", Place.request(view.id)), current: Place.requests, form: form,
            .twoThirds(
                visit.form(
                    to: "\(Place.request(view.id))/withdraw", again: form,
                    """
                    \(HTML.heading("Are you sure you want to withdraw this request?", caption: view.reference))\
                    <p>We will stop working on your request about \(person: view.name) and close it. Files that we have \
                    already sent you stay here until their date.</p><p>If you want the records later, you can make a new \
                    request. The days then start again.</p>\
                    \(HTML.buttonGroup("""
                        \(HTML.button("Withdraw this request", .warning))\
                        <a href="\(Place.request(view.id))">Keep it and go back</a>
                        """))
                    """)))
    }
}
