import Logging
import Rights

/// One of the two sites, with everything its pages need besides the cases: made once at the start, passed by hand.
package struct Site: Sendable {
    package let audience: Audience
    package let branding: Branding
    package let origin: Origin
    package let assets: Assets
    package let surroundings: Surroundings
    package let logger: Logger
    /// Counts what is answered.
    package let traffic: Traffic
    /// The addresses of the proxies whose `X-Forwarded-For` is believed; no others are.
    package let proxies: Set<String>
    package let paths: Paths
    /// The links under the header for somebody who is signed in.
    package let navigation: @Sendable (Visitor) -> [Link]
    /// Who a session's token belongs to, if it is open on this site. Notes that it was used.
    package let recognise: @Sendable (_ token: String) async throws -> Visitor?

    /// Where the pages are that every page leads to.
    package struct Paths: Sendable {
        package var home: String
        package var signIn: String
        package var signOut: String
        package var accessibility: String
        package var privacy: String
        package var cookies: String
        package var contact: String

        package init(
            home: String = "/", signIn: String = "/Account/Login", signOut: String = "/Account/Logout",
            accessibility: String = "/accessibility", privacy: String = "/privacy", cookies: String = "/cookies",
            contact: String = "/contact"
        ) {
            self.home = home
            self.signIn = signIn
            self.signOut = signOut
            self.accessibility = accessibility
            self.privacy = privacy
            self.cookies = cookies
            self.contact = contact
        }
    }

    package init(
        audience: Audience, branding: Branding, origin: Origin, assets: Assets, surroundings: Surroundings,
        logger: Logger, traffic: Traffic, proxies: Set<String> = [], paths: Paths = Paths(),
        navigation: @escaping @Sendable (Visitor) -> [Link],
        recognise: @escaping @Sendable (_ token: String) async throws -> Visitor?
    ) {
        self.audience = audience
        self.branding = branding
        self.origin = origin
        self.assets = assets
        self.surroundings = surroundings
        self.logger = logger
        self.traffic = traffic
        self.proxies = proxies
        self.paths = paths
        self.navigation = navigation
        self.recognise = recognise
    }
}

/// Somebody who is signed in.
package enum Visitor: Sendable {
    case requester(RequesterSession)
    case staff(StaffSession)

    /// How the header names them.
    package var label: String {
        switch self {
        case .requester(let session): session.email
        case .staff(let session): session.staff.label
        }
    }

    /// How the log names them: as the access log does, by an identifier and never a name.
    var skeleton: String {
        switch self {
        case .requester(let session): "requester:\(session.account)"
        case .staff(let session): "staff:\(session.staff.id)"
        }
    }
}

/// A requester's session.
package struct RequesterSession: Sendable {
    package let account: Account.ID
    package let email: String
    /// The session's own identifier, so that a list of sessions can say which one this is.
    package let session: String

    package init(account: Account.ID, email: String, session: String) {
        self.account = account
        self.email = email
        self.session = session
    }
}

/// A member of staff's session.
package struct StaffSession: Sendable {
    package let staff: Staff
    /// The session's own identifier, so that a list of sessions can say which one this is.
    package let session: String

    package init(staff: Staff, session: String) {
        self.staff = staff
        self.session = session
    }
}
