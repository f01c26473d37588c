import Rights
import Web

extension Stage {
    /// Where a request stands, in words for staff; the policy's own words speak to the requester.
    var forStaff: (label: String, colour: TagColour) {
        switch self {
        case .received: ("New", .blue)
        case .checking: ("Checking proof", .blue)
        case .waitingForYou: ("Waiting for requester", .orange)
        case .inProgress, .extended: ("In progress", .blue)
        case .partReady: ("Part released", .blue)
        case .ready: ("Released", .green)
        case .completed: ("Answered", .green)
        case .withdrawn: ("Withdrawn", .grey)
        case .closed: ("Closed", .grey)
        }
    }
}

extension Outcome {
    /// As staff name the end of a case.
    var label: String {
        switch self {
        case .released: "Released"
        case .refused: "Refused"
        case .notHeld: "Not held"
        case .withdrawn: "Withdrawn"
        case .lapsed: "Lapsed"
        case .redirected: "Redirected"
        case .duplicate: "Duplicate"
        }
    }

    var colour: TagColour {
        switch self {
        case .released, .refused, .notHeld: .green
        case .withdrawn, .lapsed, .redirected, .duplicate: .grey
        }
    }
}

extension HTML {
    /// Where a request stands; the outcome once it has one.
    static func stageTag(_ stage: Stage, _ outcome: Outcome?) -> HTML {
        if let outcome { return .tag(outcome.label, outcome.colour) }
        let (label, colour) = stage.forStaff
        return .tag(label, colour)
    }
}
