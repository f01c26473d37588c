import Casework
import Hummingbird
import Rights
import Store
import Web

extension AccountPages {
    /// The profile (S1-24 to S1-27), sessions and closing (S1-20, S1-68).
    var profileRoutes: [Route] {
        [
            .get(Place.profile, .requester) { visit in
                visit.show(profilePage(try await accounts.profile(of: visit.account), on: visit))
            },
            .get(AccountPlace.password, .requester) { visit in visit.show(passwordPage) },
            .get(AccountPlace.changePassword, .requester) { visit in visit.show(changePage(Form(), on: visit)) },
            .post(AccountPlace.changePassword, .requester) { visit, form in
                let tried = try await form.checking {
                    try await accounts.changePassword(
                        of: visit.signedIn, current: form.exact("current"), to: form.exact("password"),
                        again: form.exact("confirm"), browser: visit.browser)
                }
                guard tried.isSound else { return visit.show(changePage(tried, on: visit)) }
                return visit.redirect(to: "/profile?done=password")
            },
            .get(AccountPlace.sessions, .requester) { visit in
                let sessions = try await accounts.entrance.sessions(of: .requester(visit.account))
                return visit.show(sessionsPage(sessions, this: try visit.signedIn.session, on: visit))
            },
            .post("/profile/sessions/:session/end", .requester) { visit, _ in
                try await accounts.entrance.endSession(
                    visit.identifier("session"), of: .requester(visit.account))
                return visit.redirect(to: "/profile/sessions?done=ended")
            },
            .post("/profile/sessions/end-others", .requester) { visit, _ in
                try await accounts.entrance.endOtherSessions(
                    of: .requester(visit.account), except: visit.signedIn.session)
                return visit.redirect(to: "/profile/sessions?done=others")
            },
            .get(AccountPlace.close, .requester) { visit in visit.show(closePage(Form(), on: visit)) },
            .post(AccountPlace.close, .requester) { visit, form in
                let tried = try await form.checking {
                    try await accounts.close(
                        visit.signedIn, password: form.exact("password"), browser: visit.browser)
                }
                guard tried.isSound else { return visit.show(closePage(tried, on: visit)) }
                return visit.redirect(to: "/Account/Closed").endingSession(on: visit)
            },
            .get("/Account/Closed", .anyone) { visit in visit.show(closedPage) },
        ]
    }

    private func profilePage(_ profile: Accounts.Profile, on visit: RequesterVisit) -> Page {
        let codes = profile.maskedPhone.map { "On, by text message to the number \($0)" } ?? "Off"
        return Page(
            "Your Profile", current: Place.profile,
            .twoThirds(
                """
                \(done(visit.query("done")))<h1>Your Profile</h1>\
                <p>Manage your profile settings, including changing password and enabling two-factor \
                authentication.</p>\
                \(HTML.summaryList([
                    SummaryRow("Email address", "\(person: profile.email)"),
                    SummaryRow(
                        "Password", "Set", actions: [Link("Password", AccountPlace.password)]),
                    SummaryRow(
                        "Two-factor authentication", "\(codes)", actions: [Link("Two Factor", AccountPlace.twoFactor)]),
                    SummaryRow(
                        "Devices that are signed in", "This one, and others if you used them",
                        actions: [Link("Devices", AccountPlace.sessions)]),
                ]))\
                <p>\(HTML.link("Close my account", to: AccountPlace.close))</p>
                """))
    }

    /// What was done on the page before; an unknown word says nothing.
    private func done(_ word: String) -> HTML {
        let text: String
        switch word {
        case "password": text = "Your password was changed. Other devices have been signed out."
        case "two-factor": text = "Two-factor authentication is on. Each sign-in now asks for a code."
        case "number": text = "Your mobile number was changed."
        case "off": text = "Two-factor authentication is off."
        case "ended": text = "That device has been signed out."
        case "others": text = "All other devices have been signed out."
        default: return .empty
        }
        return .successBanner(HTML.noticeHeading(text))
    }

    private var passwordPage: Page {
        Page(
            "Password", back: Link("Your Profile", Place.profile), current: Place.profile,
            .twoThirds(
                """
                <h1>Password</h1><p>You sign in with your email address and your password. If you think that somebody \
                else knows it, change it.</p>\(HTML.buttonLink("Change password", to: AccountPlace.changePassword))
                """))
    }

    private func changePage(_ form: Form, on visit: RequesterVisit) -> Page {
        Page(
            "Change Your Password", back: Link("Password", AccountPlace.password), current: Place.profile,
            form: form,
            .twoThirds(
                """
                <h1>Change Your Password</h1>\
                \(visit.form(
                    to: AccountPlace.changePassword, again: form,
                    """
                    <input type="hidden" name="username" value="\(visit.session.email)" autocomplete="username">\
                    \(HTML.passwordInput(form.blank("current"), label: "Current Password"))\
                    \(HTML.newPassword(
                        form, rule: accounts.entrance.passwordRules.inWords, label: "New Password",
                        again: "Confirm Password"))\
                    <p>Other devices will be signed out.</p>\(HTML.button("Set Password"))
                    """))
                """))
    }

    private func sessionsPage(_ sessions: [StoredSession], this: StoredSession.ID, on visit: RequesterVisit) -> Page {
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
                "\(session.device)\(" (kept logged in)", when: session.isKept)", "\(visit.inWords(session.createdAt))",
                isThis ? "Now" : "\(visit.inWords(session.seenAt))", end,
            ]
        }
        let others: HTML =
            sessions.count > 1
            ? visit.form(
                to: "/profile/sessions/end-others", HTML.button("Sign out all other devices", .secondary))
            : ""
        return Page(
            "Devices that are signed in", back: Link("Your Profile", Place.profile),
            current: Place.profile,
            """
            \(HTML.twoThirds(done(visit.query("done"))))<h1>Devices that are signed in</h1>\
            <p>If you do not know one of them, sign it out and change your password.</p>\
            \(HTML.box(
                .responsiveTable(
                    .hidden("Devices that are signed in"),
                    [Column("Device"), Column("Signed in"), Column("Last used"), Column("Sign out")], rows)))\(others)
            """)
    }

    private func closePage(_ form: Form, on visit: RequesterVisit) -> Page {
        Page(
            "Close your account", back: Link("Your Profile", Place.profile), current: Place.profile,
            form: form,
            .twoThirds(
                """
                <h1>Close your account</h1>\
                \(HTML.warningCallout(
                    "You cannot undo this",
                    """
                    <p>You will not be able to sign in, see your requests, answer questions or download files any \
                    more. Requests that you have made stay with us, for as long as the law asks us to keep them, and \
                    we go on working on them. If you want to withdraw a request, do so before you close your \
                    account.</p>
                    """))\
                \(visit.form(
                    to: AccountPlace.close, again: form,
                    """
                    \(HTML.passwordInput(form.blank("password"), label: "Password"))\
                    \(HTML.button("Close my account", .warning))
                    """))
                """))
    }

    private var closedPage: Page {
        Page(
            "Your account is closed",
            .twoThirds("<h1>Your account is closed</h1><p>We have sent you an email to confirm it.</p>"))
    }
}

extension RequesterVisit {
    /// Who is signed in, as the accounts know them.
    var signedIn: SignedInRequester {
        get throws {
            guard let id = StoredSession.ID(session.session) else { throw Problem.notFound }
            return SignedInRequester(account: account, email: session.email, session: id)
        }
    }
}
