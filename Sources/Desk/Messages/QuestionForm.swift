import Rights
import Web

/// Writing to the requester, with or without a question.
struct QuestionForm: CaseForm {
    static let pattern = "/cases/:case/questions"
    static let permission = Permission.sendMessage
    static let done = Done.sent

    /// The proof that another page sent somebody here to ask for.
    private let wanted: Check?

    init(_ visit: StaffVisit) {
        wanted = Check(rawValue: visit.query("check"))
    }

    func title(in opened: OpenedCase) -> String { "Send a message" }

    func start(in opened: OpenedCase) -> Form {
        var form = Form()
        if let wanted {
            form.set("asks", to: MessageSent.Asks.document.rawValue)
            form.set("check", to: wanted.rawValue)
        }
        return form
    }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let choices =
            opened.matter.isOpen
            ? [
                Choice(MessageSent.Asks.nothing.rawValue, "No answer"),
                Choice(MessageSent.Asks.reply.rawValue, "A written answer"),
                Choice(MessageSent.Asks.document.rawValue, "A document", reveals: AskedProof.field(form)),
            ] : [Choice(MessageSent.Asks.nothing.rawValue, "No answer")]
        let stop: HTML =
            opened.clock.counted?.state == .running
            ? """
            <p>A message does not stop the clock. If you cannot go on without the answer, \
            \(.link("pause the clock", to: opened.address.pauses)) with your question.</p>
            """ : ""
        return """
            \(.textarea(
                form["text"], label: .small("Message"),
                hint: "The requester reads it in the portal after signing in. The email only says that it is there."))\
            \(.radios(form["asks"], legend: .small("What do you need back?"), choices))\(stop)
            """
    }

    let button = HTML.button("Send message")

    func act(_ form: inout Form, in opened: OpenedCase) -> SendMessage {
        let asks = MessageSent.Asks(form: &form)
        return SendMessage(text: form.text("text"), asks: asks, check: AskedProof.read(form, asks))
    }

    func next(in opened: OpenedCase) -> String { opened.address.messages }
}

/// Which proof a document is asked for.
enum AskedProof {
    static func field(_ form: Form) -> HTML {
        .select(
            form["check"], label: .small("What should it prove?"),
            [Choice("", "Nothing, it is another document")] + Check.allCases.map { Choice($0.rawValue, $0.title) })
    }

    /// The proof chosen; nothing where no document is asked for.
    static func read(_ form: Form, _ asks: MessageSent.Asks) -> Check? {
        asks == .document ? Check(rawValue: form.text("check")) : nil
    }
}

extension MessageSent.Asks {
    /// What was chosen; notes the problem where nothing was.
    init(form: inout Form) {
        guard let asks = MessageSent.Asks(rawValue: form.text("asks")) else {
            form.add("Choose what you need back.", to: "asks")
            self = .reply
            return
        }
        self = asks
    }
}
