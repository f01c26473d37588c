/// The colours of a tag. They repeat what its words say and never say it alone: blue for in progress or not started,
/// white for a task in hand, orange for waiting or at risk, green for done, red for a problem, grey for what no
/// longer moves, yellow for information, purple for being checked.
package enum TagColour: Sendable {
    case white, grey, green, aquaGreen, blue, purple, pink, red, orange, yellow

    var modifier: HTML {
        switch self {
        case .white: " nhsuk-tag--white"
        case .grey: " nhsuk-tag--grey"
        case .green: " nhsuk-tag--green"
        case .aquaGreen: " nhsuk-tag--aqua-green"
        case .blue: " nhsuk-tag--blue"
        case .purple: " nhsuk-tag--purple"
        case .pink: " nhsuk-tag--pink"
        case .red: " nhsuk-tag--red"
        case .orange: " nhsuk-tag--orange"
        case .yellow: " nhsuk-tag--yellow"
        }
    }
}

extension HTML {
    /// A state in a word or two.
    package static func tag(_ text: String, _ colour: TagColour) -> HTML {
        "<strong class=\"nhsuk-tag\(colour.modifier)\">\(text)</strong>"
    }
}
