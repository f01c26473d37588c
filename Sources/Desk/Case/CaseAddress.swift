import Rights

/// The addresses of one case's pages and acts. Links and forms take them from here, so that they and the routes
/// cannot part.
struct CaseAddress: Hashable, Sendable {
    let page: String

    init(_ id: Case.ID) {
        page = "/cases/\(id)"
    }

    var checks: String { "\(page)/checks" }
    var messages: String { "\(page)/messages" }
    var clock: String { "\(page)/clock" }
    var files: String { "\(page)/files" }
    var tasks: String { "\(page)/tasks" }
    var release: String { "\(page)/release" }
    var decisions: String { "\(page)/decisions" }
    var history: String { "\(page)/history" }
    /// Who opened the case, and when.
    var views: String { "\(page)/views" }

    var handler: String { "\(page)/handler" }
    var lastEntry: String { "\(page)/last-entry" }
    var questions: String { "\(page)/questions" }
    var pauses: String { "\(page)/pauses" }
    var extensions: String { "\(page)/extensions" }
    var notes: String { "\(page)/notes" }
    var releaseCheck: String { "\(page)/release-check" }
    var parts: String { "\(page)/parts" }
    func letter(_ message: Int) -> String { "\(messages)/\(message)/letter" }
    func again(_ part: Int) -> String { "\(parts)/\(part)/again" }
    var refusal: String { "\(page)/refusal" }
    var notHeld: String { "\(page)/not-held" }
    var withdrawal: String { "\(page)/withdrawal" }
    var closing: String { "\(page)/closing" }

    func evidence(_ check: Check) -> String { "\(checks)/\(check.rawValue)/evidence" }
    func acceptance(_ check: Check) -> String { "\(checks)/\(check.rawValue)/acceptance" }
    func refusal(_ check: Check) -> String { "\(checks)/\(check.rawValue)/refusal" }
    func answers(_ question: Int) -> String { "\(questions)/\(question)/answers" }
    func end(ofPause pause: Int) -> String { "\(pauses)/\(pause)/end" }
    func `return`(ofTask task: Int) -> String { "\(tasks)/\(task)/return" }
    func file(_ file: StoredFile.ID) -> String { "\(files)/\(file)" }
    func removal(of file: StoredFile.ID) -> String { "\(files)/\(file)/removal" }
    func strike(_ entry: Int) -> String { "\(page)/entries/\(entry)/strike" }
    func judgement(on other: Case.ID) -> String { "\(page)/duplicates/\(other)" }
}
