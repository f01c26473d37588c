import Casework
import Hummingbird
import Rights
import Web

extension AccountPages {
    /// Signing in and out (S1-18 to S1-22, S1-29).
    var signInRoutes: [Route] {
        [
            .get(AccountPlace.login, .anyone) { visit in
                guard visit.visitor == nil else { return visit.redirect(to: destination(visit.query("then"))) }
                return visit.show(loginPage(Form(["then": visit.query("then")]), on: visit))
            },
            .post(AccountPlace.login, .anyone) { visit, form in try await signIn(form, on: visit) },
            .get(AccountPlace.code, .anyone) { visit in
                guard let awaited = try await awaited(on: visit) else { return visit.redirect(to: login(visit)) }
                return visit.show(codePage(Form(["then": visit.query("then")]), awaited, on: visit))
            },
            .post(AccountPlace.code, .anyone) { visit, form in try await enterCode(form, on: visit) },
            .post("/Account/Code/Again", .anyone) { visit, form in try await sendAgain(form, on: visit) },
            .post("/Account/Logout", .anyone) { visit, _ in
                if let token = visit.sessionToken.flatMap({ Token($0) }) { try await accounts.entrance.signOut(token) }
                return visit.redirect(to: "/").endingSession(on: visit)
            },
        ]
    }

    private func destination(_ wanted: String) -> LocalPath {
        LocalPath(wanted) ?? LocalPath(stringLiteral: Place.home)
    }

    private func login(_ visit: Visit) -> LocalPath { LocalPath(stringLiteral: AccountPlace.login) }

    private func signIn(_ form: Form, on visit: Visit) async throws -> Response {
        let (answer, tried) = try await form.trying {
            try await accounts.entrance.signIn(
                email: form.text("email"), password: form.exact("password"), keep: form.isTicked("keep"),
                browser: visit.browser)
        }
        switch answer {
        case nil: return visit.show(loginPage(tried, on: visit))
        case .done(let session): return visit.redirect(to: destination(form.text("then"))).signingIn(session, on: visit)
        case .needsCode(let step, let until):
            let then = LocalPath(form.text("then")).map { "?then=\($0.text)" } ?? ""
            return visit.redirect(to: LocalPath(stringLiteral: AccountPlace.code + then))
                .awaitingCode(step, until: until, on: visit)
        }
    }

    private func loginPage(_ form: Form, on visit: Visit) -> Page {
        Page(
            "Login", back: Link("Back", "/"), form: form,
            .twoThirds(
                """
                <h1>Login</h1>\
                \(visit.form(
                    to: AccountPlace.login, again: form,
                    """
                    \(hiddenThen(form))\
                    \(HTML.input(
                        form["email"], label: "Email", kind: .email, autocomplete: "email", spellcheck: false,
                        attributes: [Attribute("placeholder", "Enter your email address")]))\
                    \(HTML.passwordInput(form.blank("password"), label: "Password"))\
                    <p>\(HTML.link("Forgotten your password?", to: AccountPlace.forgotten))</p>\
                    \(HTML.checkbox(
                        form["keep"], label: "Keep me logged in",
                        hint: "Only on a device that nobody else uses. You can end it in My Profile."))\
                    \(HTML.button("Sign in"))
                    """))\
                <p>\(HTML.link("Don’t have an account? Sign up", to: Place.register))</p>
                """))
    }

    private func hiddenThen(_ form: Form) -> HTML {
        guard let then = LocalPath(form.text("then")) else { return .empty }
        return "<input type=\"hidden\" name=\"then\" value=\"\(then.text)\">"
    }

    private func awaited(on visit: Visit) async throws -> AwaitedCode? {
        guard let step = visit.signInStep else { return nil }
        return try await accounts.entrance.awaitedCode(step: step)
    }

    private func enterCode(_ form: Form, on visit: Visit) async throws -> Response {
        guard let step = visit.signInStep, let awaited = try await awaited(on: visit) else {
            return visit.redirect(to: login(visit))
        }
        let (session, tried) = try await form.trying {
            try await accounts.entrance.enterCode(form.text("code"), step: step, browser: visit.browser)
        }
        guard let session else { return visit.show(codePage(tried, awaited, on: visit)) }
        return visit.redirect(to: destination(form.text("then"))).signingIn(session, on: visit)
    }

    private func sendAgain(_ form: Form, on visit: Visit) async throws -> Response {
        guard let step = visit.signInStep, let awaited = try await awaited(on: visit) else {
            return visit.redirect(to: login(visit))
        }
        let tried = try await form.checking { try await accounts.entrance.sendCodeAgain(step: step) }
        guard tried.isSound else { return visit.show(codePage(tried, awaited, on: visit)) }
        return visit.show(codePage(form, awaited, justSent: true, on: visit))
    }

    private func codePage(_ form: Form, _ awaited: AwaitedCode, justSent: Bool = false, on visit: Visit) -> Page {
        Page(
            "Enter your security code", back: Link("Back", AccountPlace.login), form: form,
            .twoThirds(
                """
                \(HTML.successBanner(HTML.noticeHeading("We have sent you another security code")), when: justSent)\
                <h1>Enter your security code</h1>\(HTML.awaitedCode(awaited))\
                \(visit.form(
                    to: AccountPlace.code, again: form,
                    """
                    \(hiddenThen(form))\(HTML.codeInput(form.blank("code"), label: "Security code"))\
                    \(HTML.button("Sign in"))
                    """))\
                \(again(awaited, form, on: visit))
                """))
    }

    private func again(_ awaited: AwaitedCode, _ form: Form, on visit: Visit) -> HTML {
        guard case .text = awaited else { return .empty }
        return .details(
            "Not received a text message?",
            """
            <p>It can take a few minutes. If you no longer have this phone, ask the trust for help: they will check \
            who you are first.</p>\
            \(visit.form(to: "/Account/Code/Again", "\(hiddenThen(form))\(HTML.button("Send another code", .secondary))"))
            """)
    }
}
