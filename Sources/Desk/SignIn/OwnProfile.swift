import Casework
import Hummingbird
import Rights
import Store
import Web

extension StaffPages {
    /// What staff see and change of their own account.
    var ownRoutes: [Route] {
        [
            .get(StaffPlace.profile, .staff()) { visit in try await profile(Form(), on: visit) },
            .post("/profile/password", .staff()) { visit, form in
                let tried = try await form.checking {
                    try await staff.changePassword(
                        of: visit.signedIn, current: form.exact("current"), to: form.exact("password"),
                        again: form.exact("confirm"), browser: visit.browser)
                }
                guard tried.isSound else { return try await profile(tried, on: visit) }
                return visit.redirect(to: "/profile?done=password")
            },
            .post("/profile/sessions/:session/end", .staff()) { visit, _ in
                try await staff.entrance.endSession(visit.identifier("session"), of: .staff(visit.staff.id))
                return visit.redirect(to: "/profile?done=ended")
            },
        ]
    }

    private func profile(_ form: Form, on visit: StaffVisit) async throws -> Response {
        let sessions = try await staff.entrance.sessions(of: .staff(visit.staff.id))
        return visit.show(profilePage(form, sessions, this: try visit.signedIn.session, on: visit))
    }

    private func profilePage(
        _ form: Form, _ sessions: [StoredSession], this: StoredSession.ID, on visit: StaffVisit
    ) -> Page {
        let rows: [[HTML]] = sessions.map { session in
            let isThis = session.id == this
            let end: HTML =
                isThis
                ? "This device"
                : visit.form(
                    to: "/profile/sessions/\(session.id)/end",
                    HTML.button(
                        "Sign out", .secondary, isSmall: true,
                        attributes: [Attribute("aria-label", "Sign out \(session.device)")]))
            return [
                "\(session.device)", "\(visit.inWords(session.createdAt))",
                isThis ? "Now" : "\(visit.inWords(session.seenAt))", end,
            ]
        }
        return Page(
            "Your profile", form: form,
            """
            \(HTML.twoThirds(done(visit.query("done"))))<h1>Your profile</h1>\
            \(HTML.summaryList([
                SummaryRow("Name", "\(person: visit.staff.own.name)"),
                SummaryRow("Email", "\(person: visit.staff.own.email)"),
            ]))<p>If something is not right, or you have a new phone, ask an administrator.</p>\
            \(HTML.section(
                "Devices that are signed in", id: "devices",
                .responsiveTable(
                    .hidden("Devices that are signed in"),
                    [Column("Device"), Column("Signed in"), Column("Last used"), Column("Sign out")], rows)))\
            \(HTML.section(
                "Change your password", id: "password-heading",
                visit.form(
                    to: "/profile/password", again: form,
                    """
                    <input type="hidden" name="username" value="\(visit.staff.own.email)" autocomplete="username">\
                    \(HTML.passwordInput(form.blank("current"), label: "Current password"))\
                    \(HTML.newPassword(
                        form, rule: staff.entrance.passwordRules.inWords, label: "New password",
                        again: "Confirm new password"))\
                    <p>Other devices will be signed out.</p>\(HTML.button("Set password"))
                    """)))
            """)
    }

    private func done(_ word: String) -> HTML {
        switch word {
        case "password": .successBanner(HTML.noticeHeading("Your password was changed"))
        case "ended": .successBanner(HTML.noticeHeading("That device has been signed out"))
        default: .empty
        }
    }
}
