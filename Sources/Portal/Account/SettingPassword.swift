import Casework
import Hummingbird
import Rights
import Store
import Web

extension AccountPages {
    /// The pages behind mailed links (S1-14 to S1-16), and asking for one when the password is forgotten (S1-21).
    var passwordRoutes: [Route] {
        [
            .get("/Account/Verify/:link", .anyone) { visit in try await linkPage(on: visit) },
            .get("\(AccountPlace.setPassword)/:link", .anyone) { visit in try await linkPage(on: visit) },
            .post(AccountPlace.setPassword, .anyone) { visit, form in try await setPassword(form, on: visit) },
            .get("/Account/Complete", .anyone) { visit in visit.show(completePage) },
            .get("/Account/PasswordChanged", .anyone) { visit in visit.show(resetPage) },
            .post(AccountPlace.newLink, .anyone) { visit, form in
                if let link = Token(form.text("link")) { try await accounts.entrance.sendLinkAgain(link) }
                return visit.show(newLinkPage)
            },
            .get(AccountPlace.forgotten, .anyone) { visit in visit.show(forgottenPage(Form(), on: visit)) },
            .post(AccountPlace.forgotten, .anyone) { visit, form in
                let (address, tried) = try await form.trying {
                    try await accounts.forgotPassword(email: form.text("email"), browser: visit.browser)
                }
                guard let address else { return visit.show(forgottenPage(tried, on: visit)) }
                return visit.show(resetSentPage(address))
            },
        ]
    }

    /// Opening a link shows a form and uses nothing up: mail scanners open links too.
    private func linkPage(on visit: Visit) async throws -> Response {
        guard let link = Token(visit.parameter("link")) else { return visit.show(badLink(.unknown, nil, on: visit)) }
        let standing = try await accounts.standing(of: link)
        guard case .good(_, let email) = standing else { return visit.show(badLink(standing, link, on: visit)) }
        return visit.show(setPasswordPage(Form(), link, email, on: visit))
    }

    private func setPassword(_ form: Form, on visit: Visit) async throws -> Response {
        guard let link = Token(form.text("link")) else { return visit.show(badLink(.unknown, nil, on: visit)) }
        let standing = try await accounts.standing(of: link)
        guard case .good(_, let email) = standing else { return visit.show(badLink(standing, link, on: visit)) }
        let (set, tried) = try await form.trying {
            try await accounts.setPassword(
                form.exact("password"), again: form.exact("confirm"), through: link, browser: visit.browser)
        }
        guard let set else { return visit.show(setPasswordPage(tried, link, email, on: visit)) }
        return visit.redirect(to: set.isNew ? "/Account/Complete" : "/Account/PasswordChanged")
            .remembering(set.knownDevice, on: visit)
    }

    private func setPasswordPage(_ form: Form, _ link: Token, _ email: String, on visit: Visit) -> Page {
        Page(
            "Set your password", form: form,
            .twoThirds(
                """
                <h1>Set your password</h1><p>For the account of <strong>\(person: email)</strong></p>\
                \(visit.form(
                    to: AccountPlace.setPassword, again: form,
                    """
                    <input type="hidden" name="link" value="\(link.text)">\
                    <input type="hidden" name="username" value="\(email)" autocomplete="username">\
                    \(HTML.newPassword(
                        form, rule: accounts.entrance.passwordRules.inWords, label: "Password",
                        again: "Confirm Password"))\
                    \(HTML.button("Set password"))
                    """))
                """))
    }

    private var completePage: Page {
        Page(
            "Your registration is complete",
            .twoThirds(
                """
                \(HTML.panel("Your registration is complete", "You can now sign in with your email address and password"))\
                <p>\(HTML.link("Login to your account", to: AccountPlace.login))</p>
                """))
    }

    private var resetPage: Page {
        Page(
            "Your password was changed",
            .twoThirds(
                """
                \(HTML.panel("Your password was changed", "You have been signed out on all devices"))\
                <p>\(HTML.link("Login to your account", to: AccountPlace.login))</p>
                """))
    }

    private func badLink(_ standing: LinkStanding, _ link: Token?, on visit: Visit) -> Page {
        let again: HTML
        switch (standing, link) {
        case (.expired, let link?), (.superseded, let link?):
            again = """
                <p>We can send another link to the same email address.</p>\
                \(visit.form(
                    to: AccountPlace.newLink,
                    """
                    <input type="hidden" name="link" value="\(link.text)">\(HTML.button("Send a new link"))
                    """))
                """
        default:
            again = """
                <p>If you have set your password, \(HTML.link("login to your account", to: AccountPlace.login)). If you \
                have forgotten it, \(HTML.link("set a new password", to: AccountPlace.forgotten)). If you have no \
                account yet, \(HTML.link("create one", to: Place.register)).</p>
                """
        }
        return Page(
            "This link cannot be used", status: .gone,
            .twoThirds("<h1>This link cannot be used</h1><p>\(standing.reason?.text ?? "")</p>\(again)"))
    }

    /// The same whatever became of it.
    private var newLinkPage: Page {
        Page(
            "Check your email",
            .twoThirds(
                """
                <h1>Check your email</h1><p>If the link could be replaced, a new one is on its way to the email \
                address of the old one. If it does not arrive in a few minutes, look in your spam or junk folder.</p>
                """))
    }

    private func forgottenPage(_ form: Form, on visit: Visit) -> Page {
        Page(
            "Forgotten your password?", back: Link("Back", AccountPlace.login), form: form,
            .twoThirds(
                """
                <h1>Forgotten your password?</h1><p>Enter the email address of your account. We will send you a link \
                to set a new password.</p>\
                \(visit.form(
                    to: AccountPlace.forgotten, again: form,
                    """
                    \(HTML.input(
                        form["email"], label: "Email address", kind: .email, autocomplete: "email", spellcheck: false,
                        attributes: [Attribute("placeholder", "Enter your email address")]))\
                    \(HTML.button("Send link"))
                    """))
                """))
    }

    private func resetSentPage(_ address: EmailAddress) -> Page {
        Page(
            "Check your email",
            .twoThirds(
                """
                <h1>Check your email</h1><p>We sent an email to <strong>\(person: address.text)</strong>. It tells you \
                what to do next.</p><p>A link to set a new password works once, for one hour. If the email does not \
                arrive in a few minutes, look in your spam or junk folder, or \
                \(HTML.link("ask again", to: AccountPlace.forgotten)).</p>
                """))
    }
}
