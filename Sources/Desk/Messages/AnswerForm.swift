import Rights
import Web

/// Logging an answer that came by letter, email or at the desk.
struct AnswerForm: CaseForm {
    static let pattern = "/cases/:case/questions/:question/answers"
    static let permission = Permission.sendMessage
    static let done = Done.answered

    static let takesFiles = true

    let number: Int
    /// What came with the answer.
    private var files: [StoredFile] = []

    init(_ visit: StaffVisit) throws {
        number = try visit.number("question")
    }

    mutating func take(_ files: [StoredFile]) { self.files = files }

    func title(in opened: OpenedCase) throws -> String {
        guard opened.matter.conversation(number) != nil else { throw Problem.notFound }
        return "Log an answer"
    }

    func start(in opened: OpenedCase) -> Form {
        var form = Form()
        form.set("arrived-on", to: opened.today)
        return form
    }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let question = opened.matter.conversation(number)
        return """
            \(question.map { question in
                .message(
                    from: question.by.label, at: question.at.description, opened.inWords(question.at), isOwn: true,
                    text: question.sent.text)
            })\
            \(.textarea(form["text"], label: .small("What did the requester answer?")))\
            \(.dateInput(
                form.date("arrived-on"), legend: .small("When did the answer come?"),
                hint: "If the clock is stopped for it, it starts again from this day."))\
            \(held)\
            \(.fileUpload(
                form["files"], label: .small("Documents that came with it (optional)"),
                hint: "Several at once if you like, each up to \(HTML.size(opened.policy.files.staffBytes)). Every file is checked for viruses before anybody can open it."))
            """
    }

    /// Files that were taken with a try that was refused, and go with the next.
    private var held: HTML {
        guard !files.isEmpty else { return "" }
        return """
            \(.files(files.map { FileItem($0.name, detail: "\(HTML.size($0.size))", tag: .tag("Added", .green)) }))\
            \(each: files, { "<input type=\"hidden\" name=\"\(CaseFormField.held)\" value=\"\($0.id.text)\">" })
            """
    }

    let button = HTML.button("Log the answer")

    func act(_ form: inout Form, in opened: OpenedCase) -> AnswerQuestion {
        let arrived = form.day("arrived-on", called: "Date the answer came") ?? opened.today
        return AnswerQuestion(number: number, text: form.text("text"), files: files, arrivedOn: arrived)
    }

    func next(in opened: OpenedCase) -> String { opened.address.messages }
}

extension StaffVisit {
    /// A path parameter that counts something within the case.
    func number(_ name: String) throws(Problem) -> Int {
        guard let number = Int(parameter(name)), number > 0 else { throw .notFound }
        return number
    }
}
