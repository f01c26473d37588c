import Rights
import Web

/// A request as its requester may see it. A type of its own, made from the case by naming each thing that is theirs
/// to know: an exemption, a note, a task, a gate, or the name of a member of staff has no place in it to stand.
struct RequestView: Sendable, Equatable {
    struct Step: Sendable, Equatable {
        let title: String
        let on: Day
        let isOwn: Bool
    }

    /// A document that the requester sent.
    struct Document: Sendable, Equatable {
        enum State: Sendable, Equatable {
            case notChecked
            case clean
            /// It may be opened although no scanner has looked at it.
            case received
            case virus
            /// The sentence that says what to send instead.
            case unusable(String)
        }

        let name: String
        let kind: String
        let size: Int
        let on: Day
        /// What it was sent to prove.
        let proves: [Check]
        let state: State
    }

    struct Message: Sendable, Equatable {
        enum Sender: Sendable, Equatable { case requester, trust }

        let sender: Sender
        let text: String
        let at: Moment
        /// The names of documents that came with it.
        let files: [String]
        /// Set for a message of the trust.
        let question: Question?
    }

    /// What a message of the trust wants.
    struct Question: Sendable, Equatable {
        let number: Int
        let asks: MessageSent.Asks
        let readAt: Moment?
        let isWaiting: Bool
        /// The trust wants no answer any more.
        let isWithdrawn: Bool

        var isUnread: Bool { readAt == nil }
    }

    /// Files that were released together.
    struct Part: Sendable, Equatable {
        struct File: Sendable, Equatable {
            let id: StoredFile.ID
            let name: String
            let kind: String
            let size: Int
            let downloadedOn: Day?
        }

        let number: Int
        let isFinal: Bool
        let on: Day
        /// The day on which it was last released again.
        let againOn: Day?
        let until: Day
        let isExpired: Bool
        let note: String
        let files: [File]
    }

    let id: Case.ID
    let reference: String
    let type: String
    let name: String
    let submitted: Day
    let status: StatusWording
    let reply: ReplyDate
    let progress: [Step]
    let asked: [AnsweredQuestion]
    let documents: [Document]
    /// Oldest first.
    let messages: [Message]
    let parts: [Part]
    /// As the trust signs its messages: a department, never a person.
    let department: String
    let isOpen: Bool
}

extension RequestView {
    /// - Parameters:
    ///   - policy: the one the request came in under.
    ///   - clock: nothing for a kind of request that no clock counts.
    init(_ matter: Case, under policy: Policy, clock: CaseClock?, on today: Day) {
        id = matter.id
        reference = matter.reference
        type = policy.applicationTypes[matter.received.applicationType]?.label ?? matter.received.applicationType
        name = matter.subject.name.full
        submitted = matter.receivedOn
        status = policy.wording(of: matter.stage)
        reply = ReplyDate(matter, under: policy, clock: clock)
        progress = matter.steps(under: policy)
        asked = matter.received.answers
        documents = matter.files.filter { $0.by.kind == .requester && $0.isPresent }.map { Document($0, of: matter) }
        messages = Message.all(of: matter)
        parts = matter.parts.map { Part($0, of: matter, on: today) }
        department = policy.departments[matter.received.department]?.label ?? ""
        isOpen = matter.isOpen
    }

    /// Something is to be read or answered.
    var hasQuestion: Bool { messages.contains { $0.question.map { $0.isUnread || $0.isWaiting } ?? false } }

    /// A question waits for an answer.
    var wantsAnswer: Bool { messages.contains { $0.question?.isWaiting ?? false } }
}

extension RequestView.Document {
    fileprivate init(_ held: CaseFile, of matter: Case) {
        name = held.file.name
        kind = held.file.kindInWords
        size = held.file.size
        on = held.on
        proves = Check.allCases.filter { check in
            matter.standing(of: check).offered.contains { $0.evidence.file == held.file.id }
        }
        state =
            switch held.inspection {
            case nil, .notScanned: .notChecked
            case .clean: .clean
            case .admittedUnscanned: .received
            // The scanner's name for it is for staff.
            case .infected: .virus
            case .unusable(let sentence): .unusable(sentence)
            }
    }
}

extension RequestView.Message {
    fileprivate static func all(of matter: Case) -> [RequestView.Message] {
        var messages: [RequestView.Message] = []
        for conversation in matter.conversations {
            messages.append(
                RequestView.Message(
                    sender: .trust, text: conversation.sent.text, at: conversation.at, files: [],
                    question: RequestView.Question(
                        number: conversation.sent.number, asks: conversation.sent.asks, readAt: conversation.readAt,
                        isWaiting: conversation.isWaiting && matter.isOpen,
                        isWithdrawn: conversation.ended?.how == .withdrawn)))
            messages += conversation.replies.map { RequestView.Message($0, of: matter) }
        }
        messages += matter.unpromptedReplies.map { RequestView.Message($0, of: matter) }
        return messages.sorted { $0.at < $1.at }
    }

    private init(_ reply: Reply, of matter: Case) {
        self.init(
            sender: .requester, text: reply.received.text, at: reply.at,
            files: reply.received.files.compactMap { matter.file($0)?.file.name }, question: nil)
    }
}

extension RequestView.Part {
    fileprivate init(_ released: ReleasedPart, of matter: Case, on today: Day) {
        number = released.part.number
        isFinal = released.part.isFinal
        on = released.on
        againOn = released.again.last?.on
        until = released.downloadUntil
        isExpired = today > released.downloadUntil
        note = released.part.note
        files = released.part.files.compactMap { id in
            guard let held = matter.file(id) else { return nil }
            return File(
                id: id, name: held.file.name, kind: held.file.kindInWords, size: held.file.size,
                downloadedOn: released.downloads.last { $0.file == id }?.on)
        }
    }
}

extension Case {
    /// What has happened, as far as the requester may know: the stages, and the proofs that were accepted.
    fileprivate func steps(under policy: Policy) -> [RequestView.Step] {
        let stages = stageHistory
        // A proof stands before the work that could only begin with it.
        let work = stages.firstIndex { $0.stage != .received && $0.stage != .checking } ?? stages.count
        func step(_ change: StageChange) -> RequestView.Step {
            RequestView.Step(title: policy.wording(of: change.stage).label, on: change.on, isOwn: change.isRequesters)
        }
        var steps = stages[..<work].map(step)
        var proofs: [RequestView.Step] = []
        for check in Check.allCases where !policy.documents(proving: check, in: requester.capacity).isEmpty {
            guard let day = standing(of: check).acceptedOn else { continue }
            proofs.append(RequestView.Step(title: "\(check.proof) accepted", on: day, isOwn: false))
        }
        let later = stages[work...].map(step)
        steps += proofs.filter { proof in later.first.map { proof.on <= $0.on } ?? true }
        steps += later
        return steps + proofs.filter { proof in later.first.map { proof.on > $0.on } ?? false }
    }
}

extension Check {
    /// As the requester is told of it.
    var proof: String {
        switch self {
        case .identity: "Proof of identity"
        case .address: "Proof of address"
        case .authority: "Proof of your right to ask"
        }
    }
}
