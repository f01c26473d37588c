import Casework
import Hummingbird
import Rights
import Store
import Web

extension AccountPages {
    /// The second step by text message (S1-28 to S1-31).
    var twoFactorRoutes: [Route] {
        [
            .get(AccountPlace.twoFactor, .requester) { visit in
                let profile = try await accounts.profile(of: visit.account)
                guard let phone = profile.maskedPhone else { return visit.show(enablePage(Form(), on: visit)) }
                return visit.show(enabledPage(phone))
            },
            .post(AccountPlace.twoFactor, .requester) { visit, form in
                let tried = try await form.checking {
                    try await accounts.registerNumber(
                        form.text("phone"), of: visit.signedIn, password: form.exact("password"),
                        browser: visit.browser)
                }
                guard tried.isSound else { return visit.show(enablePage(tried, on: visit)) }
                return visit.redirect(to: "/profile/two-factor/code")
            },
            .get("/profile/two-factor/code", .requester) { visit in visit.show(confirmPage(Form(), on: visit)) },
            .post("/profile/two-factor/code", .requester) { visit, form in
                try await finish(form, on: visit, shown: confirmPage, done: "two-factor") {
                    try await accounts.confirmNumber(form.text("code"), of: visit.signedIn, browser: visit.browser)
                }
            },
            .post("/profile/two-factor/code/again", .requester) { visit, form in
                try await sendAgain(form, for: .newNumber, on: visit, shown: confirmPage)
            },
        ] + leavingRoutes
    }

    private var leavingRoutes: [Route] {
        [
            .get("/profile/two-factor/off", .requester) { visit in visit.show(offPage(Form(), on: visit)) },
            .post("/profile/two-factor/off", .requester) { visit, form in
                let tried = try await form.checking {
                    try await accounts.leaveNumber(
                        of: visit.signedIn, password: form.exact("password"), browser: visit.browser)
                }
                guard tried.isSound else { return visit.show(offPage(tried, on: visit)) }
                return visit.redirect(to: "/profile/two-factor/off/code")
            },
            .get("/profile/two-factor/off/code", .requester) { visit in visit.show(offCodePage(Form(), on: visit)) },
            .post("/profile/two-factor/off/code", .requester) { visit, form in
                try await finish(form, on: visit, shown: offCodePage, done: "off") {
                    try await accounts.turnOff(code: form.text("code"), of: visit.signedIn, browser: visit.browser)
                }
            },
            .post("/profile/two-factor/off/code/again", .requester) { visit, form in
                try await sendAgain(form, for: .oldNumber, on: visit, shown: offCodePage)
            },
            .get("/profile/two-factor/change", .requester) { visit in visit.show(changePage(Form(), on: visit)) },
            .post("/profile/two-factor/change", .requester) { visit, form in
                let tried = try await form.checking {
                    try await accounts.leaveNumber(
                        of: visit.signedIn, password: form.exact("password"), changingTo: form.text("phone"),
                        browser: visit.browser)
                }
                guard tried.isSound else { return visit.show(changePage(tried, on: visit)) }
                return visit.redirect(to: "/profile/two-factor/change/codes")
            },
            .get("/profile/two-factor/change/codes", .requester) { visit in
                visit.show(changeCodesPage(Form(), on: visit))
            },
            .post("/profile/two-factor/change/codes", .requester) { visit, form in
                try await finish(form, on: visit, shown: changeCodesPage, done: "number") {
                    try await accounts.changeNumber(
                        oldCode: form.text("oldCode"), newCode: form.text("newCode"), of: visit.signedIn,
                        browser: visit.browser)
                }
            },
        ]
    }

    /// Does what a code confirms, then shows the profile.
    private func finish(
        _ form: Form, on visit: RequesterVisit, shown page: (Form, RequesterVisit) -> Page, done word: String,
        _ body: () async throws -> Void
    ) async throws -> Response {
        let tried = try await form.checking(body)
        guard tried.isSound else { return visit.show(page(tried, visit)) }
        return visit.redirect(to: LocalPath(stringLiteral: "\(Place.profile)?done=\(word)"))
    }

    private func sendAgain(
        _ form: Form, for purpose: StoredCode.Purpose, on visit: RequesterVisit,
        shown page: (Form, RequesterVisit) -> Page
    ) async throws -> Response {
        let tried = try await form.checking { try await accounts.sendCodeAgain(of: visit.signedIn, for: purpose) }
        return visit.show(page(tried, visit))
    }

