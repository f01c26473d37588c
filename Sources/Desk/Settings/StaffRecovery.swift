import Casework
import Hummingbird
import Rights
import Web

extension StaffPages {
    /// For a requester who lost the phone their codes go to, or a device that is signed in: an administrator checks who
    /// asks, and removes the second step (S1-31) or signs the account out everywhere.
    var recoveryRoutes: [Route] {
        [
            .get(StaffPlace.recovery, .staff(.administer)) { visit in visit.show(recoveryPage(Form(), on: visit)) },
            .post(StaffPlace.recovery, .staff(.administer)) { visit, form in
                let (email, reason) = (form.text("email"), form.text("reason"))
                let removes = form.text("do") == "remove"
                let tried = try await form.checking {
                    if removes {
                        try await requesters.removeSecondFactor(of: email, by: visit.staff, reason: reason)
                    } else {
                        try await requesters.signOutEverywhere(email, by: visit.staff, reason: reason)
                    }
                }
                guard tried.isSound else { return visit.show(recoveryPage(tried, on: visit)) }
                return visit.redirect(to: removes ? "/settings/recovery?done=removed" : "/settings/recovery?done=ended")
            },
        ]
    }

    private func recoveryPage(_ form: Form, on visit: StaffVisit) -> Page {
        Page(
            "Help a requester who has lost a phone or a device", back: Link("Staff", StaffPlace.list),
            current: StaffPlace.list, form: form,
            .twoThirds(
                """
                \(done(visit.query("done")))<h1>Help a requester who has lost a phone or a device</h1>\
                <p>Check who they are as you would before you release records. An email or a phone call alone is not \
                enough.</p>\
                <p>If they lost a device, sign them out everywhere. If they lost the phone their codes go to, remove the \
                second step: that signs them out everywhere as well, and they can sign in with their password \
                alone.</p>\
                \(visit.form(
                    to: StaffPlace.recovery, again: form,
                    """
                    \(HTML.input(
                        form["email"], label: "Email address of their account", kind: .email, autocomplete: "off",
                        spellcheck: false))\
                    \(HTML.textarea(
                        form["reason"], label: "How did you check who is asking?",
                        hint: "It is kept in the record with your name.", rows: 3))\
                    \(HTML.buttonGroup(
                        """
                        \(HTML.button("Sign them out everywhere", .secondary, name: "do", value: "sign-out"))\
                        \(HTML.button("Remove the second step", .warning, name: "do", value: "remove"))
                        """))
                    """))
                """))
    }

    private func done(_ word: String) -> HTML {
        switch word {
        case "removed":
            .successBanner(
                HTML.noticeHeading("They can sign in with their password alone. We have told them by email."))
        case "ended": .successBanner(HTML.noticeHeading("They have been signed out on every device."))
        default: .empty
        }
    }
}
