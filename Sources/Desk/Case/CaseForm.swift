import Rights
import Web

/// What is asked before an act on a case is done, and how the answers are read. One type an act; `CaseFormRoutes`
/// shows it, keeps what was typed, and does it.
///
/// The names of the fields are those that the act's reasons name, so that a reason stands beside its field.
protocol CaseForm: Sendable {
    associatedtype Asked: Act

    /// The path: the form is shown by GET and sent by POST.
    static var pattern: String { get }
    static var permission: Permission { get }
    /// What is said on the page that follows.
    static var done: Done { get }

    /// Takes what the path names.
    ///
    /// - Throws: `Problem.notFound` for what has not the shape of it.
    init(_ visit: StaffVisit) throws

    /// Loads what is needed beyond the case.
    mutating func prepare(at desk: Desk) async throws

    /// Whether files can be sent with it.
    static var takesFiles: Bool { get }

    /// Takes the files that came with it.
    mutating func take(_ files: [StoredFile])

    /// The page's heading.
    ///
    /// - Throws: `Problem.notFound` where the case has no such thing.
    func title(in opened: OpenedCase) throws -> String

    /// The form with what is known already.
    func start(in opened: OpenedCase) -> Form

    /// What is asked, with what was typed.
    func fields(_ form: Form, in opened: OpenedCase) -> HTML

    /// The button that does it.
    var button: HTML { get }

    /// Reads the act and notes what cannot be read. What stands in for an answer that cannot be read is of no
    /// consequence: the act is only asked what else would speak against it.
    func act(_ form: inout Form, in opened: OpenedCase) -> Asked

    /// The letter that goes out with the act, where there is one: composed from the answers, shown before it is sent.
    var letter: LetterStep<Self>? { get }

    /// The page to go to afterwards.
    func next(in opened: OpenedCase) -> String

    /// Whether a reason stands whatever is typed, so that the form need not be shown.
    func isFinal(_ reason: Reason) -> Bool
}

extension CaseForm {
    mutating func prepare(at desk: Desk) async throws {}
    static var takesFiles: Bool { false }
    mutating func take(_ files: [StoredFile]) {}
    var letter: LetterStep<Self>? { nil }
    func next(in opened: OpenedCase) -> String { opened.address.page }
    func isFinal(_ reason: Reason) -> Bool { reason.field == nil }
}

/// The second page of an act that sends a letter: the answers, and the letter made of them, to be read and put right.
struct LetterStep<Step: CaseForm>: Sendable {
    /// The name of the letter's field.
    let field: String
    /// The button that sends it.
    let button: HTML
    /// The answers that the letter is made of, as the second page repeats them.
    let summary: @Sendable (Step, Form, OpenedCase) -> [SummaryRow]
    /// The letter in plain text.
    let compose: @Sendable (Step, Form, OpenedCase) throws -> String
}

/// What was done, said once on the page that follows. A closed list, because it comes back in the address.
enum Done: String, CaseIterable, Sendable {
    case accepted, refused, logged, dated, sent, answered, paused, resumed, extended, given, returned, noted, added
    case removed, confirmed, released, releasedAgain, decided, withdrawn, closed, assigned, struck, judged, begun,
        advised

    var sentence: String {
        switch self {
        case .accepted: "The proof is accepted."
        case .refused: "The proof is refused, and the requester has been asked for another."
        case .logged: "The proof is logged."
        case .dated: "The dates of the record are written down."
        case .sent: "The message is sent."
        case .answered: "The answer is logged."
        case .paused: "The question is sent, and the clock is stopped."
        case .resumed: "The clock runs again."
        case .extended: "The time is extended, and the requester has been told."
        case .given: "The task is given."
        case .returned: "The task is returned."
        case .noted: "The note is added."
        case .added: "The files are added."
        case .removed: "The file is taken out."
        case .confirmed: "The release check is confirmed."
        case .released: "The files are released, and the requester has been told."
        case .releasedAgain: "The files are released again, and the requester has been told."
        case .decided: "The decision is recorded, and the letter is sent."
        case .withdrawn: "The request is withdrawn."
        case .closed: "The case is closed."
        case .assigned: "The case has a new handler."
        case .struck: "The entry is struck out."
        case .judged: "The comparison is recorded."
        case .begun: "The request is logged."
        case .advised: "The advice is logged."
        }
    }

    /// Says what was just done, on the page that is reached after doing it.
    static func banner(_ visit: some Visiting) -> HTML {
        guard let done = Done(rawValue: visit.query("done")) else { return .empty }
        return .successBanner(.noticeHeading(done.sentence))
    }
}
