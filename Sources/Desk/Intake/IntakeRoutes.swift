import Casework
import Hummingbird
import Rights
import Store
import Web

extension Desk {
    /// Logging a request that did not come through the portal.
    var intakeRoutes: [Route] {
        [
            .get(Place.intake, .staff(.logRequest)) { visit in
                visit.show(intakePage(IntakeForm.start(on: visit.today), for: visit, isFirst: true))
            },
            .post(Place.intake, .staff(.logRequest)) { visit, form in try await take(form, for: visit) },
        ]
    }

    /// The button by which somebody says that the requests found are others.
    private static var compared: String { "compared" }

    private func take(_ typed: Form, for visit: StaffVisit) async throws -> Response {
        var form = typed
        let receipt = FormReceipt(form.submission(visit).text)
        if let receipt, let made = try await casework.caseMade(by: receipt) { return visit.redirect(to: begun(made)) }
        let request = IntakeForm(policy: casework.policies.current, today: visit.today).request(from: &form)
        let unread = Set(form.problems.compactMap(\.field))
        let reasons = try casework.reasonsAgainst(request, by: visit.actor)
            .filter { !($0.field.map(unread.contains) ?? false) }
        guard form.isSound, reasons.isEmpty, !form.has("change") else {
            return visit.show(intakePage(form.refused(form.has("change") ? [] : reasons), for: visit, isFirst: false))
        }
        if !form.has(Desk.compared) {
            let kin = try await kin(of: request, for: visit.staff)
            if !kin.isEmpty { return visit.show(comparisonPage(kin, form, for: visit)) }
        }
        do {
            let matter = try await casework.begin(
                request, by: visit.actor, receipt: receipt)
            return visit.redirect(to: begun(matter.id))
        } catch Problem.refused(let reasons) {
            return visit.show(intakePage(form.refused(reasons), for: visit, isFirst: false))
        }
    }

    private func begun(_ id: Case.ID) -> LocalPath { "\(CaseAddress(id).page)?done=\(Done.begun.rawValue)" }

    private func kin(of request: NewRequest, for staff: Staff) async throws -> [KindredCase] {
        try await casework.store.read { transaction in
            try transaction.possibleDuplicates(
                nhsNumber: request.subject.nhsNumber?.digits, subjectName: request.subject.name.full,
                dateOfBirth: request.subject.dateOfBirth, except: nil, for: .staff(staff.own)
            ).map { KindredCase($0) }
        }
    }

    private func intakePage(_ form: Form, for visit: StaffVisit, isFirst: Bool) -> Page {
        let fields = IntakeForm(policy: casework.policies.current, today: visit.today)
        return Page(
            "New request", trail: [Link("Today", Place.today)], current: Place.intake, form: isFirst ? nil : form,
            """
            \(.heading("New request", caption: "By letter, email, fax or in person"))\
            \(fields.adviceNote)\(visit.form(
                to: Place.intake, again: isFirst ? nil : form, "\(fields.fields(form))\(.button("Log the request"))"))
            """)
    }

    /// What may be the same request is shown before a new case is made; a person judges (S2-077).
    private func comparisonPage(_ kin: [KindredCase], _ form: Form, for visit: StaffVisit) -> Page {
        let kept: HTML = """
            \(each: form.names, { name in
                "\(each: form.values(name), { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" })"
            })
            """
        return Page(
            "Is it one of these?", trail: [Link("Today", Place.today)], current: Place.intake,
            """
            \(.heading("Is it one of these?", caption: "New request"))\
            \(.box("""
                <p>These requests may be about the same person. Open them to compare. If yours is one of them, add \
                a note to that case instead.</p>\(KindredCase.table(kin, judgedFrom: nil))\
                \(visit.form(
                    to: Place.intake, again: form,
                    """
                    \(kept)\(.buttonGroup("""
                        \(.button("No, log it as a new request", name: Desk.compared, value: "yes"))\
                        \(.button("Change what I typed", .secondary, name: "change", value: "yes"))
                        """))
                    """))
                """))
            """)
    }
}
