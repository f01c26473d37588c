import Casework
import Rights

/// A case as a member of staff has it open: with the rules it came in under, its clock today, and what they may do.
struct OpenedCase: Sendable {
    let matter: Case
    let policy: Policy
    let clock: ClockReading
    /// Other requests about what may be the same person.
    let kin: [KindredCase]
    let staff: Staff
    let trust: Trust
    let today: Day
    /// Puts instants into the trust's days and words; nothing here asks it for the time.
    let surroundings: Surroundings

    /// Where the clock stands, or why that cannot be told.
    enum ClockReading: Sendable {
        case counted(CaseClock)
        /// A sentence for staff: the bank holidays of the year are missing, or the kind of request has no clock.
        case unknown(String)

        var counted: CaseClock? {
            switch self {
            case .counted(let clock): clock
            case .unknown: nil
            }
        }
    }

    /// The date of an instant in the trust's time zone.
    func day(_ moment: Moment) -> Day { surroundings.day(moment) }

    /// An instant for people: `13 November 2026, 9:14am`.
    func inWords(_ moment: Moment) -> String {
        "\(surroundings.day(moment).inWords), \(surroundings.timeOfDay(moment))"
    }

    var address: CaseAddress { CaseAddress(matter.id) }

    /// Whether this member of staff may do what needs the permission. The server asks again at the act itself.
    func may(_ permission: Permission) -> Bool { staff.permissions.contains(permission) }

    /// Whether an act that changes an open case is to be offered.
    func mayChange(_ permission: Permission) -> Bool { matter.isOpen && may(permission) }

    /// `Medico-Legal`, or the code where the policy does not know it any more.
    func department(_ code: String) -> String { policy.departments[code]?.label ?? code }

    /// `access request, living patient`: the kind of case as the caption above its name has it.
    var kind: String {
        let regime =
            switch matter.received.regime {
            case .living: "living patient"
            case .deceased: "patient who has died"
            }
        return "\(matter.received.right.asRequest), \(regime)"
    }
}

extension Right {
    /// What somebody asks for who exercises it.
    var asRequest: String {
        switch self {
        case .informed: "request for information"
        case .access: "access request"
        case .rectification: "request for correction"
        case .erasure: "request for erasure"
        case .restriction: "request for restriction"
        case .portability: "portability request"
        case .objection: "objection"
        case .automatedDecisions: "request about an automated decision"
        }
    }
}
