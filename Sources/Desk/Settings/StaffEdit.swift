import Casework
import Hummingbird
import Rights
import Store
import Web

extension StaffPages {
    /// One member of staff: details, access, and what happened to the account.
    var editRoutes: [Route] {
        [
            .get("/settings/staff/:staff", .staff(.administer)) { visit in try await edit(nil, on: visit) },
            .post("/settings/staff/:staff", .staff(.administer)) { visit, form in
                let id: Staff.ID = try visit.identifier("staff")
                let person = try await staff.find(id, for: visit.staff)
                let (details, read) = StaffForm.details(form, email: person.email)
                let tried = try await read.checking {
                    if read.isSound {
                        try await staff.change(id, to: details, by: visit.staff)
                    } else {
                        try staff.check(details)
                    }
                }
                guard tried.isSound else { return try await edit(tried, on: visit) }
                return visit.redirect(to: LocalPath(stringLiteral: "\(StaffPlace.list)/\(id)?done=saved"))
            },
            .post("/settings/staff/:staff/deactivate", .staff(.administer)) { visit, form in
                try await act(form, on: visit, done: "deactivated") { try await staff.deactivate($0, by: visit.staff) }
            },
            .post("/settings/staff/:staff/reactivate", .staff(.administer)) { visit, form in
                try await act(form, on: visit, done: "reactivated") { try await staff.reactivate($0, by: visit.staff) }
            },
            .post("/settings/staff/:staff/reset", .staff(.administer)) { visit, form in
                try await act(form, on: visit, done: "reset") {
                    try await staff.resetSignIn(of: $0, by: visit.staff, reason: form.text("reason"))
                }
            },
        ]
    }

    private func act(
        _ form: Form, on visit: StaffVisit, done word: String, _ body: (Staff.ID) async throws -> Void
    ) async throws -> Response {
        let id: Staff.ID = try visit.identifier("staff")
        let tried = try await form.checking { try await body(id) }
        guard tried.isSound else { return try await edit(tried, on: visit) }
        return visit.redirect(to: LocalPath(stringLiteral: "\(StaffPlace.list)/\(id)?done=\(word)"))
    }

    private func edit(_ form: Form?, on visit: StaffVisit) async throws -> Response {
        let id: Staff.ID = try visit.identifier("staff")
        let person = try await staff.find(id, for: visit.staff)
        let record = try await staff.record(of: id, for: visit.staff)
        return visit.show(editPage(person, record, form, on: visit))
    }

    private func editPage(
        _ person: StoredStaff, _ record: [StoredAccountEvent], _ typed: Form?, on visit: StaffVisit
    ) -> Page {
        // A form of another part of the page brings its problems; the details are shown as they are kept.
        let isDetails = typed?.has("department") ?? false
        let known = StaffForm.form(person)
        let details = isDetails ? typed ?? known : known
        let path = "\(StaffPlace.list)/\(person.id)"
        return Page(
            person.name, back: Link("Staff", StaffPlace.list), current: StaffPlace.list, form: typed,
            .columns(
                main: """
                    \(done(visit.query("done")))<h1>\(person: person.name)</h1>\
                    \(HTML.section(
                        "Details", id: "details",
                        visit.form(
                            to: path, again: details,
                            """
                            <p>Email: \(person: person.email)</p>\
                            \(StaffForm.fields(
                                details, roles: staff.roles, departments: staff.departments, held: person.roles))\
                            \(HTML.button("Save"))
                            """)))
                    """,
                side: """
                    \(HTML.section("Access", id: "access", access(person, isDetails ? Form() : typed ?? Form(), path, visit)))\
                    \(HTML.section("What happened", id: "record", history(record, visit)))
                    """))
    }

    private func access(_ person: StoredStaff, _ form: Form, _ path: String, _ visit: StaffVisit) -> HTML {
        guard !person.isDeactivated else {
            return """
                <p>They cannot sign in. If you let them back in, we send them a link to set up their account anew.</p>\
                \(visit.form(to: "\(path)/reactivate", HTML.button("Let them back in", .secondary)))
                """
        }
        let reset = visit.form(
            to: "\(path)/reset", again: form,
            """
            \(HTML.input(
                form["reason"], label: "How did you check who is asking?",
                hint: "For example: came to the office with a badge. It is kept in the record."))\
            \(HTML.button("Send a new set-up link", .secondary))
            """)
        return """
            <p>If they lost their phone or forgot their password: we take both from them, and send them a link to set \
            up their account anew.</p>\(reset)\
            \(visit.form(to: "\(path)/deactivate", HTML.button("Deactivate", .warning)))
            """
    }

    private func history(_ record: [StoredAccountEvent], _ visit: StaffVisit) -> HTML {
        guard !record.isEmpty else { return "<p>Nothing yet.</p>" }
        return """
            <ul class="nhsuk-list">\(each: record.prefix(30), { event in
                """
                <li>\(visit.inWords(event.at)): \(event.kind.inWords)\
                \(" by \(event.doneBy)", when: !event.doneBy.isEmpty)\(" (\(event.note))", when: !event.note.isEmpty)</li>
                """
            })</ul>
            """
    }

    private func done(_ word: String) -> HTML {
        let text: String
        switch word {
        case "saved": text = "Saved"
        case "deactivated": text = "They cannot sign in any more"
        case "reactivated", "reset": text = "We have sent them a link to set up their account anew"
        default: return .empty
        }
        return .successBanner(HTML.noticeHeading(text))
    }
}

extension AccountEvent {
    /// As a line of the record begins.
    var inWords: String {
        switch self {
        case .wrongPassword: "Wrong password"
        case .rightPassword: "Right password"
        case .wrongCode: "Wrong security code"
        case .signedIn: "Signed in"
        case .signedOut: "Signed out"
        case .turnedAway: "Turned away after too many tries"
        case .accountRequested: "Asked for an account"
        case .passwordForgotten: "Asked for a new password"
        case .passwordSet: "Set a password"
        case .passwordChanged: "Changed the password"
        case .codeSent: "Security code sent"
        case .secondFactorOn: "Second step turned on"
        case .secondFactorChanged: "Second step changed"
        case .secondFactorOff: "Second step turned off"
        case .secondFactorRemoved: "Second step removed"
        case .sessionEnded: "Signed out another device"
        case .closed: "Access ended"
        case .reopened: "Let back in"
        case .invited: "Set-up link sent"
        case .setUp: "Set up"
        case .detailsChanged: "Details changed"
        }
    }
}
