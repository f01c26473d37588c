import Rights
import Store
import Web

/// A list of cases as a file for a spreadsheet.
enum CaseExport {
    private static let head = [
        "Reference", "Type", "Patient", "Requester", "Received", "Logged", "Due by policy", "Due by law", "Due",
        "Urgent because",
        "Clock", "Extended", "Status", "Outcome", "Closed", "Department", "Handler", "Next action",
    ]

    static func file(_ cases: [Summary], under policy: Policy, names: [Staff.ID: String]) -> [UInt8] {
        var csv = CSV(head)
        for found in cases {
            csv.add([
                found.reference, policy.applicationTypes[found.applicationType]?.label ?? found.applicationType,
                found.subjectName, found.requesterName, found.receivedOn.description, found.loggedOn.description,
                found.policyDue?.description ?? "", found.statuteDue?.description ?? "",
                found.governingDue?.description ?? "", found.urgency ?? "", found.clockState,
                found.isExtended ? "yes" : "no",
                Stage(rawValue: found.stage)?.forStaff.label ?? found.stage,
                found.outcome.flatMap { Outcome(rawValue: $0) }?.label ?? "", found.closedOn?.description ?? "",
                found.department.map { policy.departments[$0]?.label ?? $0 } ?? "",
                found.handler.flatMap { names[$0] } ?? "",
                NextAction.Kind(rawValue: found.nextAction)?.label ?? found.nextAction,
            ])
        }
        return csv.bytes
    }
}
