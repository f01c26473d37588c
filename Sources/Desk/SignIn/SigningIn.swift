import Casework
import Hummingbird
import Rights
import Web

extension StaffPages {
    /// Signing in and out. There is no way in with a password alone, and nothing to keep somebody signed in.
    var signInRoutes: [Route] {
        [
            .get(StaffPlace.signIn, .anyone) { visit in
                guard visit.visitor == nil else {
                    return visit.redirect(to: visit.destination(in: visit.query("then")))
                }
                return visit.show(signInPage(Form(["then": visit.query("then")]), on: visit))
            },
            .post(StaffPlace.signIn, .anyone) { visit, form in try await signIn(form, on: visit) },
            .get(StaffPlace.code, .anyone) { visit in
                guard let (_, awaited) = try await awaited(on: visit) else { return backToStart(visit) }
                return visit.show(codePage(Form(["then": visit.query("then")]), awaited, on: visit))
            },
            .post(StaffPlace.code, .anyone) { visit, form in
                guard let (step, awaited) = try await awaited(on: visit) else { return backToStart(visit) }
                let (session, tried) = try await form.trying {
                    try await staff.entrance.enterCode(form.text("code"), step: step, browser: visit.browser)
                }
                guard let session else { return visit.show(codePage(tried, awaited, on: visit)) }
                return visit.redirect(to: visit.destination(in: form.text("then"))).signingIn(session, on: visit)
            },
            .post("/sign-in/code/again", .anyone) { visit, form in
                guard let (step, awaited) = try await awaited(on: visit) else { return backToStart(visit) }
                let tried = try await form.checking { try await staff.entrance.sendCodeAgain(step: step) }
                return visit.show(codePage(tried, awaited, justSent: tried.isSound, on: visit))
            },
            .post("/sign-out", .anyone) { visit, _ in
                if let token = visit.sessionToken.flatMap({ Token($0) }) { try await staff.entrance.signOut(token) }
                return visit.redirect(to: LocalPath(stringLiteral: StaffPlace.signIn)).endingSession(on: visit)
            },
        ]
    }

    private func backToStart(_ visit: Visit) -> Response {
        visit.redirect(to: LocalPath(stringLiteral: StaffPlace.signIn))
    }

    private func awaited(on visit: Visit) async throws -> (Token, AwaitedCode)? {
        guard let step = visit.signInStep, let awaited = try await staff.entrance.awaitedCode(step: step) else {
            return nil
        }
        return (step, awaited)
    }

    private func signIn(_ form: Form, on visit: Visit) async throws -> Response {
        let (answer, tried) = try await form.trying {
            try await staff.entrance.signIn(
                email: form.text("email"), password: form.exact("password"), keep: false, browser: visit.browser)
        }
        switch answer {
        case nil: return visit.show(signInPage(tried, on: visit))
        case .done(let session):
            return visit.redirect(to: visit.destination(in: form.text("then"))).signingIn(session, on: visit)
        case .needsCode(let step, let until):
            let then = LocalPath(form.text("then")).map { "?then=\($0.text)" } ?? ""
            return visit.redirect(to: LocalPath(stringLiteral: StaffPlace.code + then))
                .awaitingCode(step, until: until, on: visit)
        }
    }

    private func signInPage(_ form: Form, on visit: Visit) -> Page {
        Page(
            "Sign in", form: form,
            .twoThirds(
                """
                <h1>Sign in</h1><p>For staff. If you asked for health records, use the portal instead.</p>\
                \(visit.form(
                    to: StaffPlace.signIn, again: form,
                    """
                    \(then(form))\
                    \(HTML.input(
                        form["email"], label: "Email", kind: .email, autocomplete: "email", spellcheck: false))\
                    \(HTML.passwordInput(form.blank("password"), label: "Password"))\(HTML.button("Sign in"))
                    """))\
                \(HTML.details(
                    "Cannot sign in?",
                    """
                    <p>An administrator can send you a link to set a new password and a new second step.</p>
                    """))
                """))
    }

    private func then(_ form: Form) -> HTML {
        guard let then = LocalPath(form.text("then")) else { return .empty }
        return "<input type=\"hidden\" name=\"then\" value=\"\(then.text)\">"
    }

    private func codePage(_ form: Form, _ awaited: AwaitedCode, justSent: Bool = false, on visit: Visit) -> Page {
        let again: HTML =
            if case .text = awaited {
                .details(
                    "Not received a text message?",
                    visit.form(
                        to: "/sign-in/code/again", "\(then(form))\(HTML.button("Send another code", .secondary))"))
            } else {
                ""
            }
        return Page(
            "Enter your security code", back: Link("Back", StaffPlace.signIn), form: form,
            .twoThirds(
                """
                \(HTML.successBanner(HTML.noticeHeading("We have sent you another security code")), when: justSent)\
                <h1>Enter your security code</h1>\(HTML.awaitedCode(awaited))\
                \(visit.form(
                    to: StaffPlace.code, again: form,
                    """
                    \(then(form))\(HTML.codeInput(form.blank("code"), label: "Security code"))\
                    \(HTML.button("Sign in"))
                    """))\(again)
                """))
    }
}
