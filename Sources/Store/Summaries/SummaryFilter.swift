import Rights

/// Which cases a list shows. What is nothing does not narrow it.
package struct SummaryFilter: Hashable, Sendable {
    package enum Openness: Hashable, Sendable { case open, closed, any }
    /// Who is shown the cases. Named at every list, so that none can forget what is to be hidden from whom.
    package enum Viewer: Hashable, Sendable {
        /// A requester sees the requests of their own account.
        case requester(Account.ID)
        /// A member of staff sees every case but those about or by themselves (policy 6.4.1).
        case staff(OwnIdentity)
        /// The product's own jobs and commands, which show nobody anything.
        case nobody
    }
    /// Whether the date was kept: closed on or before it, once a clock had run; or closed after it, or open past it on
    /// a day; or closed before any clock had started.
    package enum Punctuality: Hashable, Sendable {
        case inTime
        case late(on: Day)
        case neverStarted
    }
    package enum Handler: Hashable, Sendable {
        case nobody
        case staff(Staff.ID)
    }

    package let viewer: Viewer
    package var openness: Openness
    package var handler: Handler?
    package var department: String?
    package var applicationType: String?
    package var right: String?
    package var stage: String?
    package var clockState: String?
    package var nextAction: String?
    package var punctuality: Punctuality?
    /// Only cases whose time was extended.
    package var isExtended = false
    /// Only cases that are urgent, or only those that are not.
    package var isUrgent: Bool?
    /// Only cases whose requester wrote something that nobody has acted upon.
    package var awaitsStaff = false
    /// Only cases with a message that the requester has not read or not answered.
    package var awaitsRequester = false
    /// Only cases that are due, by the earlier date, on one of these days (both ends in). A stopped clock is not due.
    package var due: ClosedRange<Day>?
    /// Only cases received on one of these days (both ends in).
    package var received: ClosedRange<Day>?
    /// Part of a name or of the reference. Reads every case that the rest lets through: for the list of one
    /// account. For all cases there is `Transaction.search`.
    package var containing: String?

    package init(_ openness: Openness = .any, for viewer: Viewer) {
        self.openness = openness
        self.viewer = viewer
    }

    // As conditions on the table `s`, which the compliance list counts by too.
    static let inTime = "\(closedByTheDate) AND s.clock_started"
    static let neverStarted = "\(closedByTheDate) AND NOT s.clock_started"
    private static let closedByTheDate =
        "s.closed_on IS NOT NULL AND (s.governing_due IS NULL OR s.closed_on <= s.governing_due)"

    /// The filter as conditions on the table `s`.
    var conditions: Conditions {
        var all = Conditions()
        switch openness {
        case .open: all.add("s.closed_on IS NULL")
        case .closed: all.add("s.closed_on IS NOT NULL")
        case .any: break
        }
        switch viewer {
        case .requester(let account): all.add("s.account_id =", account)
        case .staff(let own): all.hide(from: own)
        case .nobody: break
        }
        switch handler {
        case .nobody: all.add("s.handler_id IS NULL")
        case .staff(let id): all.add("s.handler_id =", id)
        case nil: break
        }
        if let department { all.add("s.department =", department) }
        if let applicationType { all.add("s.application_type =", applicationType) }
        if let right { all.add("s.right_code =", right) }
        if let stage { all.add("s.stage =", stage) }
        if let clockState { all.add("s.clock_state =", clockState) }
        if let nextAction { all.add("s.next_action =", nextAction) }
        if awaitsStaff { all.add("s.awaits_staff") }
        if awaitsRequester { all.add("s.awaits_requester") }
        if isExtended { all.add("s.is_extended") }
        if let isUrgent { all.add(isUrgent ? "s.urgency IS NOT NULL" : "s.urgency IS NULL") }
        switch punctuality {
        case .inTime:
            all.texts.append(SummaryFilter.inTime)
        case .neverStarted: all.texts.append(SummaryFilter.neverStarted)
        case .late(let today):
            all.add("s.governing_due < coalesce(s.closed_on,", today, closing: ")")
        case nil: break
        }
        if let due {
            all.add("s.due_key >=", due.lowerBound)
            all.add("s.due_key <=", due.upperBound)
        }
        if let received {
            all.add("s.received_on >=", received.lowerBound)
            all.add("s.received_on <=", received.upperBound)
        }
        if let containing, containing.contains(where: { !$0.isWhitespace }) {
            // Both sides are folded, because LIKE minds capitals on one engine and not on the other.
            let key = Folding.key(containing)
            let reference = containing.uppercased().filter { $0.isLetter || $0.isNumber || $0 == "-" }
            if reference.isEmpty {
                all.add("FALSE")
            } else {
                all.addAny(
                    key.isEmpty ? [] : ["s.requester_key LIKE", "s.subject_key LIKE"], "%" + key + "%",
                    or: "s.reference LIKE", "%" + reference + "%")
            }
        }
        return all
    }
}

/// The order of a list.
package struct SummaryOrder: Hashable, Sendable {
    package enum Column: String, CaseIterable, Sendable {
        case due, received, reference, subject, requester, stage, type
    }

    package var column: Column
    package var isDescending: Bool

    package init(_ column: Column, descending: Bool = false) {
        self.column = column
        isDescending = descending
    }

    /// How SQLite is told to go along the index of this order; nothing for the days, by which filters have indexes of
    /// their own.
    var path: String? {
        switch column {
        case .due, .received: nil
        case .reference: "NOT INDEXED"
        case .subject: "INDEXED BY summary_by_subject_name"
        case .requester: "INDEXED BY summary_by_requester_name"
        case .stage: "INDEXED BY summary_by_stage"
        case .type: "INDEXED BY summary_by_type"
        }
    }

    /// The number decides between equals, so that no case is on two pages or on none.
    var text: String {
        let columns =
            switch column {
            case .due: ["s.due_key", "s.number"]
            case .received: ["s.received_on", "s.number"]
            case .reference: ["s.number"]
            case .subject: ["s.subject_key", "s.number"]
            case .requester: ["s.requester_key", "s.number"]
            case .stage: ["s.stage", "s.number"]
            case .type: ["s.application_type", "s.number"]
            }
        return columns.map { $0 + (isDescending ? " DESC" : "") }.joined(separator: ", ")
    }
}
