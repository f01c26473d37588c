import HTTPTypes
import Hummingbird
import Rights

/// One request to one site, as a page sees it.
package struct Visit: Sendable {
    package let site: Site
    /// Names the request in the log and on the page of an internal error.
    package let id: String
    package let request: Request
    /// The route's pattern: `/requests/:request`.
    package let pattern: String
    /// Who is signed in, if somebody is.
    package let visitor: Visitor?
    package let now: Moment
    /// The address of whoever asks, as far as a trusted proxy or the connection tells.
    package let address: String
    let parameters: [String: String]
    let cookies: VisitCookies
    let body: BodyProgress

    /// Today in the trust's time zone.
    package var today: Day { site.surroundings.day(now) }

    /// The path asked for, without the query.
    package var path: String { String((request.head.path ?? "/").prefix { $0 != "?" }) }
}

/// A visit to a page that anybody may see.
extension Visit: Visiting {
    package var visit: Visit { self }
}

/// A visit of somebody who is signed in as a requester. It cannot be made without a session.
package struct RequesterVisit: Visiting {
    package let visit: Visit
    package let session: RequesterSession

    /// The account whose cases, and no others, this visit may see.
    package var account: Account.ID { session.account }
    package var actor: Actor { .requester(session.account) }

    init?(_ visit: Visit) {
        guard case .requester(let session) = visit.visitor else { return nil }
        self.visit = visit
        self.session = session
    }
}

/// A visit of a member of staff. It cannot be made without a session.
package struct StaffVisit: Visiting {
    package let visit: Visit
    package let session: StaffSession

    package var staff: Staff { session.staff }
    package var actor: Actor { .staff(session.staff) }

    init?(_ visit: Visit) {
        guard case .staff(let session) = visit.visitor else { return nil }
        self.visit = visit
        self.session = session
    }

    /// Whether this member of staff may do something; for showing or leaving out its button. The rule itself is kept
    /// where the act is decided.
    package func may(_ permission: Permission) -> Bool { staff.permissions.contains(permission) }
}

/// What every kind of visit can do.
package protocol Visiting: Sendable {
    var visit: Visit { get }
}

extension Visiting {
    package var site: Site { visit.site }
    package var now: Moment { visit.now }
    package var today: Day { visit.today }

    /// A path parameter, percent-decoded.
    package func parameter(_ name: String) -> String { visit.parameters[name] ?? "" }

    /// A path parameter that is an identifier.
    ///
    /// Throws `Problem.notFound` for anything that has not the shape of one, so that a tampered path never reaches a
    /// statement.
    package func identifier<Owner>(_ name: String, of _: Owner.Type = Owner.self) throws(Problem) -> Identifier<Owner> {
        guard let identifier = Identifier<Owner>(parameter(name)) else { throw .notFound }
        return identifier
    }

    /// The first value of a name in the query, cleaned like a form's; empty when there is none.
    package func query(_ name: String) -> String { queryValues(name).first ?? "" }

    /// Every value of a name in the query.
    package func queryValues(_ name: String) -> [String] {
        guard let path = visit.request.head.path, let mark = path.firstIndex(of: "?") else { return [] }
        var fields = FormFields(limits: .query)
        URLEncoded.decode(path[path.index(after: mark)...], into: &fields)
        return fields.values[name] ?? []
    }

    /// A number from the query; `fallback` when there is none, or no number of 1 or more.
    package func page(_ name: String = "page", or fallback: Int = 1) -> Int {
        guard let number = Int(query(name)), (1...1_000_000).contains(number) else { return fallback }
        return number
    }
}
