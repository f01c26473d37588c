import Rights
import Store
import Web

/// One case in a list: whose it is, how it stands and what comes next.
struct CaseRow: Sendable {
    let address: CaseAddress
    let reference: String
    let patient: String
    let requester: String
    let type: String
    let received: String
    let due: HTML
    let state: HTML
    /// Why it is urgent, if it is.
    let urgency: String?
    let next: (text: String, href: String)?
    let handler: String

    /// - Parameter names: the staff by their identifiers.
    init(_ summary: Summary, under policy: Policy, names: [Staff.ID: String], on today: Day) {
        address = CaseAddress(summary.id)
        reference = summary.reference
        patient = summary.subjectName
        requester = summary.requesterName
        type = policy.applicationTypes[summary.applicationType]?.label ?? summary.applicationType
        received = summary.receivedOn.inWords
        due = CaseRow.due(summary, on: today)
        state = .stageTag(
            Stage(rawValue: summary.stage) ?? .received, summary.outcome.flatMap { Outcome(rawValue: $0) })
        urgency = summary.closedOn == nil ? summary.urgency : nil
        next = NextAction.Kind(rawValue: summary.nextAction).flatMap { CaseRow.step($0, at: CaseAddress(summary.id)) }
        let department = summary.department.map { policy.departments[$0]?.label ?? $0 }
        handler = summary.handler.flatMap { names[$0] } ?? department ?? "Nobody yet"
    }

    private static func due(_ summary: Summary, on today: Day) -> HTML {
        if let closed = summary.closedOn {
            let late = summary.governingDue.map { closed > $0 } ?? false
            return "Closed \(closed.inWords)\(late ? ", late" : "")"
        }
        guard let due = summary.governingDue else {
            return ClockAccount.State(rawValue: summary.clockState) == .paused
                ? .tag("Clock stopped", .orange) : .tag("Not started", .blue)
        }
        let tag: HTML =
            switch due - today {
            case ..<0: .tag("\(counted(today - due, "day")) late", .red)
            case 0: .tag("Due today", .orange)
            case 1...7: .tag("\(counted(due - today, "day")) left", .orange)
            default: "\(counted(due - today, "day")) left"
            }
        return "\(HTML.unbroken(due.inWords))<br>\(tag)"
    }

    /// Where the next action is done.
    private static func step(_ kind: NextAction.Kind, at address: CaseAddress) -> (text: String, href: String)? {
        switch kind {
        case .readReply, .awaitRequester: (kind.label, address.messages)
        case .confirmEndOfPause: (kind.label, address.page)
        case .checkEvidence, .awaitEvidence: (kind.label, address.checks)
        case .recordLastEntry: (kind.label, address.lastEntry)
        case .awaitTasks: (kind.label, address.tasks)
        case .addRecords: (kind.label, "\(address.files)#new")
        case .resolveFiles: (kind.label, address.files)
        case .confirmRelease, .release: (kind.label, address.release)
        case .none: nil
        }
    }
}

extension HTML {
    /// Cases under each other.
    ///
    /// - Parameter query: the list they are a page of, whose columns sort it; nothing where the order is fixed.
    static func caseTable(_ caption: String, _ rows: [CaseRow], query: CaseListQuery? = nil) -> HTML {
        func head(_ title: String, _ column: SummaryOrder.Column) -> Column {
            query?.head(title, column) ?? Column(title)
        }
        return .responsiveTable(
            .hidden(caption),
            [
                head("Reference", .reference), head("Patient", .subject), head("Received", .received),
                head("Due", .due), head("Status", .stage), Column("Next"), Column("With"),
            ],
            rows.map { row in
                let requester: HTML =
                    row.requester == row.patient ? "" : "<br><small>asked by \(person: row.requester)</small>"
                let urgent: HTML =
                    row.urgency.map { "<br>\(.tag("Urgent", .red)) <small>\(person: $0)</small>" } ?? ""
                return [
                    "<span class=\"app-nowrap\">\(.link(row.reference, to: row.address.page))</span><br><small>\(row.type)</small>",
                    "\(person: row.patient)\(requester)", .unbroken(row.received), "\(row.due)\(urgent)", row.state,
                    row.next.map { .link($0.text, to: $0.href, hidden: "for \(row.reference)") } ?? "Nothing to do",
                    "\(person: row.handler)",
                ]
            })
    }
}
