/// Where a request stands, as far as its requester may know (S1-47, S1-64). An exemption, a doubt about the
/// requester or a note has no stage of its own, so none of them can show.
package enum Stage: String, CaseIterable, Sendable, Codable {
    /// Sent, and not yet looked at.
    case received
    /// Proof is being checked; the clock has not started.
    case checking
    /// A question to the requester is open.
    case waitingForYou = "waiting-for-you"
    case inProgress = "in-progress"
    /// The trust has told the requester that it needs more time.
    case extended
    /// Some of the files are ready; more will come.
    case partReady = "part-ready"
    /// Files are ready and the request is finished.
    case ready
    /// Finished without files to fetch.
    case completed
    case withdrawn
    case closed
}

/// How the portal speaks of a stage.
package struct StageWording: Hashable, Sendable {
    /// The column `Status`: `Waiting for you`.
    package let label: String
    /// What it means, and what happens next, in one sentence.
    package let sentence: String
    package let colour: Colour

    package init(label: String, sentence: String, colour: Colour) {
        self.label = label
        self.sentence = sentence
        self.colour = colour
    }

    /// The tags of the design system that the portal uses; meaning never rests on the colour alone.
    package enum Colour: String, CaseIterable, Sendable {
        case blue, white, orange, green, grey, yellow
    }
}
