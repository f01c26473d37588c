import Casework
import Hummingbird
import Rights
import Web

extension StaffPages {
    /// For a requester who lost the phone their codes go to: an administrator checks who asks, and removes the second
    /// step (S1-31).
    var recoveryRoutes: [Route] {
        [
            .get(StaffPlace.recovery, .staff(.administer)) { visit in visit.show(recoveryPage(Form(), on: visit)) },
            .post(StaffPlace.recovery, .staff(.administer)) { visit, form in
                let tried = try await form.checking {
                    try await requesters.removeSecondFactor(
                        of: form.text("email"), by: visit.staff, reason: form.text("reason"))
                }
                guard tried.isSound else { return visit.show(recoveryPage(tried, on: visit)) }
                return visit.redirect(to: "/settings/recovery?done=removed")
            },
        ]
    }

    private func recoveryPage(_ form: Form, on visit: StaffVisit) -> Page {
        Page(
            "Help a requester who has lost their phone", back: Link("Staff", StaffPlace.list),
            current: StaffPlace.list, form: form,
            .twoThirds(
                """
                \(HTML.successBanner(
                    HTML.noticeHeading("They can sign in with their password alone. We have told them by email.")),
                    when: visit.query("done") == "removed")\
                <h1>Help a requester who has lost their phone</h1>\
                <p>Check who they are as you would before you release records. An email or a phone call alone is not \
                enough. They will be signed out everywhere, and can sign in with their password alone.</p>\
                \(visit.form(
                    to: StaffPlace.recovery, again: form,
                    """
                    \(HTML.input(
                        form["email"], label: "Email address of their account", kind: .email, autocomplete: "off",
                        spellcheck: false))\
                    \(HTML.textarea(
                        form["reason"], label: "How did you check who is asking?",
                        hint: "It is kept in the record with your name.", rows: 3))\
                    \(HTML.button("Remove the second step", .warning))
                    """))
                """))
    }
}
