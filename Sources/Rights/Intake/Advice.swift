/// A call or message that is no request under the policy, written down with the advice that was given (S2-062,
/// S2-063). No clock starts; that the form was sent can be shown later.
package struct Advice: Hashable, Sendable {
    package enum FormSent: String, CaseIterable, Sendable {
        case handed, posted, emailed, portal
        case notWanted = "not-wanted"

        /// As pages name it.
        package var label: String {
            switch self {
            case .handed: "Handed over"
            case .posted: "Sent by post"
            case .emailed: "Sent by email"
            case .portal: "Told about the portal"
            case .notWanted: "Not wanted"
            }
        }
    }

    package var channel: Channel
    package var on: Day
    /// Who asked, as far as they said.
    package var caller: String
    /// What they wanted, in their words.
    package var asked: String
    /// What they were told.
    package var given: String
    package var formSent: FormSent

    package init(channel: Channel, on: Day, caller: String, asked: String, given: String, formSent: FormSent) {
        self.channel = channel
        self.on = on
        self.caller = caller
        self.asked = asked
        self.given = given
        self.formSent = formSent
    }

    /// Decides whether it may be written down.
    ///
    /// - Throws: `.notAllowed`, or `.refused` with every reason.
    package func admit(in situation: Situation) throws(Problem) {
        guard case .staff(let staff) = situation.actor, staff.permissions.contains(.logRequest) else {
            throw .notAllowed("Your role does not include logging requests.")
        }
        let reasons = faults(in: situation)
        guard reasons.isEmpty else { throw .refused(reasons) }
    }

    private func faults(in situation: Situation) -> [Reason] {
        var reasons = Reasons()
        reasons.require(
            situation.policy.channels[channel] == .advice, "channel-accepted",
            "What comes by \(channel.label.lowercased()) is a request. Log it as one.", field: "channel")
        reasons.require(on <= situation.today, "in-future", "The date must be today or in the past.", field: "on")
        reasons.requireText(asked, "asked", "Enter what was asked.")
        reasons.requireText(given, "given", "Enter what you told them.")
        return reasons.list
    }
}
