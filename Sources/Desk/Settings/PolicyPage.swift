import Casework
import Rights
import Web

extension Desk {
    /// What the trust runs on.
    var settingsRoutes: [Route] {
        [
            .get(Place.settings, .staff()) { visit in
                let page = PolicyPage(
                    policy: casework.policies.current,
                    holidays: try casework.policies.holidays(of: casework.policies.current.nation), today: visit.today)
                var links: [(link: Link, detail: HTML, tag: HTML)] = [
                    (Link("Your account", StaffPlace.profile), "Your password and open sessions.", "")
                ]
                if visit.may(.administer) {
                    links.append((Link("Staff accounts", StaffPlace.list), "Who may do what, and until when.", ""))
                    let failed = try await casework.failedWork(offset: 0, limit: 0, for: visit.staff).count
                    links.append(
                        (
                            Link("Work that failed", Place.failedWork),
                            "Messages that could not be sent, files that could not be checked.",
                            failed > 0 ? .tag("\(failed) to look at", .red) : ""
                        ))
                }
                return visit.show(
                    Page(
                        "Settings", trail: [Link("Today", Place.today)], current: Place.settings,
                        "\(.heading("Settings"))\(.section("Accounts", id: "accounts", .entries(links)))\(page.html)"))
            }
        ]
    }
}

/// The policy in force, with its dates and sign-offs (S2-002, S2-199, S2-200), and how far the bank holidays reach.
struct PolicyPage: Sendable {
    let policy: Policy
    let holidays: BankHolidays
    let today: Day

    var html: HTML {
        let edition = policy.edition
        let rows = [
            SummaryRow("Policy", "\(edition.name)"), SummaryRow("Version", "\(edition.version)"),
            SummaryRow("In force since", "\(edition.inForce.inWords)"),
            SummaryRow("Issued", "\(edition.issued.inWords)"), SummaryRow("Ratified", "\(edition.ratified.inWords)"),
            SummaryRow("Next review", "\(edition.nextReview.inWords) \(review)"),
            SummaryRow("Owner", "\(policy.departments[edition.owner]?.label ?? edition.owner)"),
            SummaryRow("Signed off", "\(each: edition.signOffs, { "\($0.role), \($0.on.inWords)<br>" })"),
            SummaryRow("Fingerprint", "<code>\(edition.fingerprint.prefix(16))</code>"),
        ]
        return """
            \(.section("Policy", id: "policy", .summaryList(rows, hasBorder: false)))\
            \(.section("Bank holidays", id: "holidays", table))
            """
    }

    /// The review that is due, or nothing.
    private var review: HTML {
        policy.edition.nextReview < today ? .tag("Overdue", .red) : ""
    }

    private var table: HTML {
        let last = holidays.years.upperBound
        let isShort = last <= today.parts.year
        return .summaryList(
            [
                SummaryRow("Nation", "\(holidays.nation.name)"),
                SummaryRow(
                    "Known until", "the end of \(last) \(isShort ? .tag("Add the next year", .orange) : "")"),
                SummaryRow("Table", "\(holidays.version)"), SummaryRow("Source", "\(holidays.source)"),
            ], hasBorder: false)
    }
}
