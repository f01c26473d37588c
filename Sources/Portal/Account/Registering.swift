import Casework
import Hummingbird
import Rights
import Web

extension AccountPages {
    /// Creating an account (S1-06 to S1-12).
    var registerRoutes: [Route] {
        [
            .get(Place.register, .anyone) { visit in visit.show(registerPage(Form(), on: visit)) },
            .post(Place.register, .anyone) { visit, form in
                let (address, tried) = try await form.trying {
                    try await accounts.register(
                        email: form.text("email"), again: form.text("confirm"), browser: visit.browser)
                }
                guard let address else { return visit.show(registerPage(tried, on: visit)) }
                return visit.show(requestedPage(address))
            },
        ]
    }

    private func registerPage(_ form: Form, on visit: Visit) -> Page {
        Page(
            "Register for a new account", back: Link("Back", "/"), form: form,
            """
            <h1>Register for a new account</h1>\
            \(HTML.twoThirds(
                """
                <p>You only need an email address and a password to set up an account. We will send you an email with \
                a link to finish.</p>\
                \(visit.form(
                    to: Place.register, again: form,
                    """
                    \(HTML.input(
                        form["email"], label: "Email address", kind: .email, autocomplete: "email", spellcheck: false,
                        attributes: [Attribute("placeholder", "Enter your email")]))\
                    \(HTML.input(
                        form["confirm"], label: "Confirm Email address", kind: .email, autocomplete: "email",
                        spellcheck: false, attributes: [Attribute("placeholder", "Confirm your email")]))\
                    <p>\(HTML.link("Already have an account? Login", to: AccountPlace.login))</p>\
                    \(HTML.button("Register Now!"))
                    """))
                """,
                beside: benefits))
            """)
    }

    /// The guide's list beside the form (S1-10).
    private var benefits: HTML {
        let all = [
            "Submit online", "Track Progress", "Secure Communication", "Instant Reference", "Download Requested Files",
        ]
        return """
            <h2 class="nhsuk-heading-m">With an account you can</h2>\
            <ul class="nhsuk-list nhsuk-list--tick">\(each: all, { "<li>\(tick)\($0)</li>" })</ul>
            """
    }

    private var tick: HTML {
        """
        <svg class="nhsuk-icon nhsuk-icon--tick" viewBox="0 0 24 24" width="24" height="24" focusable="false" \
        aria-hidden="true"><path d="m4.5 12.5 5 5 10-10.5" fill="none" stroke="#007f3b" stroke-width="3.5"/></svg>
        """
    }

    /// The same for every address (S1-11, S1-12): the guide's words, then the address that was typed.
    private func requestedPage(_ address: EmailAddress) -> Page {
        Page(
            "Check your email",
            .twoThirds(
                """
                <h1>Check your email</h1>\
                <p>You have successfully requested an account. A verification link has been sent to the email address \
                you entered. Please use the embedded link to verify your identity and to finish creating your \
                account.</p>\
                <p>We sent the email to <strong>\(person: address.text)</strong>. The link works once, for 24 hours.</p>\
                <h2 class="nhsuk-heading-m">If the email does not arrive</h2>\
                <p>Look in your spam or junk folder. It can take a few minutes. If it is not there, \
                \(HTML.link("ask for another link", to: Place.register)) and check the address you type.</p>
                """))
    }
}
