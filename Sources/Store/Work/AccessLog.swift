import Rights

/// What somebody did that changes nothing and is recorded all the same.
package enum AccessKind: String, CaseIterable, Sendable {
    case viewed
    case viewRefused = "view-refused"
    case downloaded
    /// The case was written out with everything in it.
    case exported
    case searched
    case signedIn = "signed-in"
    case signInRefused = "sign-in-refused"
    case signedOut = "signed-out"
    /// Work that was given up; the detail is the job's identifier.
    case retriedWork = "retried-work"
    case dismissedWork = "dismissed-work"
    /// The detail is what the old key and the new one are called.
    case replacedMasterKey = "replaced-master-key"
}

/// A line of the access log.
package struct Access: Hashable, Sendable {
    package typealias ID = Identifier<Access>

    package let id: ID
    package let at: Moment
    /// `staff:…`, `requester:…`: an identifier, never a name.
    package let actor: String
    package let what: AccessKind
    package let caseID: Case.ID?
    /// A file's identifier, a page's name: no personal data, and never what was searched for.
    package let detail: String?

    static let columns = "access_id, at, actor, what, case_id, detail"

    init(_ row: Row) throws {
        id = try row.identifier(0)
        at = try row.moment(1)
        actor = try row.text(2)
        what = try row.code(3)
        caseID = try row.optionalIdentifier(4)
        detail = try row.optionalText(5)
    }
}

extension Transaction {
    /// Adds a line to the access log, which the database never lets anybody change or cut.
    package func recordAccess(
        _ what: AccessKind, of id: Case.ID?, by actor: String, detail: String? = nil, at now: Moment
    ) throws {
        let line: Access.ID = Identifier(at: now, random: keyring.bytes(10))
        try execute(
            "INSERT INTO access (access_id, at, actor, what, case_id, detail) VALUES ($1, $2, $3, $4, $5, $6)",
            line, now, actor, what.rawValue, id, detail)
    }

    /// Who looked at a case, newest first.
    package func accesses(of id: Case.ID, limit: Int = 200) throws -> [Access] {
        try all("SELECT \(Access.columns) FROM access WHERE case_id = $1 ORDER BY access_id DESC LIMIT $2", id, limit) {
            try Access($0)
        }
    }

    /// What somebody did, newest first.
    package func accesses(by actor: String, limit: Int = 200) throws -> [Access] {
        try all("SELECT \(Access.columns) FROM access WHERE actor = $1 ORDER BY access_id DESC LIMIT $2", actor, limit)
        {
            try Access($0)
        }
    }
}
