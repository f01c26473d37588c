/// Why the countdown may stop (policy 5.3(c); S2-086 to S2-090).
package struct PauseReason: Listed, Hashable {
    package let code: String
    package let label: String
    package let kind: Kind
    /// The code of the letter that opens the pause: a pause needs a dated outgoing message.
    package let letter: String
    /// Days after which staff are reminded to chase (clock.md 2.5 no 29).
    package let chaserDays: Int
    /// Days after which the closing letter is offered; a person decides.
    package let lapseDays: Int
    package let retired: Bool

    package init(
        code: String, label: String, kind: Kind, letter: String, chaserDays: Int, lapseDays: Int, retired: Bool = false
    ) {
        self.code = code
        self.label = label
        self.kind = kind
        self.letter = letter
        self.chaserDays = chaserDays
        self.lapseDays = lapseDays
        self.retired = retired
    }

    /// What is waited for; the clock's rules say which of these stop it.
    package enum Kind: String, CaseIterable, Sendable, Codable {
        case clarification
        case evidence
        case fee
        /// Access to Health Records Act s.3(6).
        case furtherInformation = "further-info"
    }
}
