/// The way a request reached the trust (policy 5.2(a); S2-062).
package enum Channel: String, CaseIterable, Sendable, Codable {
    case portal
    case letter
    case email
    case fax
    case inPerson = "in-person"
    case telephone
    case textMessage = "text-message"

    /// As pages name it.
    package var label: String {
        switch self {
        case .portal: "Portal"
        case .letter: "Letter"
        case .email: "Email"
        case .fax: "Fax"
        case .inPerson: "In person"
        case .telephone: "Telephone"
        case .textMessage: "Text message"
        }
    }

    /// What the policy makes of a request that comes this way.
    package enum Acceptance: String, CaseIterable, Sendable, Codable {
        /// It is a request from the day it came.
        case accepted
        /// It is logged as advice given and answered with the form (S2-063); no clock starts.
        case advice
    }
}
