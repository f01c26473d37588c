import Rights
import Web

/// One entry of the history as staff read it.
struct EntryLine {
    let title: HTML
    let detail: HTML?
    let mark: TimelineEntry.Mark

    init(_ title: HTML, _ detail: HTML? = nil, mark: TimelineEntry.Mark = .ours) {
        self.title = title
        self.detail = detail
        self.mark = mark
    }

    /// An entry in words. Codes are put into the words of the policy that the case came in under.
    init(_ fact: Fact, of matter: Case, under policy: Policy) {
        switch fact {
        case .received(let fact): self = .init(received: fact)
        case .handlerAssigned(let fact): self = .init("Case given to \(person: fact.label)")
        case .evidenceOffered(let fact): self = .init(offered: fact, of: matter, under: policy)
        case .checkAccepted(let fact): self = .init(accepted: fact, under: policy)
        case .checkRefused(let fact): self = .init("\(fact.check.title) refused", .paragraphs(fact.reason))
        case .lastEntryRecorded(let fact): self = .init(lastEntry: fact)
        case .messageSent(let fact): self = .init(sent: fact)
        case .messageRead(let fact): self = .init("Requester read message \(fact.number)", mark: .theirs)
        case .replyReceived(let fact): self = .init(reply: fact)
        case .clockPaused(let fact):
            let reason = policy.pauseReasons[fact.reason]?.label ?? fact.reason
            self = .init("Clock stopped: \(reason)", mark: .pause)
        case .clockResumed(let fact):
            let end: HTML? = fact.question.map { "<p>\($0.sentence)</p>" }
            let note: HTML? = fact.note.map { .paragraphs($0) }
            self = .init("Clock restarted", end == nil && note == nil ? nil : "\(end)\(note)")
        case .clockExtended(let fact):
            self = .init("Time extended by \(fact.amount.inWords)", .paragraphs(fact.reason))
        case .taskGiven(let fact): self = .init(given: fact, under: policy)
        case .taskReturned(let fact):
            let title = EntryLine.title(ofTask: fact.number, in: matter)
            self = .init("\(fact.isDone ? "Task done" : "Task not done"): \(title)", .paragraphs(fact.outcome))
        case .noteAdded(let fact): self = .init("Note", .paragraphs(fact.text))
        case .fileAdded(let fact):
            self = .init("\(fact.purpose.label) file added: \(person: fact.file.name)")
        case .fileInspected(let fact): self = .init(inspected: fact, of: matter)
        case .fileRemoved(let fact):
            self = .init("File taken out: \(fileName(fact.file, in: matter))", .paragraphs(fact.reason))
        case .releaseConfirmed(let fact):
            self = .init("Release check confirmed for \(counted(fact.files.count, "file"))")
        case .partReleased(let fact): self = .init(released: fact)
        case .releasedAgain(let fact):
            let until: HTML = "<p>Can be downloaded until \(fact.downloadUntil.inWords).</p>"
            self = .init("Part \(fact.part) released again", "\(until)\(.paragraphs(fact.reason))")
        case .fileDownloaded(let fact):
            self = .init("Requester downloaded \(fileName(fact.file, in: matter))", mark: .theirs)
        case .requestRefused(let fact):
            let ground = policy.exemptions[fact.ground]?.label ?? fact.ground
            self = .init("Request refused: \(ground)", .paragraphs(fact.reason))
        case .notHeld(let fact): self = .init(notHeld: fact)
        case .withdrawn(let fact): self = .init("Request withdrawn", .paragraphs(fact.how), mark: .theirs)
        case .closed(let fact):
            self = .init("Case closed: \(fact.cause.outcome.label.lowercased())", .paragraphs(fact.reason))
        case .alertRaised(let fact): self = .init(alert: fact, under: policy)
        case .duplicateJudged(let fact):
            let words: HTML = fact.isDuplicate ? "the same request as" : "not the same request as"
            self = .init("Judged \(words) \(fact.otherReference)", .paragraphs(fact.reason))
        case .struck(let fact): self = .init("Entry \(fact.entry) struck out", .paragraphs(fact.reason))
        }
    }

    private static func title(ofTask number: Int, in matter: Case) -> String {
        matter.tasks.first { $0.given.number == number }?.given.title ?? "task \(number)"
    }
}

/// A file's name as its sender gave it, or words for one that is struck out of the history.
private func fileName(_ id: StoredFile.ID, in matter: Case) -> HTML {
    "\(person: matter.file(id)?.file.name ?? "a file")"
}

extension EntryLine {
    private init(received fact: Received) {
        let way: HTML =
            switch fact.channel {
            case .portal: "from the portal"
            case .letter: "by letter"
            case .email: "by email"
            case .fax: "by fax"
            case .inPerson: "in person"
            case .telephone: "by telephone"
            case .textMessage: "by text message"
            }
        self.init("Request received \(way)", mark: .theirs)
    }

