import Rights
import Web

/// Ending a pause on the day the answer came in, which a person confirms (S1-59, S2-090).
struct PauseEndForm: CaseForm {
    static let pattern = "/cases/:case/pauses/:pause/end"
    static let permission = Permission.runClock
    static let done = Done.resumed

    let number: Int

    init(_ visit: StaffVisit) throws {
        number = try visit.number("pause")
    }

    private func pause(in opened: OpenedCase) -> CasePause? {
        opened.matter.pauses.first { $0.paused.number == number }
    }

    /// The day that an answer on file proposes.
    private func proposed(in opened: OpenedCase) -> Day? {
        opened.matter.proposedEnds.first { $0.pause.paused.number == number }?.on
    }

    func title(in opened: OpenedCase) throws -> String {
        guard pause(in: opened) != nil else { throw Problem.notFound }
        return "Restart the clock"
    }

    func start(in opened: OpenedCase) -> Form {
        var form = Form()
        form.set("answered-on", to: proposed(in: opened) ?? opened.today)
        return form
    }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let conversation = pause(in: opened).flatMap { opened.matter.conversation($0.paused.message) }
        let end: HTML =
            proposed(in: opened) == nil
            ? .radios(
                form["question"], legend: .small("What becomes of the question?"),
                QuestionEnd.allCases.map { Choice($0.rawValue, $0.label, hint: $0.hint) }) : ""
        let note: HTML =
            proposed(in: opened) == nil
            ? .textarea(
                form["note"], label: .small("What came in, and how?"),
                hint: "There is no answer on file, so the history needs your words.")
            : .textarea(form["note"], label: .small("Note (optional)"), rows: 2)
        return """
            \(conversation.map { MessageThread([$0], in: opened).html })\
            \(.dateInput(
                form.date("answered-on"), legend: .small("On which day did the answer come in?"),
                hint: "The clock starts again from this day, not from today."))\(end)\(note)
            """
    }

    let button = HTML.button("Restart the clock")

    func act(_ form: inout Form, in opened: OpenedCase) -> ResumeClock {
        let day = form.day("answered-on", called: "Date of the answer") ?? opened.today
        return ResumeClock(
            pause: number, answeredOn: day, note: form.optional("note"),
            question: QuestionEnd(rawValue: form.text("question")))
    }

    func next(in opened: OpenedCase) -> String { opened.address.clock }
}

extension QuestionEnd {
    fileprivate var label: String {
        switch self {
        case .answeredOtherwise: "It was answered in another way"
        case .withdrawn: "We need no answer any more"
        }
    }

    fileprivate var hint: HTML {
        switch self {
        case .answeredOtherwise: "By telephone, or with another letter."
        case .withdrawn: "The requester is told."
        }
    }

    /// As the history and the messages say it.
    var sentence: String {
        switch self {
        case .answeredOtherwise: "The question was answered in another way."
        case .withdrawn: "The question was withdrawn."
        }
    }
}