    private func enablePage(_ form: Form, on visit: RequesterVisit) -> Page {
        Page(
            "Enable Two Factor Authentication", back: Link("Your Profile", Place.profile),
            current: Place.profile, form: form,
            .twoThirds(
                """
                <h1>Enable Two Factor Authentication</h1>\
                <p>Whenever you login, along with your username and password, you will have to enter a unique 6 digit \
                code sent to your mobile. Please enter in the mobile number you want this code to be sent to. We will \
                send a code to this device now to register it.</p>\
                <p>Whoever holds your phone, or takes over its number, can read the codes. Do not tell a code to \
                anybody: we never ring or write to ask for one.</p>\
                \(visit.form(
                    to: AccountPlace.twoFactor, again: form,
                    """
                    \(phoneInput(form, label: "Mobile Number"))\
                    \(HTML.passwordInput(form.blank("password"), label: "Password"))\(HTML.button("Get code"))
                    """))
                """))
    }

    private func phoneInput(_ form: Form, label: Label) -> HTML {
        .input(
            form["phone"], label: label, hint: "For a number from abroad, begin with + and the country",
            kind: .telephone, width: .twenty, autocomplete: "tel",
            attributes: [Attribute("placeholder", "mobile number")])
    }

    private func enabledPage(_ phone: String) -> Page {
        Page(
            "Two Factor Authentication", back: Link("Your Profile", Place.profile),
            current: Place.profile,
            .twoThirds(
                """
                <h1>Two Factor Authentication</h1><p>It is on. We send a code to the mobile number \(phone) each time \
                you sign in.</p><p>To change the number or turn it off you need your password and a code that we send \
                to that number. If you no longer have the phone, ask the trust for help: they will check who you are \
                first.</p>\
                \(HTML.buttonGroup(
                    """
                    \(HTML.buttonLink("Change the number", to: "/profile/two-factor/change", .secondary))\
                    \(HTML.buttonLink("Turn it off", to: "/profile/two-factor/off", .secondary))
                    """))
                """))
    }

    private func confirmPage(_ form: Form, on visit: RequesterVisit) -> Page {
        codePage(
            "Confirm your mobile number", form, to: "/profile/two-factor/code", button: "Confirm",
            back: Link("Two Factor", AccountPlace.twoFactor), on: visit)
    }

    private func offCodePage(_ form: Form, on visit: RequesterVisit) -> Page {
        codePage(
            "Confirm with a code", form, to: "/profile/two-factor/off/code", button: "Turn it off",
            back: Link("Two Factor", AccountPlace.twoFactor), on: visit)
    }

    private func codePage(
        _ title: String, _ form: Form, to action: String, button: String, back: Link, on visit: RequesterVisit
    ) -> Page {
        Page(
            title, back: back, current: Place.profile, form: form,
            .twoThirds(
                """
                <h1>\(title)</h1><p>We have sent a code of 6 digits to the number. It works for \
                \(SecurityCode.lifetime / 60) minutes.</p>\
                \(visit.form(
                    to: action, again: form,
                    "\(HTML.codeInput(form.blank("code"), label: "Security code"))\(HTML.button(button))"))\
                \(HTML.details(
                    "Not received a text message?",
                    """
                    <p>It can take a few minutes. Check that the number was right.</p>\
                    \(visit.form(to: "\(action)/again", HTML.button("Send another code", .secondary)))
                    """))
                """))
    }

    private func offPage(_ form: Form, on visit: RequesterVisit) -> Page {
        Page(
            "Turn off two-factor authentication", back: Link("Two Factor", AccountPlace.twoFactor),
            current: Place.profile, form: form,
            .twoThirds(
                """
                <h1>Turn off two-factor authentication</h1><p>Your account is safer with it. To turn it off, enter your \
                password. We will then send a code to your mobile.</p>\
                \(visit.form(
                    to: "/profile/two-factor/off", again: form,
                    "\(HTML.passwordInput(form.blank("password"), label: "Password"))\(HTML.button("Get code"))"))
                """))
    }

    private func changePage(_ form: Form, on visit: RequesterVisit) -> Page {
        Page(
            "Change your mobile number", back: Link("Two Factor", AccountPlace.twoFactor),
            current: Place.profile, form: form,
            .twoThirds(
                """
                <h1>Change your mobile number</h1><p>We will send one code to the number you have now, and one to the \
                new number.</p>\
                \(visit.form(
                    to: "/profile/two-factor/change", again: form,
                    """
                    \(phoneInput(form, label: "New mobile number"))\
                    \(HTML.passwordInput(form.blank("password"), label: "Password"))\(HTML.button("Get codes"))
                    """))
                """))
    }

    private func changeCodesPage(_ form: Form, on visit: RequesterVisit) -> Page {
        Page(
            "Enter both codes", back: Link("Change your mobile number", "/profile/two-factor/change"),
            current: Place.profile, form: form,
            .twoThirds(
                """
                <h1>Enter both codes</h1><p>The codes work for \(SecurityCode.lifetime / 60) minutes.</p>\
                \(visit.form(
                    to: "/profile/two-factor/change/codes", again: form,
                    """
                    \(HTML.codeInput(form.blank("oldCode"), label: "Code sent to the number you have now"))\
                    \(HTML.codeInput(form.blank("newCode"), label: "Code sent to the new number"))\
                    \(HTML.button("Change the number"))
                    """))
                """))
    }
}
