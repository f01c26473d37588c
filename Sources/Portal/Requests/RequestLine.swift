import Casework
import Rights
import Store
import Web

/// One request as a requester's lists show it.
struct RequestLine: Sendable, Hashable {
    let id: Case.ID
    /// The application form used.
    let type: String
    let reference: String
    /// The patient's.
    let name: String
    let submitted: Day
    let status: StatusWording
    /// Nothing while no date is due.
    let due: Day?
    /// A message from the trust is unread or unanswered (S1-51).
    let hasQuestion: Bool
    /// An answer is wanted; otherwise there is only something to read.
    let wantsAnswer: Bool

    var dueSentence: String { due.map { " Reply due \($0.inWords)." } ?? "" }
}

/// A stage as the portal words it, which is the trust's to change (S1-47).
struct StatusWording: Sendable, Hashable {
    let label: String
    let sentence: String
    let colour: StageWording.Colour

    var tag: HTML { .tag(label, tagColour) }

    private var tagColour: TagColour {
        switch colour {
        case .blue: .blue
        case .white: .white
        case .orange: .orange
        case .green: .green
        case .grey: .grey
        case .yellow: .yellow
        }
    }
}

extension Policy {
    /// How a stage reads; its plain name for a policy that forgot it, which `policy check` refuses.
    func wording(of stage: Stage) -> StatusWording {
        guard let wording = stages[stage] else {
            return StatusWording(label: stage.rawValue, sentence: "", colour: .grey)
        }
        return StatusWording(label: wording.label, sentence: wording.sentence, colour: wording.colour)
    }
}

extension Portal {
    /// A summary as the requester may see it. The words are those of the policy in force.
    func line(_ summary: Summary) -> RequestLine {
        let policy = casework.policies.current
        return RequestLine(
            id: summary.id, type: policy.applicationTypes[summary.applicationType]?.label ?? summary.applicationType,
            reference: summary.reference, name: summary.subjectName, submitted: summary.loggedOn,
            status: policy.wording(of: Stage(rawValue: summary.stage) ?? .received),
            due: summary.closedOn == nil ? summary.governingDue : nil, hasQuestion: summary.awaitsRequester,
            wantsAnswer: summary.stage == Stage.waitingForYou.rawValue)
    }
}
