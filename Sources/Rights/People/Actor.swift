/// The owner of a requester's account; only its identifier is needed here.
package enum Account {
    package typealias ID = Identifier<Account>
}

/// A member of the trust's staff as the law needs to know them: who, and what they may do.
package struct Staff: Hashable, Sendable {
    package typealias ID = Identifier<Staff>

    package let id: ID
    /// As the history shows it: `M. Hughes, Medico-Legal`.
    package let label: String
    /// The policy's department code.
    package let department: String
    package let permissions: Set<Permission>
    /// What is known of them as a person, so that nobody opens a case about themselves (policy 6.4.1).
    package let own: OwnIdentity

    package init(id: ID, label: String, department: String, permissions: Set<Permission>, own: OwnIdentity) {
        self.id = id
        self.label = label
        self.department = department
        self.permissions = permissions
        self.own = own
    }
}

/// What marks a case as being about, or made by, a member of staff.
package struct OwnIdentity: Hashable, Sendable {
    package var name: String
    package var email: String
    package var dateOfBirth: Day?
    package var nhsNumber: NHSNumber?

    package init(name: String, email: String, dateOfBirth: Day? = nil, nhsNumber: NHSNumber? = nil) {
        self.name = name
        self.email = email
        self.dateOfBirth = dateOfBirth
        self.nhsNumber = nhsNumber
    }
}

/// Who acts.
package enum Actor: Hashable, Sendable {
    case requester(Account.ID)
    case staff(Staff)
    /// A job of the product itself, named for the history: `Deadline watch`.
    case system(String)

    /// How the history keeps them.
    package var author: Author {
        switch self {
        case .requester(let account): Author(kind: .requester, id: account.text, label: "Requester")
        case .staff(let staff): Author(kind: .staff, id: staff.id.text, label: staff.label)
        case .system(let name): Author(kind: .system, id: "", label: name)
        }
    }
}

/// Who did something, as the history keeps it.
package struct Author: Hashable, Sendable, Codable {
    package enum Kind: String, Sendable, Codable { case requester, staff, system }

    package let kind: Kind
    /// The account's or member of staff's identifier; empty for the system.
    package let id: String
    /// The name as it was then, so that the history still reads right when somebody changes theirs.
    package let label: String

    package init(kind: Kind, id: String, label: String) {
        self.kind = kind
        self.id = id
        self.label = label
    }
}

/// What a member of staff may do. Roles in the policy folder are lists of these.
package enum Permission: String, CaseIterable, Sendable, Codable {
    /// Open cases and read them.
    case viewCases = "view-cases"
    /// Log a request that came by letter, email or fax.
    case logRequest = "log-request"
    /// Accept or refuse proof of identity, address and authority.
    case checkEvidence = "check-evidence"
    /// Write to the requester.
    case sendMessage = "send-message"
    /// Pause, resume and extend the clock.
    case runClock = "run-clock"
    /// Give tasks to departments, assign cases.
    case giveTask = "give-task"
    /// Return a task given to one's own department.
    case returnTask = "return-task"
    /// Add notes to a case.
    case addNote = "add-note"
    /// Add record files and open files.
    case handleFiles = "handle-files"
    /// Confirm the release check and release.
    case release = "release"
    /// Refuse, declare not held, withdraw, close.
    case decideOutcome = "decide-outcome"
    /// Strike out a mistaken entry of the history.
    case correctHistory = "correct-history"
    /// See the compliance list and reports.
    case viewReports = "view-reports"
    /// See who viewed what.
    case viewAudit = "view-audit"
    /// Staff accounts and settings.
    case administer = "administer"
}
