/// The two sites, which are two levels of trust. An account belongs to one of them for ever.
package enum Audience: String, CaseIterable, Sendable {
    /// Requesters.
    case portal
    /// The trust's staff.
    case desk
}

/// Whose account it is that somebody signs in with.
package enum Holder: Hashable, Sendable {
    case requester(Account.ID)
    case staff(Staff.ID)

    /// Reads back what was kept; nothing for a text that is no identifier.
    package init?(_ text: String, on audience: Audience) {
        switch audience {
        case .portal:
            guard let id = Account.ID(text) else { return nil }
            self = .requester(id)
        case .desk:
            guard let id = Staff.ID(text) else { return nil }
            self = .staff(id)
        }
    }

    /// The site the account is for.
    package var audience: Audience {
        switch self {
        case .requester: .portal
        case .staff: .desk
        }
    }

    /// The identifier as it is kept.
    package var text: String {
        switch self {
        case .requester(let id): id.text
        case .staff(let id): id.text
        }
    }
}