    private init(offered fact: EvidenceOffered, of matter: Case, under policy: Policy) {
        let document = fact.document.map { policy.documentTypes[$0]?.label ?? $0 }
        let words: HTML = document.map { ": \($0)" } ?? fact.file.map { ": \(fileName($0, in: matter))" } ?? ""
        self.init("Proof of \(fact.check.title.lowercased()) received\(words)", mark: .theirs)
    }

    private init(accepted fact: CheckAccepted, under policy: Policy) {
        let names = fact.documents.map { policy.label(ofDocument: $0.document) }
        let seen = fact.documents.flatMap { document in
            [
                document.seenAs.map { "Seen as: \($0)." }, document.issued.map { "Dated \($0.inWords)." },
                document.expires.map { "Expires \($0.inWords)." },
            ]
        }
        let lines = (seen + [fact.note]).compactMap(\.self)
        self.init(
            "\(fact.check.title) accepted: \(names.isEmpty ? "no document needed" : names.joined(separator: "; "))",
            lines.isEmpty ? nil : .paragraphs(lines.joined(separator: "\n")))
    }

    private init(lastEntry fact: LastEntryRecorded) {
        let last: HTML = fact.lastEntry.map { "\($0.inWords)" } ?? "not known"
        let first: HTML = fact.firstEntry.map { "; oldest entry asked for: \($0.inWords)" } ?? ""
        self.init("Dates of the record written down", "<p>Last entry: \(last)\(first)</p>")
    }

    private init(sent fact: MessageSent) {
        let title: HTML =
            switch fact.asks {
            case .nothing: "Message to the requester"
            case .reply: "Question to the requester"
            case .document: "Document asked for"
            }
        self.init(title, .letter(fact.text))
    }

    private init(reply fact: ReplyReceived) {
        let title: HTML = fact.message.map { "Answer to message \($0)" } ?? "Message from the requester"
        let files: HTML = fact.files.isEmpty ? "" : ", with \(counted(fact.files.count, "document"))"
        self.init("\(title)\(files)", fact.text.isBlank ? nil : .letter(fact.text), mark: .theirs)
    }

    private init(given fact: TaskGiven, under policy: Policy) {
        let department = policy.departments[fact.department]?.label ?? fact.department
        self.init(
            "Task for \(department): \(fact.title)",
            "<p>Wanted by \(fact.dueOn.inWords).</p>\(fact.details.map { .paragraphs($0) })")
    }

    private init(inspected fact: FileInspected, of matter: Case) {
        let name = fileName(fact.file, in: matter)
        switch fact.result {
        case .clean: self.init("\(name) passed the virus check")
        case .admittedUnscanned:
            self.init(
                "\(name) was not scanned",
                "<p>No virus scanner is set up, and files may be opened all the same.</p>")
        case .infected(let what): self.init("\(name) holds malware and cannot be opened", "<p>\(what)</p>")
        case .unusable(let why): self.init("\(name) cannot be used", "<p>\(why)</p>")
        case .notScanned(let why): self.init("\(name) could not be checked for viruses", "<p>\(why)</p>")
        }
    }

    private init(released fact: PartReleased) {
        let files = counted(fact.files.count, "file")
        let until: HTML = "<p>Can be downloaded until \(fact.downloadUntil.inWords).</p>"
        self.init(
            fact.isFinal ? "Released: \(files), which answers the request" : "Part \(fact.number) released: \(files)",
            "\(until)\(.letter(fact.note))")
    }

    private init(notHeld fact: NotHeld) {
        self.init(
            "Answered: nothing held",
            "<ul>\(each: fact.searches, { "<li>\($0.place): \($0.result)</li>" })</ul>\(.letter(fact.letter))")
    }

    private init(alert fact: AlertRaised, under policy: Policy) {
        let told = fact.told.map { policy.roles[$0]?.label ?? $0 }.joined(separator: ", ")
        let detail: HTML = "<p>Due \(fact.due.inWords). Told: \(told.isEmpty ? "the handler" : told).</p>"
        switch fact.daysLeft {
        case ..<0: self.init("Due date passed", detail, mark: .pause)
        case 0: self.init("Warning: due today", detail, mark: .pause)
        default: self.init("Warning: \(counted(fact.daysLeft, "day")) left", detail, mark: .pause)
        }
    }
}

extension FileAdded.Purpose {
    /// What a file is to the case, before the word "file".
    var label: String {
        switch self {
        case .evidence: "Proof"
        case .record: "Record"
        case .correspondence: "Correspondence"
        }
    }
}

extension HTML {
    /// A letter or message that opens when asked for: history stays short to read.
    static func letter(_ text: String) -> HTML {
        text.utf8.count <= 200 ? .paragraphs(text) : .details("Read the text", .paragraphs(text))
    }
}
