/// The words of a label or legend and how they look. A literal is a plain label; the other forms say more:
/// `.heading("What is your name?")` is also the page's `h1`.
package struct Label: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The NHS sizes.
    package enum Size: Sendable { case small, medium, large, extraLarge }

    package let text: String
    package let size: Size?
    /// Whether it is the page's `h1` too: for pages that ask one thing.
    package let isPageHeading: Bool
    /// Whether only screen readers hear it.
    package let isHidden: Bool

    package init(_ text: String, size: Size? = nil, isPageHeading: Bool = false, isHidden: Bool = false) {
        self.text = text
        self.size = size
        self.isPageHeading = isPageHeading
        self.isHidden = isHidden
    }

    package init(stringLiteral text: String) { self.init(text) }

    package static func heading(_ text: String, size: Size = .large) -> Label {
        Label(text, size: size, isPageHeading: true)
    }

    package static func small(_ text: String) -> Label { Label(text, size: .small) }
    package static func medium(_ text: String) -> Label { Label(text, size: .medium) }
    package static func hidden(_ text: String) -> Label { Label(text, isHidden: true) }

    /// A label element for one control.
    func element(for id: String, further classes: HTML = "") -> HTML {
        let modifier: HTML =
            switch size {
            case nil: ""
            case .small: " nhsuk-label--s"
            case .medium: " nhsuk-label--m"
            case .large: " nhsuk-label--l"
            case .extraLarge: " nhsuk-label--xl"
            }
        let hidden: HTML = isHidden ? " nhsuk-u-visually-hidden" : ""
        let label: HTML = "<label class=\"nhsuk-label\(modifier)\(classes)\(hidden)\" for=\"\(id)\">\(text)</label>"
        return isPageHeading ? "<h1 class=\"nhsuk-label-wrapper\">\(label)</h1>" : label
    }

    /// A legend element for a group.
    var legend: HTML {
        let modifier: HTML =
            switch size {
            case nil: ""
            case .small: " nhsuk-fieldset__legend--s"
            case .medium: " nhsuk-fieldset__legend--m"
            case .large: " nhsuk-fieldset__legend--l"
            case .extraLarge: " nhsuk-fieldset__legend--xl"
            }
        let hidden: HTML = isHidden ? " nhsuk-u-visually-hidden" : ""
        let words: HTML = isPageHeading ? "<h1 class=\"nhsuk-fieldset__heading\">\(text)</h1>" : "\(text)"
        return "<legend class=\"nhsuk-fieldset__legend\(modifier)\(hidden)\">\(words)</legend>"
    }
}
